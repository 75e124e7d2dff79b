import { type CellId, cellName, isValid, routedCells } from './cells.ts';
import { leftOut, type LeftOut } from './left-out.ts';
import type { Cell, RunResult } from './types.ts';

/**
 * Place of one strategy among the others on as many shards. One placement is one draw, so the ranks
 * compare bands over hash salts: a strategy beats another only when its whole band (p5 to p95) lies
 * on the better side of the other's. Where bands overlap there is no difference, and the rank is a
 * range. A strategy that cannot run a part of the workload stands behind all that leave out less,
 * whatever it carries: what it carries is another, lighter workload.
 */
export interface Rank extends CellId {
  readonly low: number;
  readonly high: number;
  /** Best and worst rank it may hold, from 1. */
  readonly from: number;
  readonly to: number;
  /** Strategies that are ranked together. */
  readonly of: number;
  /** Strategies whose bands overlap this one's, in the order of the ranking. */
  readonly noDifferenceFrom: readonly string[];
  /** false: the router has one placement, or nobody drew others. */
  readonly overSalts: boolean;
}

/** What ranks are of: documents of earlier versions know nothing but the balance of writes. */
export type RankedBy = 'capacity' | 'write balance';

export interface Ranking {
  readonly by: RankedBy;
  /** By shard count, the best first. */
  readonly ranks: readonly Rank[];
}

interface Interval extends Pick<Rank, 'strategy' | 'low' | 'high' | 'overSalts'> {
  /** Absent: the whole workload runs. */
  readonly leftOut?: LeftOut;
}

interface CellInterval extends Interval {
  readonly shardCount: number;
}

/** Ranks the VALID cells that route, each among those on as many shards. */
export function ranking(result: RunResult): Ranking {
  const cells = routedCells(result).filter((cell) => isValid(cell) && cell.shardCount > 1);
  if (!cells.some(({ work }) => work !== undefined)) {
    const writes = cells.flatMap((cell) => writeBalance(cell) ?? []);
    return { by: 'write balance', ranks: byShardCount(writes, rankIntervals) };
  }
  return { by: 'capacity', ranks: byShardCount(cells.flatMap(capacityOf), rankDescending) };
}

type RankAlone = Omit<Rank, 'shardCount'>;

const rankOn = (shardCount: number, rank: RankAlone): Rank => ({ ...rank, shardCount });

function byShardCount(
  intervals: readonly CellInterval[],
  rank: (own: readonly CellInterval[]) => readonly RankAlone[],
): readonly Rank[] {
  return [...Map.groupBy(intervals, ({ shardCount }) => shardCount)]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([shardCount, own]) => rank(own).map((one) => rankOn(shardCount, one)));
}

/** Ranks bands (low to high, equal where there is one placement), the lowest upper end first. */
export function rankIntervals(bands: readonly Interval[]): readonly RankAlone[] {
  const intervals = bands.toSorted(
    (a, b) => share(a) - share(b) || a.high - b.high || a.low - b.low,
  );
  return intervals.map((one) => {
    const others = intervals.filter((other) => other !== one);
    const ahead = others.filter((other) => beats(other, one));
    const behind = others.filter((other) => beats(one, other));
    const alike = others.filter((other) => !ahead.includes(other) && !behind.includes(other));
    return {
      strategy: one.strategy,
      low: one.low,
      high: one.high,
      overSalts: one.overSalts,
      from: 1 + ahead.length,
      to: intervals.length - behind.length,
      of: intervals.length,
      noDifferenceFrom: alike.map((other) => other.strategy),
    };
  });
}

const share = ({ leftOut: left }: Interval): number => left?.share ?? 0;
const operationsOf = ({ leftOut: left }: Interval): string => left?.operations ?? '';

/** What differs in the operations left out, but not in their share, cannot be compared. */
function beats(a: Interval, b: Interval): boolean {
  if (share(a) !== share(b)) return share(a) < share(b);
  return operationsOf(a) === operationsOf(b) && a.high < b.low;
}

/** The same where more is better: the highest lower end comes first. */
function rankDescending(bands: readonly Interval[]): readonly RankAlone[] {
  return rankIntervals(bands.map(mirrored)).map(mirrored);
}

function mirrored<T extends Interval>(band: T): T {
  return { ...band, low: -band.high, high: -band.low };
}

/** Touches are counted over a sample of the arrivals, which is good for so much. */
const countedWithin = 0.01;

function capacityOf(cell: Cell): readonly CellInterval[] {
  const { strategy, shardCount, work } = cell;
  if (work === undefined) return [];
  const { placement, band } = work.relativeCapacity;
  const low = (band?.p5 ?? placement) * (1 - countedWithin);
  const high = (band?.p95 ?? placement) * (1 + countedWithin);
  const rest = { overSalts: band !== null, leftOut: leftOut(cell) };
  return [{ strategy, shardCount, low, high, ...rest }];
}

/**
 * Writes that go to all shards make every shard's the same: above this share there is no balance.
 */
const scatteredWritesMax = 0.1;

/** Share of the writes of a cell that went to all shards. */
export function scatteredWrites({ operations }: Cell): number {
  const writes = operations.filter(({ kind }) => kind === 'write');
  const all = writes.reduce((sum, { arrivals }) => sum + arrivals, 0);
  const scattered = writes.filter(({ routing }) => routing === 'scatter-gather');
  return all === 0 ? 0 : scattered.reduce((sum, { arrivals }) => sum + arrivals, 0) / all;
}

/** Whether the balance of a cell's writes says anything of its strategy. */
export function hasWriteBalance(cell: Cell): boolean {
  return cell.shardCount > 1 && scatteredWrites(cell) <= scatteredWritesMax;
}

/** Max/mean of the writes of the cells that have a balance, the smallest band first. */
export function writeBalances(result: RunResult): readonly (CellInterval & { name: string })[] {
  const cells = routedCells(result);
  return cells
    .flatMap((cell) => writeBalance(cell) ?? [])
    .toSorted((a, b) => a.high - b.high || a.low - b.low)
    .map((one) => named(one, cellName(one, cells)));
}

const named = (balance: CellInterval, name: string) => ({ ...balance, name });

function writeBalance(cell: Cell): CellInterval | null {
  if (cell.status !== 'ok' || cell.imbalance === null || !hasWriteBalance(cell)) return null;
  const { strategy, shardCount } = cell;
  // What fails is no work that a strategy has spread.
  if (cell.verdict?.status === 'FAILING') return null;
  const { band, maxOverMean } = cell.imbalance.writeQps;
  const own = { strategy, shardCount, leftOut: leftOut(cell) };
  if (band !== null) return { ...own, low: band.p5, high: band.p95, overSalts: true };
  // A saturated shard accepts no more writes, so its measured imbalance is too low to rank by.
  if (maxOverMean === null || cell.verdict?.status === 'SATURATED') return null;
  return { ...own, low: maxOverMean, high: maxOverMean, overSalts: false };
}
