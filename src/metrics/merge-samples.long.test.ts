import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { tenantClassNames } from '../result/tenant-class.ts';
import type { Cell } from '../result/types.ts';
import { cellMetrics, type CellFacts } from './cell-metrics.ts';
import type { CellSamples } from './cell-samples.ts';
import { Course } from './course.ts';
import { cells, deal, type Event, events, fanOutOf, shardCount } from './dealt-events-fixture.ts';
import { mergeSamples } from './merge-samples.ts';
import { outcomes } from './outcome.ts';
import { Recorder } from './recorder.ts';
import { pressureOfWindow } from './shard-pressure.ts';

const operation = { routing: 'single-shard', rollsBack: false, mayBeEmpty: false } as const;

const facts: CellFacts = {
  operations: [
    { ...operation, name: 'place_order', kind: 'write' },
    { ...operation, name: 'recent_orders', kind: 'read' },
  ],
  arrivals: { process: 'poisson', ratePerSecond: 1000 },
  errorFraction: 0.01,
  connectionsPerShard: 8,
  contents: [1, 2, 3].map((rows) => ({ rows, bytes: rows * 100 })),
  throttledFractions: [null, 0, 0.5],
  placement: { idealMaxOverMean: 1, tenantFloor: 1, band: null },
  generator: null,
  alarms: { forMs: 1000, waitMs: 10, diskBytes: 1e12, dataBytes: null },
};

/** The longest queues of several generators add up to a bound, which is tested by itself. */
function withoutLongestQueues<T extends Pick<Cell, 'shards'>>(document: T): T {
  const copy = structuredClone(document);
  for (const { pool } of copy.shards ?? []) pool.maxQueued = 0;
  return copy;
}

const generators = fc.integer({ min: 1, max: 5 });
/** A mean for each of three seconds, from each of five generators. */
const underWay = fc.array(fc.array(fc.nat(50), { minLength: 3, maxLength: 3 }), {
  minLength: 5,
  maxLength: 5,
});

function nonEmpty<T>([first, ...rest]: readonly T[]): [T, ...T[]] {
  return [present(first, 'first'), ...rest];
}

/** Every event of a kind, as often as it happened. */
const sumOver = (list: readonly Event[], counts: (event: Event) => boolean): number =>
  list.filter(counts).reduce((sum, { times }) => sum + times, 0);

/** A smaller example of a failure is not looked for: with so many events it takes minutes. */
const endOnFailure = true;

test('however events are dealt over recorders, merged they give the document of one', () => {
  fc.assert(
    fc.property(events, generators, cells, underWay, (list, count, options, concurrency) => {
      const { all, parts } = deal(list, count, options);
      const used = concurrency.slice(0, count);
      const together = [0, 1, 2].map((second) =>
        used.reduce((sum, own) => sum + (own[second] ?? 0), 0),
      );
      const one = all.samples(together);
      const samples = parts.map((part, i) => part.samples(used[i] ?? []));
      const document = cellMetrics(nonEmpty(samples), facts);
      expect(withoutLongestQueues(document)).toEqual(
        withoutLongestQueues(cellMetrics([one], facts)),
      );
      for (const [shard, { pool }] of (document.shards ?? []).entries()) {
        const longest = parts.map((part) => part.shard(shard).maxQueued);
        expect(pool.maxQueued).toBe(longest.reduce((sum, each) => sum + each, 0));
        expect(pool.maxQueued).toBeGreaterThanOrEqual(all.shard(shard).maxQueued);
      }
    }),
    { numRuns: 50, endOnFailure },
  );
});

test('skipped arrivals and operations across shards are counted in their own numbers alone', () => {
  fc.assert(
    fc.property(events, generators, cells, (list, count, options) => {
      const parts = deal(list, count, options).parts.map((part) => part.samples([]));
      const { load, fanOut, operations, notRunnable } = cellMetrics(nonEmpty(parts), facts);
      const skipped = sumOver(list, ({ kind }) => kind === 'skip');
      const ended = list.filter(({ kind }) => kind === 'operation');
      const crossing = ended.filter(({ amount }) => fanOutOf(amount) > 1 && amount % 2 === 0);
      const crossed = sumOver(crossing, () => true);
      expect(load.arrivals).toBe(sumOver(ended, () => true));
      expect(load.skipped ?? 0).toBe(skipped);
      expect(notRunnable?.fraction ?? 0).toBe(skipped && skipped / (load.arrivals + skipped));
      expect(fanOut.crossShard?.count).toBe(crossed);
      expect(fanOut.crossShardFraction).toBe(crossed && crossed / load.arrivals);
      expect(fanOut.crossShardWrites).toBe(sumOver(crossing, (each) => each.operation === 0));
      const touched = crossing.reduce((sum, each) => sum + each.times * fanOutOf(each.amount), 0);
      expect(fanOut.crossShard?.shardsTouched ?? 0).toBe(crossed && touched / crossed);
      for (const own of operations) expect(own.arrivals + (own.skipped ?? 0)).toBe(askedFor(own));
      function askedFor({ operation: name }: { operation: string }): number {
        return sumOver(list, ({ kind, operation: index }) => {
          const asks = kind === 'skip' || kind === 'operation';
          return asks && facts.operations[index]?.name === name;
        });
      }
    }),
    { numRuns: 20, endOnFailure },
  );
});

test('every operation is in the class of its tenant, and in no other', () => {
  fc.assert(
    fc.property(events, generators, cells, (list, count, options) => {
      const parts = deal(list, count, options).parts.map((part) => part.samples([]));
      const { load, tenantClasses } = cellMetrics(nonEmpty(parts), facts);
      const { classOf } = options.tenantClasses ?? {};
      const ended = list.filter(({ kind }) => kind === 'operation');
      const expected = tenantClassNames.map((name, place) => {
        const own = ended.filter(({ tenant }) => classOf?.[tenant] === place);
        const ok = own.filter(({ outcome }) => outcome === outcomes.ok);
        return {
          class: name,
          tenants: [...(classOf ?? [])].filter((each) => each === place).length,
          arrivals: sumOver(own, () => true),
          ok: sumOver(ok, () => true),
          responseMs: { count: sumOver(own, () => true) },
          singleShardMs: { count: sumOver(own, ({ amount }) => fanOutOf(amount) === 1) },
        };
      });
      expect({ tenantClasses }).toMatchObject(
        classOf === undefined ? { tenantClasses: undefined } : { tenantClasses: expected },
      );
      const all = (tenantClasses ?? []).reduce((sum, { arrivals }) => sum + arrivals, 0);
      expect(all).toBe(classOf === undefined ? 0 : load.arrivals);
    }),
    { numRuns: 20, endOnFailure },
  );
});

test('in any order and grouping the merged samples are the same', () => {
  fc.assert(
    fc.property(events, cells, underWay, (list, options, concurrency) => {
      const [a, b, c] = deal(list, 3, options).parts.map((part, i) =>
        part.samples(concurrency[i] ?? []),
      );
      if (a === undefined || b === undefined || c === undefined) throw new Error('three parts');
      const merged = mergeSamples(mergeSamples(a, b), c);
      expect(mergeSamples(a, mergeSamples(b, c))).toEqual(merged);
      expect(mergeSamples(mergeSamples(c, a), b)).toEqual(merged);
    }),
    { numRuns: 20, endOnFailure },
  );
});

test('a clone, as another thread would get it, gives the same document', () => {
  fc.assert(
    fc.property(events, cells, (list, options) => {
      const samples = deal(list, 1, options).all.samples([1, 2, 3]);
      const clone = structuredClone(samples);
      expect(clone).toEqual(samples);
      expect(cellMetrics([clone], facts)).toEqual(cellMetrics([samples], facts));
    }),
    { numRuns: 20, endOnFailure },
  );
});

describe('what one generator cannot know of another', () => {
  const windowNs = 1e9;
  const options = { shardCount, kinds: ['write', 'read'] as const, windowNs };

  /**
   * Looks at shard 0 every 10 ms, at a queue of this length and with all connections busy or not.
   */
  function generator(queued: number, full: boolean, concurrency: readonly number[]): CellSamples {
    const recorder = new Recorder(options);
    const shard = recorder.shard(0);
    shard.joinedQueue(1e6, queued);
    for (let nowNs = 10e6; nowNs <= windowNs; nowNs += 10e6) shard.samplePool(nowNs, full, queued);
    recorder.finish();
    return recorder.samples(concurrency);
  }

  const merged = mergeSamples(generator(3, true, [4, 5, 6]), generator(5, false, [10, 20]));

  test('queues add up; how often the connections are busy is the mean of both', () => {
    const [shard] = cellMetrics([merged], facts).shards ?? [];
    expect(shard?.pool).toMatchObject({ maxQueued: 8, fullFraction: 0.5 });
    expect(shard?.series[0]?.queued).toBe(8);
    const { pressure } = present(merged.shards[0], 'shard');
    expect(pressureOfWindow({ shard: 0, pressure, generators: 2 })).toMatchObject({
      fullFraction: 0.5,
      queuedByThird: [8, 8, 8],
    });
    const queued = new Course(merged.course, 1, 2).queued().filter((mean) => mean > 0);
    expect(new Set(queued)).toEqual(new Set([8]));
  });

  test('operations under way add up in the seconds that both have seen', () => {
    expect(merged.concurrency).toEqual([14, 25]);
    expect(mergeSamples(merged, generator(0, false, [])).concurrency).toEqual([]);
  });

  test('of one error the earliest message is told', () => {
    const failing = (message: string, nowNs: number): CellSamples => {
      const recorder = new Recorder(options);
      recorder.errors.add('57014', message, 0, 1, nowNs);
      recorder.errors.add('57014', 'later', 0, 1, nowNs + 10);
      recorder.finish();
      return recorder.samples([]);
    };
    const [early, late] = [failing('early', 100), failing('late', 105)];
    const expected = { message: 'early', count: 4, firstNs: 100, lastNs: 115 };
    expect(mergeSamples(early, late).errors).toMatchObject([expected]);
    expect(mergeSamples(late, early).errors).toMatchObject([expected]);
    const tied = mergeSamples(failing('b', 100), failing('a', 100));
    expect(tied.errors[0]?.message).toBe('a');
  });

  test('samples of different windows are no samples of one phase', () => {
    const other = new Recorder({ ...options, windowNs: 2e9 });
    other.finish();
    expect(() => mergeSamples(merged, other.samples([]))).toThrow('one window');
  });
});

test('sums of fractions of a nanosecond differ in their last digits at most', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true })), (times) => {
      const recorders = Array.from({ length: 4 }, () => {
        return new Recorder({ shardCount: 1, kinds: ['read'], windowNs: 1e9 });
      });
      const [all, ...parts] = nonEmpty(recorders);
      for (const [i, ns] of times.entries()) {
        all.shard(0).query(0, 0, 0, 0, ns, outcomes.ok);
        parts[i % 3]?.shard(0).query(0, 0, 0, 0, ns, outcomes.ok);
      }
      for (const recorder of recorders) recorder.finish();
      const sumOf = ({ shards }: CellSamples): number => shards[0]?.serviceNsByOperation[0] ?? 0;
      const merged = parts.map((part) => part.samples([])).reduce(mergeSamples);
      const expected = sumOf(all.samples([]));
      expect(Math.abs(sumOf(merged) - expected)).toBeLessThanOrEqual(1e-13 * expected);
    }),
  );
});
