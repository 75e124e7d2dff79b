import { Bench } from 'tinybench';
import { assert } from '../base/assert.ts';
import { quantileSorted } from '../base/statistics/quantile.ts';
import type { RouteLoop } from './route-loops.ts';

/** What batches of routes took: nanoseconds a route, median and quartiles over the batches. */
export interface BatchTimes {
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly batches: number;
  /** Routes in each batch. */
  readonly lookups: number;
}

/** So long a batch is far above the clock's step, and short enough for many of them. */
const batchMs = 0.1;
const batchMost = 65_536;
const leastBatches = 3;
/** The first is left out: code that is new to the engine is compiled in it. */
const rounds = 3;

/**
 * Routes of a batch: `least` times a power of two, so many that a batch is long enough. The
 * engine is given `warmUpMs` to compile the loop first, or the batches would be sized for slow
 * code.
 */
export function batchSize(loop: RouteLoop, least: number, warmUpMs: number): number {
  const start = performance.now();
  do loop(0, least);
  while (performance.now() - start < warmUpMs);
  for (let size = least; ; size *= 2) {
    const from = performance.now();
    loop(0, size);
    if (performance.now() - from >= batchMs || size >= batchMost) return size;
  }
}

/** Loops by their names, each with the routes of a batch. */
export type SizedLoops = Readonly<
  Record<string, { readonly loop: RouteLoop; readonly size: number }>
>;

/**
 * Times batches of routes with tinybench for about `budgetMs` each, in turn, so that what
 * disturbs one disturbs all. One route is shorter than the clock can tell: a batch is the sample.
 *
 * @throws Error where tinybench doubts its clock
 */
export function measureBatches(loops: SizedLoops, budgetMs: number): Map<string, BatchTimes> {
  const samples = new Map(Object.keys(loops).map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, { loop, size }] of Object.entries(loops)) {
      const msOfOne = batchesOf(loop, size, budgetMs / rounds);
      if (round > 0) samples.get(name)?.push(...msOfOne);
    }
  }
  return new Map([...samples].map(([name, ms]) => [name, timesOf(ms, loops[name]?.size ?? 0)]));
}

/** Milliseconds of one route in each batch. */
function batchesOf(loop: RouteLoop, size: number, budgetMs: number): readonly number[] {
  const bench = new Bench({
    time: budgetMs,
    iterations: leastBatches,
    warmup: false,
    retainSamples: true,
    throws: true,
  });
  let from = 0;
  let sum = 0;
  bench.add('routes', () => {
    const start = performance.now();
    sum += loop(from, size);
    const ms = performance.now() - start;
    from = (from + size) % 2 ** 20;
    // Without the cost tinybench would take the time of one route for that of the batch.
    return { overriddenDuration: ms / size, overriddenIterationCost: ms };
  });
  const doubts: string[] = [];
  bench.addEventListener('warning', ({ reason }) => doubts.push(reason ?? 'no reason given'));
  const [task] = bench.runSync();
  assert(doubts.length === 0, `a clock that tells batches apart: ${doubts.join(', ')}`);
  // Uses the work, which could otherwise be left out.
  assert(sum >= 0, 'shards are numbers from 0');
  const result = task?.result;
  assert(result !== undefined && 'latency' in result, 'a task with a result');
  return result.latency.samples ?? [];
}

function timesOf(samples: readonly number[], lookups: number): BatchTimes {
  const sorted = Float64Array.from(samples).toSorted();
  const nsAt = (p: number): number => 1e6 * quantileSorted(sorted, p);
  return { p25: nsAt(0.25), p50: nsAt(0.5), p75: nsAt(0.75), batches: sorted.length, lookups };
}
