import { knownKeysOf, noKnownKeys } from '../../bench/hot-path-keys.ts';
import { keysFor, measureRouter } from '../../bench/measure-router.ts';
import { routerMemory } from '../../bench/router-memory.ts';
import { retainedBytes } from '../../host/retained-bytes.ts';
import { definitionOf } from '../../router/build-router.ts';
import type { BenchAnswer, BenchRequest } from './bench-process.ts';
import { benchedRouter } from './bench-flags.ts';

/**
 * Measures one router in a process of its own: functions that were made at one place share what the
 * engine learns of them, so that a second router would find the first one's traces.
 */
const requested = Promise.withResolvers<BenchRequest>();
process.once('message', (request: BenchRequest) => requested.resolve(request));
const { router, hash, shardCounts, keyTypes, seed, allottedMs } = await requested.promise;
const { name, spec } = await benchedRouter(router, hash);
const startMs = performance.now();
const { traits, keyTypes: taken } = definitionOf(spec);
const type = keyTypes.find((each) => taken.includes(each));
/** Keys that exist when a router is built, which few routers ask for. */
const placed = traits.placesKnownKeys ? keysFor(spec, seed) : null;
const memory = new Map(
  shardCounts.map((shardCount) => [
    shardCount,
    type === undefined
      ? null
      : routerMemory(
          spec,
          { shardCount, weights: Array.from({ length: shardCount }, () => 1) },
          placed === null ? noKnownKeys(type) : knownKeysOf(placed, type),
          retainedBytes,
        ),
  ]),
);
const keys = placed ?? keysFor(spec, seed);

/** Measuring takes about twice what its loops are given: keys, collections of garbage, checks. */
const budgetFraction = 0.45;
const leastMs = 10;
const mostMs = 2000;

const cellOf = (shardCount: number, budgetMs: number) => {
  const memoryBytes = memory.get(shardCount) ?? null;
  return measureRouter({ spec, name, shardCount, keyTypes, keys, seed, budgetMs, memoryBytes });
};

const send = (answer: BenchAnswer): Promise<void> =>
  new Promise((resolve, reject) =>
    process.send?.(answer, undefined, {}, (error) => (error === null ? resolve() : reject(error))),
  );

// The code is compiled on this one, or the first row would be slower than the others.
cellOf(shardCounts[0] ?? 1, 2 * leastMs);
for (const [index, shardCount] of shardCounts.entries()) {
  const leftMs = allottedMs - (performance.now() - startMs);
  const share = (budgetFraction * leftMs) / (shardCounts.length - index);
  const row = cellOf(shardCount, Math.min(mostMs, Math.max(leastMs, share)));
  // oxlint-disable-next-line no-await-in-loop -- in turn, or they would disturb each other
  await send({ row });
}
process.disconnect();
