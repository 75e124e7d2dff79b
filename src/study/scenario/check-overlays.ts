import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { overlayProblems } from '../../router/overlays/overlay-keys.ts';
import { topologiesOf } from '../../scenario/shard-counts.ts';
import type { Scenario } from '../../scenario/types.ts';
import { knownKeys } from '../../workload/key-usage.ts';
import { isTenantKey } from '../../workload/tenant-key.ts';
import type { Workload } from '../../workload/types.ts';

/** Ids that a wrong one is compared with: of more, looking for the nearest takes seconds. */
const comparedMax = 100_000;

/**
 * A UserError for keys that a strategy pins or splits but that no row has: only the workload knows
 * them, so this comes after the scenario has been parsed, and before anything is started.
 */
export function checkOverlaidKeys(scenario: Scenario, workload: Workload, path: string): void {
  const topologies = topologiesOf(scenario.topology);
  const problems = scenario.strategies.flatMap((strategy) => {
    if (strategy.pin === undefined && strategy.split === undefined) return [];
    const { ids } = workload.tenants;
    const suggested = isTenantKey(workload, strategy.key) && ids.length <= comparedMax;
    const texts = suggested ? ids : [];
    const known = knownKeys(workload, strategy.key);
    const found = topologies.flatMap((topology) =>
      overlayProblems(strategy, topology, known, texts),
    );
    return [...new Set(found)].map((problem) => `${path}: strategy ${strategy.name}: ${problem}`);
  });
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
}
