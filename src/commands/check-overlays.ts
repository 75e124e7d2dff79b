import { exitCodes, UserError } from '../base/user-error.ts';
import { overlayProblems } from '../router/overlay-keys.ts';
import type { Scenario } from '../scenario/types.ts';
import { knownKeys } from '../workload/key-usage.ts';
import type { Workload } from '../workload/types.ts';

/** Ids that a wrong one is compared with: of more, looking for the nearest takes seconds. */
const comparedMax = 100_000;

/**
 * A UserError for keys that a strategy pins or splits but that no row has: only the workload knows
 * them, so this comes after the scenario has been parsed, and before anything is started.
 */
export function checkOverlaidKeys(scenario: Scenario, workload: Workload, path: string): void {
  const { shards, weights } = scenario.topology;
  const problems = scenario.strategies.flatMap((strategy) => {
    if (strategy.pin === undefined && strategy.split === undefined) return [];
    const column = workload.columns.find(({ name }) => name === strategy.key);
    const { ids } = workload.tenants;
    const suggested = column?.generator.kind === 'tenant' && ids.length <= comparedMax;
    const texts = suggested ? ids : [];
    const known = knownKeys(workload, strategy.key);
    const topology = { shardCount: shards, weights };
    return overlayProblems(strategy, topology, known, texts).map(
      (problem) => `${path}: strategy ${strategy.name}: ${problem}`,
    );
  });
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
}
