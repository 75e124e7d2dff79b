import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { rngFrom } from '../base/rng.ts';
import { outcomes } from './outcome.ts';
import { Recorder } from './recorder.ts';
import { meanIntervalMs } from './service-interval.ts';
import { ServiceRecorder } from './service-recorder.ts';

const windowNs = 20e9;

describe('service times by operation', () => {
  test('of all shards together and of each, without the wait and without failures', () => {
    const kinds = ['read', 'write'] as const;
    const recorder = new Recorder({ shardCount: 2, kinds, windowNs });
    const query = (shard: number, operation: number, waitedNs: number, servedNs: number): void =>
      recorder.shard(shard).query(operation, 0, 0, waitedNs, waitedNs + servedNs, outcomes.ok);
    query(0, 0, 0, 2e6);
    query(0, 0, 7e6, 4e6);
    query(1, 0, 0, 6e6);
    query(1, 1, 3e6, 1e6);
    recorder.shard(1).query(1, 0, 0, 0, 50e6, outcomes.failed);
    recorder.finish();
    expect(recorder.service.byOperation.map(({ count }) => count)).toEqual([3, 1]);
    expect(present(recorder.service.byOperation[0], 'first').meanNs / 4e6).toBeCloseTo(1, 3);
    expect([...recorder.shard(0).serviceNsByOperation]).toEqual([6e6, 0]);
    expect([...recorder.shard(1).serviceNsByOperation]).toEqual([6e6, 1e6]);
    expect([...recorder.shard(1).servedByOperation]).toEqual([1, 1]);
  });

  test('the interval is that of 20 equal blocks: known answer', () => {
    const service = new ServiceRecorder(1, windowNs);
    // Block b: one query of b ms; mean 9.5, sd of 0 to 19 = 5.916, t = 2.093.
    for (let block = 0; block < 20; block += 1) service.record(0, block * 1e6, block * 1e9 + 5);
    const error = (2.093 * 5.9160797831) / Math.sqrt(20);
    expect(meanIntervalMs(service.samples(0))?.low).toBeCloseTo(9.5 - error, 9);
    expect(meanIntervalMs(service.samples(0))?.high).toBeCloseTo(9.5 + error, 9);
  });

  test('of a rare operation blocks are taken together; none where a quarter has no query', () => {
    const service = new ServiceRecorder(3, windowNs);
    for (let block = 0; block < 20; block += 1) service.record(1, 1e6, block * 1e9);
    // The groups of two have 1 to 10 ms: mean 5.5, sd 3.0277, t = 2.262.
    for (let group = 0; group < 10; group += 1) service.record(0, (group + 1) * 1e6, group * 2e9);
    for (let block = 4; block < 20; block += 1) service.record(2, 1e6, block * 1e9);
    expect(meanIntervalMs(service.samples(0))?.high).toBeCloseTo(
      5.5 + (2.262 * 3.0276503541) / Math.sqrt(10),
      9,
    );
    expect(meanIntervalMs(service.samples(1))).toEqual({ low: 1, high: 1 });
    expect(meanIntervalMs(service.samples(2))).toBeNull();
  });

  test('contains the true mean 95 times in 100, also where stalls make neighbours alike', () => {
    let inside = 0;
    const runs = 400;
    for (let run = 0; run < runs; run += 1) {
      const rng = rngFrom(run, 'service');
      const service = new ServiceRecorder(1, windowNs);
      // 400 queries that come by tens of one exponential factor: as good as 40 independent ones.
      for (let ten = 0; ten < 400; ten += 1) {
        const factor = -Math.log(1 - rng.double());
        for (let i = 0; i < 10; i += 1) service.record(0, 1e6 * factor, (ten + i / 10) * 0.05e9);
      }
      const found = present(meanIntervalMs(service.samples(0)), 'interval');
      if (found.low <= 1 && found.high >= 1) inside += 1;
    }
    expect(inside / runs).toBeGreaterThan(0.92);
    expect(inside / runs).toBeLessThan(0.98);
  });

  test('scales with the times', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 20, maxLength: 60 }),
        (times) => {
          const [one, ten] = [1, 10].map((factor) => {
            const service = new ServiceRecorder(1, windowNs);
            for (const [i, time] of times.entries()) {
              service.record(0, time * factor * 1000, (i % 20) * 1e9);
            }
            return present(meanIntervalMs(service.samples(0)), 'interval');
          });
          expect(ten?.high).toBeCloseTo(10 * (one?.high ?? 0), 6);
          expect(ten?.low).toBeCloseTo(10 * (one?.low ?? 0), 6);
        },
      ),
    );
  });
});
