import type { CoursePoint, LiveCourse } from './live-course.ts';
import type { LiveQuantity } from './live-quantities.ts';

/** Lines that can be told apart. */
export const lineLimit = 5;

/**
 * Shards that have a line of their own, ascending: those with the most writes so far. One keeps its
 * line until another has a tenth more, so that shards that are alike do not take turns.
 */
export function shardsWithLines(
  { totals }: Pick<LiveCourse, 'totals'>,
  before: readonly number[],
): readonly number[] {
  const weight = (shard: number): number =>
    (totals[shard]?.writes ?? 0) * (before.includes(shard) ? 1.1 : 1);
  return [...totals.keys()]
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, lineLimit)
    .toSorted((a, b) => a - b);
}

/** A quantity of all shards over the seconds. */
export interface ShardLines {
  readonly lines: readonly (readonly LinePoint[])[];
  /** Range of the shards without a line; null where none of them has a value. */
  readonly others: readonly {
    readonly second: number;
    readonly range: readonly [low: number, high: number] | null;
  }[];
  readonly highest: number;
}

export interface LinePoint {
  readonly second: number;
  readonly value: number | null;
}

export function shardLines(
  { points }: Pick<LiveCourse, 'points'>,
  shown: readonly number[],
  { of }: Pick<LiveQuantity, 'of'>,
): ShardLines {
  const lines = shown.map((shard) =>
    points.map(({ second, shards }): LinePoint => {
      const own = shards[shard];
      return { second, value: own === undefined ? null : of(own) };
    }),
  );
  const others = points.map((point) => ({
    second: point.second,
    range: rangeOf(point, shown, of),
  }));
  const highest = Math.max(
    0,
    ...lines.flatMap((line) => line.flatMap(({ value }) => value ?? [])),
    ...others.flatMap(({ range }) => range ?? []),
  );
  return { lines, others, highest };
}

function rangeOf(
  { shards }: CoursePoint,
  shown: readonly number[],
  of: LiveQuantity['of'],
): readonly [number, number] | null {
  const known = shards.flatMap((own, shard) => (shown.includes(shard) ? [] : (of(own) ?? [])));
  return known.length === 0 ? null : [Math.min(...known), Math.max(...known)];
}
