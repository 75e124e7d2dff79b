import type { RunningSecond, RunningShard } from '../../result/running-second.ts';

/** One or several seconds of a running phase. */
export interface CoursePoint {
  /** The first of its seconds. */
  readonly second: number;
  readonly shards: readonly RunningShard[];
}

/** More than these a chart has no room for. */
const pointLimit = 120;

/**
 * The course of a running phase in at most 120 points, however long it goes on: when they are full,
 * each two become one that stands for twice as many seconds.
 */
export class LiveCourse {
  /** Seconds that a point stands for. */
  step = 1;
  points: CoursePoint[] = [];
  /** Totals of each shard so far. */
  readonly totals: { writes: number; errors: number; dropped: number }[] = [];
  last: RunningSecond | null = null;
  /** Seconds since the last point: fewer than `step`. */
  private waiting: CoursePoint[] = [];

  add(second: RunningSecond): void {
    this.last = second;
    for (const [shard, { writes, errors, dropped }] of second.shards.entries()) {
      const total = (this.totals[shard] ??= { writes: 0, errors: 0, dropped: 0 });
      total.writes += writes;
      total.errors += errors;
      total.dropped += dropped;
    }
    this.waiting.push(second);
    if (this.waiting.length < this.step) return;
    this.points.push(...grouped(this.waiting, this.step));
    this.waiting = [];
    if (this.points.length < pointLimit) return;
    this.points = grouped(this.points, 2);
    this.step *= 2;
  }
}

function grouped(points: readonly CoursePoint[], size: number): CoursePoint[] {
  return points.flatMap((first, index) =>
    index % size === 0 ? together(first, ...points.slice(index + 1, index + size)) : [],
  );
}

/** Loads are their mean; the p99 is the slowest of them and the queue the longest. */
function together(first: CoursePoint, ...others: readonly CoursePoint[]): CoursePoint {
  if (others.length === 0) return first;
  const points = [first, ...others];
  return {
    second: first.second,
    shards: first.shards.map((own, shard) =>
      shardTogether(points.map(({ shards }) => shards[shard] ?? own)),
    ),
  };
}

function shardTogether(points: readonly RunningShard[]): RunningShard {
  const mean = (key: 'writes' | 'reads' | 'errors' | 'dropped') =>
    points.reduce((sum, point) => sum + point[key], 0) / points.length;
  const p99s = points.flatMap(({ p99Ms }) => p99Ms ?? []);
  return {
    writes: mean('writes'),
    reads: mean('reads'),
    errors: mean('errors'),
    dropped: mean('dropped'),
    queued: Math.max(...points.map(({ queued }) => queued)),
    p99Ms: p99s.length === 0 ? null : Math.max(...p99s),
  };
}
