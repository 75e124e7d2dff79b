import { exitCodes, UserError } from '../base/user-error.ts';
import type { Cell, RunResult } from '../result/types.ts';
import type { Scenario } from '../scenario/types.ts';
import type { StatedCapacity } from './database-capacity.ts';
import { mixOf, type OperationWork } from './demand.ts';

/**
 * What one shard has been seen to take: the most work that a shard did in a VALID cell, as
 * operations of the mix a second. It is a lower bound: the shard may be able to do more.
 *
 * @param file the result's name, for messages
 * @throws UserError (exit code 2) for a result of another scenario, or one without a VALID cell
 */
export function measuredCapacity(
  result: RunResult,
  file: string,
  scenario: Scenario,
): StatedCapacity {
  refuseOtherScenario(result, file, scenario);
  const mix = mixOf(scenario.operations, scenario.capacity.operations, null);
  const seen = result.cells
    .filter(({ status, verdict }) => status === 'ok' && verdict?.status === 'VALID')
    .flatMap((cell) => workByShard(cell, mix).map((qps, shard) => ({ cell, shard, qps })))
    .toSorted((a, b) => b.qps - a.qps);
  const [best] = seen;
  if (best === undefined || best.qps === 0) throw nothingValid(result, file);
  const { cell, shard, qps } = best;
  const basis =
    `${result.source} by ${file}: shard ${shard} of ${cell.strategy} (VALID) did ` +
    `${Math.round(qps)} operations a second; it may take more`;
  return { qps, source: 'measured', basis };
}

/** Work a second on each shard, in operations of mean cost. */
function workByShard({ shards }: Cell, mix: readonly OperationWork[]): number[] {
  const rows = shards.reduce((sum, shard) => sum + shard.rows, 0);
  return shards.map((shard) =>
    shard.byOperation.reduce((sum, { operation, qps }) => {
      const work = mix.find(({ name }) => name === operation);
      if (work === undefined) return sum;
      const part = work.scan && rows > 0 ? shard.rows / rows : 1;
      return sum + qps * work.cost * part;
    }, 0),
  );
}

function nothingValid(result: RunResult, file: string): UserError {
  const found = result.cells.map(
    ({ strategy, status, verdict }) => `${strategy} ${verdict?.status ?? status}`,
  );
  return new UserError(
    `${file} has no VALID cell, so it does not say what a shard takes (${found.join(', ')})`,
    {
      exitCode: exitCodes.usage,
      hint: 'Run the scenario at a rate that its shards can carry, or give --capacity.',
    },
  );
}

/** What makes two shards' capacities comparable: the work, the data, and the shards' limits. */
const sameParts = ['name', 'tenants', 'data', 'schema', 'operations', 'durability'] as const;

function refuseOtherScenario(result: RunResult, file: string, scenario: Scenario): void {
  const differing: string[] = sameParts.filter(
    (part) => canonical(result.scenario[part]) !== canonical(scenario[part]),
  );
  const { topology } = result.scenario;
  const quota = isRecord(topology) ? topology.quota : undefined;
  if (canonical(quota) !== canonical(scenario.topology.quota)) differing.push('topology.quota');
  if (differing.length === 0) return;
  throw new UserError(
    `${file} is a result of another scenario (${result.name}, not ${scenario.name}, or another ` +
      `version of it): ${differing.join(', ')} ${differing.length === 1 ? 'differs' : 'differ'}`,
    {
      exitCode: exitCodes.usage,
      hint: 'Give a result of this scenario, or say what a shard takes with --capacity.',
    },
  );
}

/** JSON whose keys are sorted, so that their order makes no difference. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isRecord(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
