import { type Exponential, firstPassing } from './first-passing.ts';
import type { Futures } from './futures.ts';

/** One database on its way to its limit. All are shares of the whole load or of all bytes. */
export interface Filling {
  readonly shard: number;
  readonly by: 'load' | 'bytes';
  /** Of what there is today. */
  readonly own: number;
  /** Of what the present tenants add. */
  readonly added: number;
  /** Of what new tenants bring, for each draw of where they go; not empty. */
  readonly fresh: readonly number[];
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
 * Months until the first of the databases is full, over all futures. What new tenants do grows as
 * fast as the tenants, and what is left of the growth is that of the present tenants: a share
 * (1 + tenants)^-t of the load, and of the inserts, is theirs after t months.
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
      const own = filling.by === 'load' ? byLoad : byBytes;
      // What is full later than another one is not looked for.
      const months = firstPassing(
        levelsOf(filling, futures, draw),
        Math.min(horizonMonths, own[draw] ?? 0),
      );
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
  for (const each of sorted) if (!kept.some((other) => leads(other, each))) kept.push(each);
  return kept;
}

function leads(other: Filling, each: Filling): boolean {
  const isMore = (a: number, b: number): boolean => a / other.limit >= b / each.limit;
  return (
    isMore(other.own, each.own) &&
    isMore(other.added, each.added) &&
    isMore(other.everywhere, each.everywhere) &&
    each.fresh.every((fresh, group) => isMore(other.fresh[group] ?? 0, fresh))
  );
}

/** What one database does or holds over the months in one future, as shares of its limit. */
function levelsOf(filling: Filling, futures: Futures, draw: number): readonly Exponential[] {
  const { own, added, fresh, everywhere, now, limit, by } = filling;
  const growth = futures[by][draw] ?? 0;
  const dilution = Math.max(0, futures.tenants[draw] ?? 0);
  const scale = now / limit;
  const late = fresh[draw % fresh.length] ?? 0;
  if (by === 'load') {
    // e^(growth t) (own e^(-dilution t) + fresh (1 - e^(-dilution t)) + everywhere)
    return [
      { factor: scale * (own - late), rate: growth - dilution },
      { factor: scale * (late + everywhere), rate: growth },
    ];
  }
  // What is stored shrinks by no more than is deleted: S' = -loss S + gain e^(growth t) inserts,
  // where inserts = added e^(-dilution t) + fresh (1 - e^(-dilution t)).
  const loss = Math.max(futures.retention[draw] ?? 0, -growth);
  const gain = growth + loss;
  const pace = apart(gain - dilution);
  const early = (gain / pace) * (added - late);
  return [
    { factor: scale * late, rate: growth },
    { factor: scale * early, rate: pace - loss },
    { factor: scale * (own - late - early), rate: -loss },
  ];
}

/** Two rates that are equal would need a term of their own; a millionth apart nothing shows. */
function apart(difference: number): number {
  return Math.abs(difference) < 1e-6 ? 1e-6 : difference;
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
