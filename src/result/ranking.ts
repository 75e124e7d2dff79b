import { routedCells } from './cells.ts';
import type { Cell, RunResult } from './types.ts';

/**
 * Write balance of one strategy among the others. One placement is one draw, so the ranks compare
 * bands over hash salts: a strategy beats another only when its whole band (p5 to p95) lies below
 * the other's. Where bands overlap there is no difference, and the rank is a range.
 */
export interface Rank {
  readonly strategy: string;
  readonly low: number;
  readonly high: number;
  /** Best and worst rank it may hold, from 1. */
  readonly from: number;
  readonly to: number;
  /** Strategies whose bands overlap this one's, in the order of the ranking. */
  readonly noDifferenceFrom: readonly string[];
  /** false: a router without a hash, whose one placement is the only one it has. */
  readonly overSalts: boolean;
}

type Interval = Pick<Rank, 'strategy' | 'low' | 'high' | 'overSalts'>;

/** Ranks by the band's p95 the routed cells that have one; the others are left out. */
export function rankByWriteBalance(result: RunResult): readonly Rank[] {
  return rankIntervals(routedCells(result).flatMap((cell) => intervalOf(cell) ?? []));
}

/** Ranks bands (low to high, equal where there is one placement), the lowest upper end first. */
export function rankIntervals(bands: readonly Interval[]): readonly Rank[] {
  const intervals = bands.toSorted((a, b) => a.high - b.high || a.low - b.low);
  return intervals.map((one) => {
    const others = intervals.filter((other) => other !== one);
    const below = others.filter((other) => other.high < one.low);
    const above = others.filter((other) => one.high < other.low);
    const overlapping = others.filter((other) => !below.includes(other) && !above.includes(other));
    return {
      strategy: one.strategy,
      low: one.low,
      high: one.high,
      overSalts: one.overSalts,
      from: 1 + below.length,
      to: intervals.length - above.length,
      noDifferenceFrom: overlapping.map((other) => other.strategy),
    };
  });
}

function intervalOf(cell: Cell): Interval | null {
  if (cell.status !== 'ok' || cell.imbalance === null || cell.shardCount < 2) return null;
  // What fails is no work that a strategy has spread.
  if (cell.verdict?.status === 'FAILING') return null;
  const { strategy } = cell;
  const { band, maxOverMean } = cell.imbalance.writeQps;
  if (band !== null) return { strategy, low: band.p5, high: band.p95, overSalts: true };
  // A saturated shard accepts no more writes, so its measured imbalance is too low to rank by.
  if (maxOverMean === null || cell.verdict?.status === 'SATURATED') return null;
  return { strategy, low: maxOverMean, high: maxOverMean, overSalts: false };
}
