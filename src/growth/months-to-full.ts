import { firstPassing } from './first-passing.ts';
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
  /** Where this database counts as full, in the unit of `now`: at the least, and at the most. */
  readonly limit: number;
  readonly most: number;
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
  const byLoad = leaders(fillings.filter(({ by }) => by === 'load'));
  const byBytes = leaders(fillings.filter(({ by }) => by === 'bytes'));
  const months = { first: never(draws), load: never(draws), bytes: never(draws) };
  const firsts = new Map<Filling, number>();
  for (let draw = 0; draw < draws; draw += 1) {
    const loaded = firstFull(byLoad, courseOf('load', futures, draw), horizonMonths);
    const stored = firstFull(byBytes, courseOf('bytes', futures, draw), horizonMonths);
    const first = stored.months < loaded.months ? stored : loaded;
    months.load[draw] = loaded.months;
    months.bytes[draw] = stored.months;
    months.first[draw] = first.months;
    if (first.filling !== null) firsts.set(first.filling, (firsts.get(first.filling) ?? 0) + 1);
  }
  return {
    first: quantilesOf(months.first),
    load: quantilesOf(months.load),
    bytes: quantilesOf(months.bytes),
    firstToFill: mostOften(firsts),
  };
}

const never = (draws: number): Float64Array =>
  new Float64Array(draws).fill(Number.POSITIVE_INFINITY);

interface FirstFull {
  readonly months: number;
  /** null: none is full up to the horizon. */
  readonly filling: Filling | null;
}

function firstFull(fillings: readonly Filling[], course: Course, horizonMonths: number): FirstFull {
  let found: FirstFull = { months: Number.POSITIVE_INFINITY, filling: null };
  let until = horizonMonths;
  let ends = course.rates.map((rate) => Math.exp(rate * until));
  for (const filling of fillings) {
    const factors = course.factorsOf(filling);
    // Each part is greatest at one of its ends: where the sum of these is no 1, nothing is.
    let most = 0;
    for (let i = 0; i < factors.length; i += 1) {
      most += Math.max(factors[i] ?? 0, (factors[i] ?? 0) * (ends[i] ?? 0));
    }
    if (most < 1) continue;
    // What is full later than another one is not looked for.
    const parts = course.rates.map((rate, i) => ({ factor: factors[i] ?? 0, rate }));
    const months = firstPassing(parts, until);
    if (months >= found.months) continue;
    found = { months, filling };
    until = months;
    ends = course.rates.map((rate) => Math.exp(rate * until));
  }
  return found;
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

/** How all databases fill in one future: sums of exponentials of the same rates. */
interface Course {
  readonly rates: readonly number[];
  /** Of each of them for one database, as shares of its limit. */
  factorsOf(filling: Filling): readonly number[];
}

function courseOf(by: Filling['by'], futures: Futures, draw: number): Course {
  const growth = futures[by][draw] ?? 0;
  const dilution = Math.max(0, futures.tenants[draw] ?? 0);
  const capacity = futures.capacity[draw] ?? 0;
  if (by === 'load') {
    // e^(growth t) (own e^(-dilution t) + fresh (1 - e^(-dilution t)) + everywhere)
    return {
      rates: [growth - dilution, growth],
      factorsOf(filling) {
        const { own, fresh, everywhere } = filling;
        const scale = scaleOf(filling, capacity);
        const late = fresh[draw % fresh.length] ?? 0;
        return [scale * (own - late), scale * (late + everywhere)];
      },
    };
  }
  // What is stored shrinks by no more than is deleted: S' = -loss S + gain e^(growth t) inserts,
  // where inserts = added e^(-dilution t) + fresh (1 - e^(-dilution t)).
  const loss = Math.max(futures.retention[draw] ?? 0, -growth);
  const gain = growth + loss;
  const pace = apart(gain - dilution);
  return {
    rates: [growth, pace - loss, -loss],
    factorsOf(filling) {
      const { own, added, fresh } = filling;
      const scale = scaleOf(filling, capacity);
      const late = fresh[draw % fresh.length] ?? 0;
      const early = (gain / pace) * (added - late);
      return [scale * late, scale * early, scale * (own - late - early)];
    },
  };
}

/** All there is today over what fills this database. */
function scaleOf({ now, limit, most }: Filling, capacity: number): number {
  return now / (most > limit ? limit + capacity * (most - limit) : limit);
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
