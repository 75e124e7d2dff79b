import { mean, sum } from '../base/statistics/moments.ts';
import type { SeenCell } from './seen-result.ts';

/** More than half of the time follows the rows: nearer to a scan than to a look-up. */
const scanFrom = 0.5;
/** Fewer queries say little about a mean. */
const queriesMin = 20;
/** Cells whose shards' rows differ by less say nothing about what rows do. */
const rowsMin = 1.5;

interface Time {
  readonly ms: number;
  /** Half of the 95 % interval / the mean. */
  readonly error: number;
}

/**
 * Whether a run shows that the time of an operation follows the rows of the shard: it was asked of
 * all shards in one cell, and in another shards had more rows, such as the one database of
 * `single`. Times are taken relative to those of operations on one shard in the same cell, for a
 * cell that waits more does so in all of them. True only where the interval agrees; false is also:
 * not known.
 */
export function isMeasuredScan(cells: readonly SeenCell[], operation: string): boolean {
  const whole = fewest(cells);
  if (whole === undefined) return false;
  const shares = cells.flatMap((cell) => shareBetween(whole, cell, operation) ?? []);
  return shares.length > 0 && mean(shares) > scanFrom;
}

const fewest = (cells: readonly SeenCell[]): SeenCell | undefined =>
  cells.toSorted((a, b) => a.shardCount - b.shardCount)[0];

/** The part of the time that follows the rows, at the careful end; null where it does not show. */
function shareBetween(whole: SeenCell, part: SeenCell, operation: string): number | null {
  const times = rowsOf(whole) / rowsOf(part);
  const own = part.operations.find((each) => each.operation === operation);
  if (!(times > rowsMin) || own?.routing !== 'scatter-gather') return null;
  const [more, less] = [relativeTime(whole, part, operation), relativeTime(part, part, operation)];
  if (more === null || less === null) return null;
  const slower = (more.ms / less.ms) * (1 - Math.hypot(more.error, less.error));
  return slower <= 0 ? 0 : (1 - 1 / slower) / (1 - 1 / times);
}

const rowsOf = ({ shards, shardCount }: SeenCell): number =>
  sum(shards.map(({ rows }) => rows)) / shardCount;

/** Over the mean of the operations that `by` has on one shard. */
function relativeTime(cell: SeenCell, by: SeenCell, operation: string): Time | null {
  const own = timeOf(cell, operation);
  const others = by.operations
    .filter(({ routing }) => routing === 'single-shard')
    .map((each) => timeOf(cell, each.operation));
  if (own === null || others.length === 0 || others.includes(null)) return null;
  return { ms: own.ms / mean(others.map((time) => time?.ms ?? 0)), error: own.error };
}

function timeOf({ operations }: SeenCell, operation: string): Time | null {
  const service = operations.find((each) => each.operation === operation)?.serviceMs;
  const ms = service?.mean ?? null;
  if (service === undefined || ms === null || service.count < queriesMin) return null;
  const { meanInterval } = service;
  return meanInterval === null ? null : { ms, error: (meanInterval.high - ms) / ms };
}
