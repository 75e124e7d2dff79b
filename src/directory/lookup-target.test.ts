import { describe, expect, test } from 'vitest';
import { outcomes } from '../metrics/outcome.ts';
import { Recorder } from '../metrics/recorder.ts';
import { buildRouter } from '../router/build-router.ts';
import { FakeTarget, type FakeAnswer } from '../testing/fake-target.ts';
import { VirtualPacer } from '../simulate/virtual-pacer.ts';
import { VirtualTime } from '../simulate/virtual-time.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { planArrivals } from '../workload/arrival-plan.ts';
import { visitArrivals } from '../workload/arrivals.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { buildWorkload } from '../workload/workload.ts';
import { CachedRoutes } from './cached-routes.ts';
import { Driver } from '../traffic/driver.ts';
import { planLookupMove } from './lookup-move.ts';
import { replayCurve, replayLookups } from './lookup-replay.ts';
import { LookupTarget } from './lookup-target.ts';
import { type Directory, Lookups } from './lookups.ts';
import { targetContract } from '../traffic/target.suite.ts';
import { measurePhase, warmupPhase } from '../workload/phases.ts';
import type { Phase } from '../workload/types.ts';

const ms = 1e6;
const workload = buildWorkload(tinyScenario(), null);
const plan = planArrivals(workload);
const keyName = 'tenant_id';
const known = knownKeys(workload, keyName);
const topology = { shardCount: 2, weights: [1, 1] };
const spec = { router: 'directory', parameter: null, hash: null, salt: '' };
const router = buildRouter(spec, topology, 'text', known);
const settings = { workload, keyName, router, maxKeyBytes: 64, keysMax: known.count };
const move = planLookupMove(workload, known, router, topology, { tenant: 'heaviest', atMs: 800 });

/** A directory in virtual time that answers after 2 ms, or fails. */
function directoryIn(time: VirtualTime, shardOf: (key: Uint8Array) => number, code = '') {
  const asked: string[] = [];
  const directory: Directory = {
    lookUp(key, answered) {
      asked.push(Buffer.from(key).toString());
      time.at(time.nowNs() + 2 * ms, () => answered(shardOf(key), code, code && 'is down'));
    },
  };
  return { asked, directory };
}

interface Setup {
  readonly cacheSize: number;
  readonly ttlNs: number;
  readonly move?: typeof move;
  readonly answer?: (shard: number) => FakeAnswer;
  readonly code?: string;
}

async function drive({ answer = () => ({ serviceNs: ms }), code = '', ...cache }: Setup) {
  const time = new VirtualTime();
  const target = new FakeTarget(time, answer);
  const { asked, directory } = directoryIn(time, (key) => routes.current(key, 0, key.length), code);
  const lookups = new Lookups(directory, time, known.count, 64);
  const routes: CachedRoutes = new CachedRoutes({
    ...settings,
    move: null,
    ...cache,
    clock: time,
    lookUp: (bytes, start, end) =>
      lookups.begin(
        bytes,
        start,
        end,
        (key, shard) => routes.answer(key, 0, key.length, shard ?? 0),
        (key) => routes.forget(key, 0, key.length),
      ),
    beginMove: () => routes.switched(),
  });
  const gate = new LookupTarget(target, lookups, time, { workload, keyName, router });
  const limits = { operationTimeoutNs: 5e9, shardTimeoutNs: 5e9 };
  const driver = new Driver(
    routes,
    { ...limits, connectionsPerShard: 20, queuePerShard: 100 },
    {
      target: gate,
      pacer: new VirtualPacer(time, workload),
      clock: time,
      ticker: time.ticker,
    },
  );
  const run = async (phase: Phase) => {
    const kinds = workload.operations.map(({ kind }) => kind);
    const recorder = new Recorder({ shardCount: 2, kinds, windowNs: phase.durationMs * ms });
    routes.enter(phase);
    await time.run(driver.run(phase, recorder));
    return recorder;
  };
  await run(warmupPhase(workload));
  lookups.reset();
  gate.reset();
  asked.length = 0;
  const recorder = await run(measurePhase(workload, workload.rows.count));
  return { recorder, routes, lookups, gate, target, asked };
}

describe('the contract of targets', () => {
  targetContract(() => {
    const time = new VirtualTime();
    const target = new FakeTarget(time, (_shard, _now, operation) => ({
      serviceNs: operation === 1 ? Number.POSITIVE_INFINITY : ms,
      ...(operation === 2 && { outcome: outcomes.failed }),
    }));
    const { directory } = directoryIn(time, () => 0);
    const lookups = new Lookups(directory, time, known.count, 64);
    const gate = new LookupTarget(target, lookups, time, { workload, keyName, router });
    const key = known.bytes.slice(known.offsets[1], known.offsets[2]);
    return Promise.resolve({
      target: gate,
      good: () => ({ operation: 0, tenant: 1, row: 1 }),
      bad: { operation: 2, tenant: 1, row: 1 },
      slow: { operation: 1, tenant: 1, row: 1 },
      async settle(done: () => boolean) {
        // Every other time the key of tenant 1 is being looked up.
        if (lookups.find(key, 0, key.length) < 0) {
          lookups.begin(
            key,
            0,
            key.length,
            () => undefined,
            () => undefined,
          );
        }
        while (!done()) {
          if (!time.step()) await Promise.resolve();
        }
      },
      close: () => Promise.resolve(),
    });
  });
});

test.each([1, 7, 30, 1000])(
  'a cache of %i: hits and misses are those of the replay',
  async (size) => {
    const cache = { cacheSize: size, ttlNs: 300 * ms };
    const { routes, lookups, asked, recorder } = await drive(cache);
    const replay = replayLookups({ ...settings, ...cache, move: null }, plan);
    expect(routes.counts).toMatchObject({ hits: replay.hits, misses: replay.misses, stale: 0 });
    expect(replay.hits + replay.misses).toBe(
      plan.measure.arrivals - (plan.byOperation.at(-1) ?? 0),
    );
    expect(asked.length).toBe(lookups.queries);
    // A key that made room while it was being looked up, and is asked for again, is one query.
    const { queries } = lookups;
    expect(size > 1 ? queries === replay.misses : queries < replay.misses).toBe(true);
    expect(recorder.outcomes[outcomes.ok]).toBe(plan.measure.arrivals);
  },
);

test('what waits for the directory has its answer 2 ms later, and nothing else does', async () => {
  const { recorder, gate, routes, lookups } = await drive({ cacheSize: 7, ttlNs: 1e12 });
  const { hits, misses, waited } = routes.counts;
  expect(hits - waited).toBeGreaterThan(100);
  const waitedMs = gate.waitedNs / ms;
  // Whoever joins a look-up under way waits for the rest of it.
  expect(waitedMs).toBeGreaterThan(2 * misses - 0.001);
  expect(waitedMs).toBeLessThanOrEqual(2 * (misses + waited));
  const meanMs = recorder.overall.ok.meanNs / ms;
  expect(meanMs).toBeCloseTo(1 + waitedMs / plan.measure.arrivals, 2);
  expect(lookups.latency.percentileNs(50) / ms).toBeCloseTo(2, 1);
});

test('a stale entry is used until its life ends, and the replay knows how often', async () => {
  const cache = { cacheSize: 1000, ttlNs: 300 * ms, move };
  const { routes, target } = await drive(cache);
  const replay = replayLookups({ ...settings, ...cache }, plan);
  expect(replay.stale).toBeGreaterThan(3);
  expect(routes.counts).toMatchObject({
    stale: replay.stale,
    staleReads: replay.staleReads,
    staleWrites: replay.staleWrites,
  });
  expect(replay.stale).toBe(replay.staleReads + replay.staleWrites);
  // The move is at 800 ms; an entry lives no longer than 300 ms after that.
  expect(replay.lastStaleNs / ms).toBeGreaterThan(800);
  expect(replay.lastStaleNs / ms).toBeLessThan(1100);
  const moved = target.sent.filter(
    ({ tenant, operation }) => tenant === move.tenant && operation !== 2,
  );
  const last = moved.findLastIndex(({ shard }) => shard === move.from);
  expect(moved.slice(last + 1).length).toBeGreaterThan(10);
  expect(moved.slice(last + 1).every(({ shard }) => shard === move.to)).toBe(true);
});

test('a longer time to live asks less and is wrong for longer; a larger cache hits more', () => {
  const stale = [50, 200, 800].map(
    (ttlMs) => replayLookups({ ...settings, cacheSize: 1000, ttlNs: ttlMs * ms, move }, plan).stale,
  );
  expect(stale).toEqual(stale.toSorted((a, b) => a - b));
  expect(stale[2]).toBeGreaterThan(stale[0] ?? 0);
  const options = { ...settings, cacheSize: 7, ttlNs: 1e12, move: null };
  const curve = replayCurve(options, plan, known.count);
  expect(curve.map(({ cacheSize }) => cacheSize)).toEqual([7, 10, 100]);
  const hits = curve.map(({ counts }) => counts.hits);
  expect(hits).toEqual(hits.toSorted((a, b) => a - b));
});

test('operations whose look-up fails fail with its code, and the next one asks again', async () => {
  const { recorder, lookups, asked } = await drive({ cacheSize: 100, ttlNs: 1e12, code: '57P01' });
  const keyed = plan.measure.arrivals - (plan.byOperation.at(-1) ?? 0);
  expect(recorder.outcomes[outcomes.failed]).toBe(keyed);
  expect(recorder.errors.samples()[0]?.message).toBe('looking up the shard: is down');
  expect(lookups.failures).toBe(lookups.queries);
  expect(asked.length).toBeGreaterThan(known.count);
});

test('the heaviest tenant moves to the least loaded of the other shards', () => {
  expect(move).toMatchObject({ tenant: 0, from: 0, to: 1 });
  let before = 0;
  visitArrivals(workload, measurePhase(workload, plan.measure.firstNewRow), (intendedNs) => {
    if (intendedNs < 800 * ms) before += 1;
  });
  expect(move.arrival).toBe(before);
});
