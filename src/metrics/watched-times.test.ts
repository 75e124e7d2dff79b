import fc from 'fast-check';
import { expect, test } from 'vitest';
import { histogramOf } from '../base/histogram.ts';
import { outcomes } from './outcome.ts';
import { Recorder } from './recorder.ts';
import type { WatchedKind } from './watched-times.ts';

const all = { operation: null, kind: null, shard: null } as const;
const watched: WatchedKind[] = [
  { ...all, metric: 'response_ms' },
  { ...all, metric: 'response_ms', operation: 1 },
  { ...all, metric: 'response_ms', kind: 'write' },
  { ...all, metric: 'response_ms', shard: 1 },
  { ...all, metric: 'service_ms', shard: 0 },
  { ...all, metric: 'service_ms', operation: 0 },
  { ...all, metric: 'queue_wait_ms', shard: 1 },
  { ...all, metric: 'schedule_lag_ms' },
];

const events = fc.array(
  fc.record({
    operation: fc.nat(1),
    shard: fc.nat(1),
    lagNs: fc.nat(1e6),
    waitNs: fc.nat(1e6),
    serviceNs: fc.nat(1e7),
    ok: fc.boolean(),
    dropped: fc.boolean(),
  }),
  { maxLength: 60 },
);

/** Each operation touches one shard, so that what shards and operations have can be compared. */
test('watched times are those that the recorder keeps anyway', () => {
  fc.assert(
    fc.property(events, (list) => {
      const options = { shardCount: 2, kinds: ['write', 'read'] as const, windowNs: 1e9 };
      const recorder = new Recorder({ ...options, watched });
      for (const { operation, shard, lagNs, waitNs, serviceNs, ok, dropped } of list) {
        const sentNs = lagNs + waitNs;
        const ended = dropped ? outcomes.dropped : ok ? outcomes.ok : outcomes.failed;
        const endNs = dropped ? lagNs : sentNs + serviceNs;
        recorder.operation(operation, 0, 1, 0, lagNs, endNs, ended);
        if (dropped) recorder.shard(shard).drop(lagNs, operation);
        else recorder.shard(shard).query(operation, 0, lagNs, sentNs, endNs, ended);
      }
      recorder.finish();
      const {
        overall,
        operations,
        shards,
        scheduleLag,
        watched: found = [],
      } = recorder.samples([]);
      const [first, second] = shards;
      const failuresOf = (each = second) =>
        (each?.errors ?? 0) + (each?.timeouts ?? 0) + (each?.dropped ?? 0);
      expect(found.map(({ ok, failures }) => ({ ok, failures }))).toEqual([
        overall,
        operations[1]?.response,
        operations[0]?.response,
        { ok: second?.response, failures: failuresOf() },
        { ok: first?.service, failures: 0 },
        { ok: operations[0]?.service.times, failures: 0 },
        { ok: second?.queueWait, failures: 0 },
        { ok: scheduleLag, failures: 0 },
      ]);
    }),
  );
});

test('of one operation on one shard', () => {
  const wanted: WatchedKind = { metric: 'response_ms', operation: 1, kind: null, shard: 0 };
  const recorder = new Recorder({
    shardCount: 2,
    kinds: ['write', 'read'],
    windowNs: 1e9,
    watched: [wanted],
  });
  recorder.shard(0).query(1, 0, 0, 10, 30, outcomes.ok);
  recorder.shard(0).query(0, 0, 0, 10, 40, outcomes.ok);
  recorder.shard(1).query(1, 0, 0, 10, 50, outcomes.ok);
  recorder.shard(0).query(1, 0, 0, Number.NaN, 60, outcomes.timedOut);
  recorder.shard(0).drop(70, 1);
  recorder.shard(0).drop(70, 0);
  const [found] = recorder.samples([]).watched ?? [];
  expect(found).toMatchObject({ ...wanted, failures: 2 });
  expect(found && histogramOf(found.ok).maxNs).toBe(30);
});
