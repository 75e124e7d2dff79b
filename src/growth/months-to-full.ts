import type { Futures } from './futures.ts';

/** One database on its way to its limit. All are shares of the whole load or of all bytes. */
export interface Filling {
  readonly shard: number;
  readonly by: 'load' | 'bytes';
  /** Of what there is today and stays where it is: it grows with each tenant. */
  readonly own: number;
  /** Of what new tenants will bring, when all of it came from new tenants. */
  readonly fresh: number;
  /** Of what goes to every shard. */
  readonly everywhere: number;
  /** The whole load or bytes now. */
  readonly now: number;
  /** Where this database counts as full, in the unit of `now`. */
  readonly limit: number;
}

export interface Months {
  /** null: later than the horizon. */
  readonly p10: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
}

export interface MonthsToFull {
  readonly first: Months;
  readonly load: Months;
  readonly bytes: Months;
  /** Which one is full first, in what share of the futures that fill one; null where none does. */
  readonly firstToFill: {
    readonly shard: number;
    readonly by: 'load' | 'bytes';
    readonly fraction: number;
  } | null;
}

/**
 * Months until the first of the databases is full, over all futures. What new tenants bring is
 * spread as `fresh` says; it grows as fast as the tenants do, and what is left of the growth is
 * that of the present tenants: a share (1 + tenants)^-t of everything is theirs after t months.
 */
export function monthsToFull(
  fillings: readonly Filling[],
  futures: Futures,
  horizonMonths: number,
): MonthsToFull {
  const draws = futures.load.length;
  const first = new Float64Array(draws).fill(Number.POSITIVE_INFINITY);
  const byLoad = first.slice();
  const byBytes = first.slice();
  const firsts = new Map<Filling, number>();
  const relevant = (['load', 'bytes'] as const).flatMap((by) =>
    leaders(fillings.filter((each) => each.by === by)),
  );
  for (let draw = 0; draw < draws; draw += 1) {
    let winner: Filling | null = null;
    for (const filling of relevant) {
      const months = crossing(filling, futures, draw, horizonMonths);
      const own = filling.by === 'load' ? byLoad : byBytes;
      own[draw] = Math.min(own[draw] ?? 0, months);
      if (months < (first[draw] ?? 0)) {
        first[draw] = months;
        winner = filling;
      }
    }
    if (winner !== null) firsts.set(winner, (firsts.get(winner) ?? 0) + 1);
  }
  return {
    first: quantilesOf(first),
    load: quantilesOf(byLoad),
    bytes: quantilesOf(byBytes),
    firstToFill: mostOften(firsts),
  };
}

/** Those that no other one leads in every part: the only ones that can be full first. */
function leaders(fillings: readonly Filling[]): Filling[] {
  const sorted = fillings.toSorted(
    (a, b) => b.own / b.limit - a.own / a.limit || a.shard - b.shard,
  );
  const kept: Filling[] = [];
  for (const each of sorted) {
    const isLed = kept.some(
      (other) =>
        other.own / other.limit >= each.own / each.limit &&
        other.fresh / other.limit >= each.fresh / each.limit &&
        other.everywhere / other.limit >= each.everywhere / each.limit,
    );
    if (!isLed) kept.push(each);
  }
  return kept;
}

/** Months until one database is full in one future; Infinity beyond the horizon. */
function crossing(filling: Filling, futures: Futures, draw: number, horizonMonths: number): number {
  const { own, fresh, everywhere, now, limit, by } = filling;
  const growth = futures[by][draw] ?? 0;
  const dilution = Math.max(0, futures.tenants[draw] ?? 0);
  // now e^(growth t) (own e^(-dilution t) + fresh (1 - e^(-dilution t)) + everywhere) = limit
  const fading = (now / limit) * (own - fresh);
  const lasting = (now / limit) * (fresh + everywhere);
  const level = (t: number): number =>
    fading * Math.exp((growth - dilution) * t) + lasting * Math.exp(growth * t);
  if (level(0) >= 1) return 0;
  // A sum of two exponentials turns once at most: on either side of that it rises or falls.
  const turn = Math.log((-fading * (growth - dilution)) / (lasting * growth)) / dilution;
  const ends = turn > 0 && turn < horizonMonths ? [turn, horizonMonths] : [horizonMonths];
  let from = 0;
  for (const to of ends) {
    if (level(to) >= 1) return bisect(level, from, to);
    from = to;
  }
  return Number.POSITIVE_INFINITY;
}

/** Where a level that is below 1 at `low` and not at `high` passes 1, to a thousandth. */
function bisect(level: (t: number) => number, low: number, high: number): number {
  let below = low;
  let above = high;
  while (above - below > 1e-3) {
    const middle = (below + above) / 2;
    if (level(middle) >= 1) above = middle;
    else below = middle;
  }
  return above;
}

/** By nearest rank: between two futures there is none, and some are never full. */
function quantilesOf(months: Float64Array): Months {
  const sorted = months.toSorted();
  const at = (p: number): number | null => {
    const value = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? 0;
    return Number.isFinite(value) ? value : null;
  };
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

function mostOften(firsts: ReadonlyMap<Filling, number>): MonthsToFull['firstToFill'] {
  const filled = [...firsts.values()].reduce((sum, count) => sum + count, 0);
  const [best] = [...firsts].toSorted(([, a], [, b]) => b - a);
  if (best === undefined) return null;
  const [{ shard, by }, count] = best;
  return { shard, by, fraction: count / filled };
}
