import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MachineSecond } from '../result/machine-second.ts';
import type { CellSamples } from './cell-samples.ts';
import { joinRecords } from './join-records.ts';
import { joinRepeats } from './join-repeats.ts';
import { outcomes } from './outcome.ts';
import type { PhaseRecord } from './phase-record.ts';
import { Recorder } from './recorder.ts';

const partNs = 2e9;
const options = { shardCount: 2, kinds: ['write', 'read'] as const };

/** A query that ends within its part. */
const query = fc.record({
  part: fc.nat(2),
  atNs: fc.integer({ min: 0, max: 1.9e9 }),
  lagNs: fc.integer({ min: 1, max: 4e7 }),
  servedNs: fc.integer({ min: 1, max: 5e7 }),
  shard: fc.nat(1),
  operation: fc.nat(1),
  failed: fc.boolean(),
});
type Query = typeof query extends fc.Arbitrary<infer T> ? T : never;

function record({ atNs, lagNs, servedNs, shard, operation, failed }: Query, into: Recorder): void {
  const [sentNs, endNs] = [atNs + lagNs, atNs + lagNs + servedNs];
  const outcome = failed ? outcomes.failed : outcomes.ok;
  into.shard(shard).sent(operation);
  if (failed) into.errors.add('23505', 'twice', operation, shard, endNs);
  into.shard(shard).query(operation, atNs, sentNs, sentNs, endNs, outcome);
  into.operation(operation, 0, 1, atNs, sentNs, endNs, outcome);
}

/** Without what is kept by thirds, and added up part by part. */
function comparable(all: CellSamples) {
  const { course: _, shards, ...samples } = all;
  const lasting = shards.map((each) => {
    const { pressure: __, ...shard } = each;
    return shard;
  });
  return { ...samples, shards: lasting };
}

test('parts of a window that are joined are the window', () => {
  fc.assert(
    fc.property(fc.array(query, { maxLength: 60 }), (queries) => {
      const inTime = queries.toSorted(
        (a, b) => a.part - b.part || a.atNs + a.lagNs + a.servedNs - b.atNs - b.lagNs - b.servedNs,
      );
      const whole = new Recorder({ ...options, windowNs: 3 * partNs });
      const parts = [0, 1, 2].map(() => new Recorder({ ...options, windowNs: partNs }));
      for (const each of inTime) {
        record({ ...each, atNs: each.atNs + each.part * partNs }, whole);
        const part = parts[each.part];
        if (part !== undefined) record(each, part);
      }
      for (const recorder of [whole, ...parts]) recorder.finish();
      const [first, ...others] = parts.map((part, i) => part.samples([i, i]));
      if (first === undefined) throw new Error('parts');
      expect(comparable(joinRepeats([first, ...others]))).toEqual(
        comparable(whole.samples([0, 0, 1, 1, 2, 2])),
      );
    }),
    { numRuns: 60 },
  );
});

const second = (at: number, foreignFraction: number): MachineSecond => {
  return { second: at, foreignFraction, stealFraction: 0 };
};

function recordOf(throttled: number | null, cpu: number, seconds: MachineSecond[]): PhaseRecord {
  const recorder = new Recorder({ ...options, windowNs: partNs });
  recorder.finish();
  return {
    samples: recorder.samples([]),
    contents: [],
    throttledFractions: [throttled, 0.5],
    generator: {
      cpuFraction: cpu,
      eventLoopUtilization: cpu,
      eventLoopDelayMs: { p50: cpu, p99: 10 * cpu, max: 20 * cpu },
      machine: seconds,
      busiest: [
        { name: 'backup', pid: 7, cpuFraction: cpu },
        ...[8, 9].map((pid) => ({ name: `job ${pid}`, pid: pid + 10 * cpu, cpuFraction: 0.1 })),
      ],
    },
    server: { checkpoints: 1, checkpointsTimed: 0, autovacuums: 2, walBytes: 100 },
    otherwise: null,
  };
}

test('what was seen beside the parts: means of shares, sums of counts, seconds in a row', () => {
  // A look after the end of the part belongs to no second of the window.
  const parts = [
    recordOf(0.1, 0.2, [second(0, 0.1), second(1, 0.2), second(2, 0.9)]),
    recordOf(0.3, 0.4, [second(0, 0.3), second(1, 0.4)]),
  ] as const;
  const { throttledFractions, generator, server } = joinRecords(parts);
  expect(throttledFractions).toEqual([0.2, 0.5]);
  expect(generator?.cpuFraction).toBeCloseTo(0.3, 12);
  expect(generator?.eventLoopDelayMs).toMatchObject({ p99: 4, max: 8 });
  expect(generator?.machine).toEqual([
    second(0, 0.1),
    second(1, 0.2),
    second(2, 0.3),
    second(3, 0.4),
  ]);
  // Of what each part has named, so many as one part names.
  expect(generator?.busiest).toHaveLength(3);
  expect(generator?.busiest?.[0]).toMatchObject({ name: 'backup', pid: 7 });
  expect(generator?.busiest?.map(({ cpuFraction }) => Number(cpuFraction.toFixed(9)))).toEqual([
    0.3, 0.05, 0.05,
  ]);
  expect(server).toEqual({ checkpoints: 2, checkpointsTimed: 0, autovacuums: 4, walBytes: 200 });
  expect(joinRecords([recordOf(null, 0, []), recordOf(0.2, 0, [])]).throttledFractions[0]).toBe(
    null,
  );
});
