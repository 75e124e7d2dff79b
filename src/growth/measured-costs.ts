import { present } from '../base/assert.ts';
import { sum } from '../base/statistics/moments.ts';
import { isValid } from '../result/cells.ts';
import type { OperationResult } from '../result/types.ts';
import type { OperationCost } from '../scenario/growth-types.ts';
import type { Operation, Scenario } from '../scenario/types.ts';
import { isMeasuredScan } from './measured-scans.ts';
import type { SeenCell, SeenResult } from './seen-result.ts';

/** Fewer queries say little about a mean. */
const queriesMin = 20;

/** Mean service time of one operation where everything is on one database, and how sure it is. */
interface MeasuredTime {
  readonly name: string;
  /** Of all operations. */
  readonly weight: number;
  readonly ms: number;
  /** Half of the 95 % interval / the mean; null where it is not known. */
  readonly error: number | null;
}

/**
 * The scenario with what its operations cost by a run: the mean service time of each relative to
 * that of the mix. What the scenario gives itself stays; what was not measured counts as 1, the
 * mean of those that were, and says so.
 */
export function withMeasuredCosts(scenario: Scenario, result: Pick<SeenResult, 'cells'>): Scenario {
  const { capacity, operations } = scenario;
  const cell = measuredCell(result);
  const listed = (name: string) => capacity.operations.find((each) => each.name === name);
  const open = operations.filter(({ name }) => isOpen(listed(name)));
  // Where the scenario lists an operation, it has said whether that is a scan.
  const valid = result.cells.filter((each) => isValid(each));
  const found = new Set(
    open.flatMap(({ name }) =>
      listed(name) === undefined && isMeasuredScan(valid, name) ? [name] : [],
    ),
  );
  const isScan = (name: string): boolean => listed(name)?.scan ?? found.has(name);
  const times = cell === null ? [] : open.flatMap((one) => timeOf(cell, one, isScan(one.name)));
  const costs = relativeCosts(times);
  return {
    ...scenario,
    capacity: {
      ...capacity,
      operations: operations.map(({ name }): OperationCost => {
        const own = listed(name);
        if (own !== undefined && !isOpen(own)) return own;
        const scan = isScan(name);
        const measured = costs.get(name);
        if (measured === undefined) return { name, cost: 1, scan, source: 'unmeasured' };
        const { cost, interval } = measured;
        const by = cell?.strategy ?? '';
        const scanSeen = found.has(name);
        return { name, cost, scan, source: 'measured', interval, by, scanSeen };
      }),
    },
  };
}

/** Whether the scenario leaves the cost of an operation to be measured. */
const isOpen = (listed: OperationCost | undefined): boolean =>
  listed?.source !== undefined || !listed;

/**
 * One database with everything, where there is such a cell: there costs are what they are defined
 * as. Otherwise the first on shards. Within one cell all operations wait for the same machine.
 */
function measuredCell({ cells }: Pick<SeenResult, 'cells'>): SeenCell | null {
  const valid = cells.filter((cell) => isValid(cell));
  return valid.find(({ shardCount }) => shardCount === 1) ?? valid[0] ?? null;
}

function timeOf(cell: SeenCell, { name, weight }: Operation, isScan: boolean): MeasuredTime[] {
  const index = cell.operations.findIndex(({ operation }) => operation === name);
  const { serviceMs } = cell.operations[index] ?? {};
  const mean = serviceMs?.mean ?? null;
  if (serviceMs === undefined || mean === null || mean <= 0) return [];
  if (serviceMs.count < queriesMin) return [];
  const ms = isScan ? mean / readShare(cell, index) : mean;
  return [{ name, weight, ms, error: errorOf(serviceMs, mean) }];
}

function errorOf(
  { meanInterval }: NonNullable<OperationResult['serviceMs']>,
  mean: number,
): number | null {
  return meanInterval === null ? null : (meanInterval.high - mean) / mean;
}

/** Share of all rows that a query of the operation had before it, on average. */
function readShare({ shards }: SeenCell, operation: number): number {
  const rows = sum(shards.map((shard) => shard.rows));
  const queries = shards.map((shard) => shard.byOperation[operation]?.serviceMs?.count ?? 0);
  if (rows === 0) return 1;
  const read = sum(shards.map((shard, i) => (queries[i] ?? 0) * (shard.rows / rows)));
  return read / sum(queries);
}

/**
 * Each time over the mean of the mix. As the operation is a part of that mean, its own error counts
 * for less, and those of the others count by their share of the work.
 */
function relativeCosts(times: readonly MeasuredTime[]) {
  const weights = sum(times.map(({ weight }) => weight));
  const mean = sum(times.map(({ weight, ms }) => weight * ms)) / weights;
  const shares = times.map(({ weight, ms }) => (weight * ms) / (weights * mean));
  const isSure = times.every(({ error }) => error !== null);
  return new Map(
    times.map(({ name, ms }, own) => {
      const parts = times.map(({ error }, i) => {
        const share = present(shares[i], 'share of the work');
        return (i === own ? 1 - share : share) * (error ?? 0);
      });
      const error = Math.hypot(...parts);
      const cost = ms / mean;
      const interval = { low: Math.max(0, cost * (1 - error)), high: cost * (1 + error) };
      return [name, { cost, interval: isSure ? interval : null }] as const;
    }),
  );
}
