import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { outcomes } from '../metrics/outcome.ts';
import { Recorder } from '../metrics/recorder.ts';
import { FakeTarget, type FakeAnswer } from '../testing/fake-target.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { VirtualPacer } from '../simulate/virtual-pacer.ts';
import { VirtualTime } from '../simulate/virtual-time.ts';
import { buildWorkload } from '../workload/workload.ts';
import type { Scenario } from '../scenario/types.ts';
import { ClosedPacer } from './closed-pacer.ts';
import { Driver } from './driver.ts';
import type { DriverLimits, Ticker } from './ports.ts';
import type { RoutePlan } from './route-plan.ts';
import { measurePhase } from '../workload/phases.ts';

const ms = 1e6;
const limits: DriverLimits = {
  operationTimeoutNs: 5000 * ms,
  shardTimeoutNs: 5000 * ms,
  connectionsPerShard: 4,
  queuePerShard: 100,
};

/** Two shards: even tenants on 0, odd ones on 1; operation 2 goes to both. */
const plan: RoutePlan = {
  crossShard: false,
  shardCount: 2,
  route(operation, tenant, _row, shards, statements) {
    statements[0] = 1;
    statements[1] = 1;
    if (operation === 2) {
      shards[0] = 0;
      shards[1] = 1;
      return 2;
    }
    shards[0] = tenant % 2;
    return 1;
  },
};

async function drive(
  answer: (shard: number, nowNs: number, operation: number) => FakeAnswer,
  options: {
    limits?: Partial<DriverLimits>;
    scenario?: Partial<Scenario>;
    expected?: readonly (readonly string[])[];
    plan?: RoutePlan;
  } = {},
) {
  const workload = buildWorkload(tinyScenario(options.scenario), null);
  const time = new VirtualTime();
  const target = new FakeTarget(time, answer);
  const pacer = new VirtualPacer(time, workload);
  const ports = { target, pacer, clock: time, ticker: time.ticker };
  const driver = new Driver(options.plan ?? plan, { ...limits, ...options.limits }, ports);
  const recorder = new Recorder({
    shardCount: 2,
    kinds: workload.operations.map(({ kind }) => kind),
    windowNs: workload.durationMs * ms,
    ...(options.expected && { expected: options.expected }),
  });
  await time.run(driver.run(measurePhase(workload, workload.rows.count), recorder));
  return { recorder, target, pacer, time };
}

const counts = (recorder: Recorder): number[] => [...recorder.outcomes];

test('a target that sleeps 50 ms shows 50 ms in response and service time', async () => {
  const { recorder } = await drive(() => ({ serviceNs: 50 * ms }), {
    limits: { connectionsPerShard: 64 },
  });
  expect(recorder.overall.ok.percentileNs(50) / ms).toBeCloseTo(50, 0);
  expect(recorder.overall.ok.percentileNs(99) / ms).toBeCloseTo(50, 0);
  expect(recorder.shard(0).service.percentileNs(99) / ms).toBeCloseTo(50, 0);
  expect(recorder.shard(0).queueWait.maxNs).toBe(0);
});

test("Little's law holds: sampled concurrency = throughput x mean response", async () => {
  const { recorder, pacer } = await drive(() => ({ serviceNs: 50 * ms }), {
    limits: { connectionsPerShard: 64 },
    scenario: { durationMs: 20_000 },
  });
  const throughput = recorder.okInWindow / 20;
  const computed = throughput * (recorder.overall.ok.meanNs / 1e9);
  const bySecond = pacer.concurrency();
  const mean = bySecond.reduce((sum, value) => sum + value, 0) / bySecond.length;
  expect(mean / computed).toBeCloseTo(1, 1);
});

test('a stall of 1 s shows in response times as computed and not in service times', async () => {
  // Constant arrivals at rate r for 20 s. Requests sent after the stall begins answer when it ends:
  // of r arrivals in the stall, the one at t into it waits 1 - t. Sorted from the slowest, the
  // n-th slowest waits 1 - n/r, so with 20 r arrivals in all the p99 is 1 - 0.01 * 20 = 0.8 s.
  const rate = 200;
  const [from, until] = [5e9, 6e9];
  const { recorder } = await drive(
    (_shard, nowNs) => ({ serviceNs: nowNs >= from && nowNs < until ? until - nowNs : 0.1 * ms }),
    {
      // One connection a shard: the queue waits behind the stalled query, as behind a real stall.
      limits: { connectionsPerShard: 1, queuePerShard: 10_000 },
      scenario: {
        durationMs: 20_000,
        arrivals: { process: 'constant', ratePerSecond: rate },
        tenants: { distribution: 'uniform', count: 100, idType: 'text' },
      },
    },
  );
  expect(recorder.overall.ok.percentileNs(99) / 1e9).toBeCloseTo(0.8, 1);
  expect(recorder.overall.ok.percentileNs(50) / ms).toBeCloseTo(0.1, 1);
  // Only the one query of each shard that was under way during the stall was served slowly.
  expect(recorder.shard(0).service.percentileNs(99) / ms).toBeCloseTo(0.1, 1);
  expect(recorder.shard(0).queueWait.maxNs / 1e9).toBeGreaterThan(0.9);
});

test('a dead shard fills its own queue and stalls no other', async () => {
  const { recorder, target } = await drive(
    (shard) => ({ serviceNs: shard === 0 ? Number.POSITIVE_INFINITY : 1 * ms }),
    { limits: { operationTimeoutNs: 500 * ms, queuePerShard: 20, shardTimeoutNs: 500 * ms } },
  );
  const alive = recorder.shard(1);
  expect(alive.queueWait.percentileNs(99) / ms).toBeLessThan(5);
  expect(alive.response.count).toBeGreaterThan(100);
  const [ok = 0, failed = 0, timedOut = 0, dropped = 0] = counts(recorder);
  expect(failed).toBe(0);
  expect(timedOut).toBeGreaterThan(0);
  expect(dropped).toBeGreaterThan(0);
  expect(ok).toBeGreaterThan(0);
  // Every stuck connection was given up in the end, else the phase would not have ended.
  expect(target.abandoned.length).toBeGreaterThanOrEqual(4);
});

test('a scatter-gather with a failed shard is a failure, never a short answer', async () => {
  const { recorder } = await drive((shard) => ({
    serviceNs: 1 * ms,
    outcome: shard === 0 ? outcomes.failed : outcomes.ok,
  }));
  const scatter = recorder.byOperation[2];
  expect(scatter?.ok.count).toBe(0);
  expect(scatter?.failures).toBeGreaterThan(50);
  expect(recorder.scatter.ok.count).toBe(0);
  expect(recorder.errors.samples()[0]?.message).toBe('as told');
});

test('an error that the scenario expects counts as ok, of that operation alone', async () => {
  const answer = (_shard: number, _now: number, operation: number): FakeAnswer => ({
    serviceNs: 1 * ms,
    outcome: operation === 1 ? outcomes.ok : outcomes.failed,
  });
  const { recorder } = await drive(answer, { expected: [['XX000'], ['XX000'], ['23505']] });
  const [adds = 0, , counted = 0] = recorder.arrivalsByOperation;
  expect([...recorder.expectedByOperation]).toEqual([adds, 0, 0]);
  expect([...recorder.failedByOperation]).toEqual([0, 0, counted]);
  expect(counts(recorder)).toEqual([recorder.arrivals - counted, counted, 0, 0]);
  // Two shards fail each of the scatter-gathers; nothing of what was expected is an error.
  const errors = recorder.errors.samples();
  expect(errors.map(({ operation, shard }) => [operation, shard])).toEqual([
    [2, 0],
    [2, 1],
  ]);
  expect(errors.map(({ count }) => count)).toEqual([counted, counted]);
  for (const { firstNs, lastNs } of errors) {
    expect(firstNs).toBeGreaterThan(0);
    expect(lastNs).toBeGreaterThan(firstNs);
  }
});

describe('operations that the cell cannot run', () => {
  const skips = (operation: number): boolean => operation === 1;
  const partly: RoutePlan = {
    shardCount: 2,
    crossShard: true,
    route: (operation, ...rest) => (skips(operation) ? 0 : plan.route(operation, ...rest)),
  };

  test('are settled at once, counted as skipped and nothing else', async () => {
    const scenario = { tenants: { distribution: 'uniform', count: 100, idType: 'text' } } as const;
    const all = await drive(() => ({ serviceNs: 1 * ms }), { scenario });
    const run = await drive(() => ({ serviceNs: 1 * ms }), { scenario, plan: partly });
    const [adds, , scatters] = all.recorder.arrivalsByOperation;
    const { recorder, target } = run;
    expect([...recorder.arrivalsByOperation]).toEqual([adds, 0, scatters]);
    expect([...recorder.skippedByOperation]).toEqual([0, all.recorder.arrivalsByOperation[1], 0]);
    expect(target.sent.filter(({ operation }) => skips(operation))).toEqual([]);
    expect(recorder.scheduleLag.count).toBe(recorder.arrivals);
    expect(recorder.overall.ok.count).toBe(recorder.arrivals);
    // Nothing of them is under way: what the pacer samples is what Little's law says of the rest.
    const mean = run.pacer.concurrency().reduce((sum, each) => sum + each, 0) / 2;
    expect(mean).toBeCloseTo((recorder.arrivals / 2) * (recorder.overall.ok.meanNs / 1e9), 1);
    expect([...recorder.crossShardByOperation]).toEqual([adds, 0, scatters]);
    expect(recorder.crossShardTouched).toBe((adds ?? 0) + 2 * (scatters ?? 0));
  });

  test('do not hold a client of the closed loop', async () => {
    const workload = buildWorkload(tinyScenario({ durationMs: 100 }), null);
    const time = new VirtualTime();
    const target = new FakeTarget(time, () => ({ serviceNs: 1 * ms }));
    const pacer = new ClosedPacer(workload, 2, time, (work) => time.at(time.nowNs(), work));
    const ports = { target, pacer, clock: time, ticker: time.ticker };
    const kinds = workload.operations.map(({ kind }) => kind);
    const recorder = new Recorder({ shardCount: 2, kinds, windowNs: 100 * ms });
    await time.run(new Driver(partly, limits, ports).run(measurePhase(workload, 0), recorder));
    expect(recorder.arrivals).toBe(200);
    expect(recorder.skippedByOperation[1]).toBeGreaterThan(80);
  });
});

test('one slow shard of a scatter-gather times out alone, within its own time-out', async () => {
  const { recorder } = await drive(
    (shard, _now, operation) => ({ serviceNs: shard === 1 && operation === 2 ? 900 * ms : 1 * ms }),
    { limits: { shardTimeoutNs: 100 * ms, connectionsPerShard: 64 } },
  );
  expect(recorder.byOperation[2]?.ok.count).toBe(0);
  expect(recorder.outcomes[outcomes.timedOut]).toBe(recorder.byOperation[2]?.failures);
  expect(recorder.byOperation[0]?.failures).toBe(0);
});

test('work in flight never exceeds the connections of a shard, whatever the load', async () => {
  const { target, recorder } = await drive(() => ({ serviceNs: 30 * ms }), {
    scenario: { arrivals: { process: 'poisson', ratePerSecond: 5000 } },
  });
  expect(target.mostInFlight).toEqual([4, 4]);
  expect(recorder.shard(0).maxQueued).toBe(100);
  expect(recorder.outcomes[outcomes.dropped]).toBeGreaterThan(5000);
  expect(recorder.shard(0).poolFullSamples / recorder.shard(0).poolSamples).toBeGreaterThan(0.9);
});

test('arrivals = ok + failed + timedOut + dropped, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 50, max: 3000 }),
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 20 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (ratePerSecond, serviceMs, connectionsPerShard, queuePerShard, failing) => {
        let turn = 0;
        const { recorder, target } = await drive(
          () => {
            turn += failing;
            const fails = turn >= 1;
            if (fails) turn -= 1;
            return { serviceNs: serviceMs * ms, outcome: fails ? outcomes.failed : outcomes.ok };
          },
          {
            limits: { connectionsPerShard, queuePerShard, operationTimeoutNs: 300 * ms },
            scenario: { durationMs: 500, arrivals: { process: 'poisson', ratePerSecond } },
          },
        );
        const workload = buildWorkload(
          tinyScenario({ durationMs: 500, arrivals: { process: 'poisson', ratePerSecond } }),
          null,
        );
        const { visitArrivals } = await import('../workload/arrivals.ts');
        const { arrivals } = visitArrivals(workload, measurePhase(workload, 0), () => undefined);
        expect(recorder.arrivals).toBe(arrivals);
        const sent = recorder.shards.reduce((sum, s) => sum + s.writesSent + s.readsSent, 0);
        expect(sent).toBe(target.sent.length);
      },
    ),
    { numRuns: 25, seed: 1 },
  );
});

test('the per-second series adds up to the counters of the window', async () => {
  const { recorder } = await drive(() => ({ serviceNs: 1 * ms }), {
    scenario: { durationMs: 2500 },
  });
  for (const shard of recorder.shards) {
    const { seconds, writesInWindow, readsInWindow } = shard.samples();
    expect(seconds).toHaveLength(3);
    expect(seconds.reduce((sum, { writes }) => sum + writes, 0)).toBe(writesInWindow);
    expect(seconds.reduce((sum, { reads }) => sum + reads, 0)).toBe(readsInWindow);
  }
});

test('given up before its pacer has started, a phase leaves no ticker behind', () => {
  const workload = buildWorkload(tinyScenario(), null);
  const time = new VirtualTime();
  const target = new FakeTarget(time, () => ({ serviceNs: ms }));
  const starts: (() => void)[] = [];
  const pacer = new VirtualPacer(time, workload);
  pacer.start = (_phase, events) => starts.push(() => events.onStart(time.nowNs()));
  const ticker = vi.fn<Ticker>(() => () => {});
  const driver = new Driver(plan, limits, { target, pacer, clock: time, ticker });
  const kinds = workload.operations.map(({ kind }) => kind);
  const recorder = new Recorder({ shardCount: 2, kinds, windowNs: ms });
  const phase = measurePhase(workload, workload.rows.count);
  void driver.run(phase, recorder);
  driver.stop();
  starts[0]?.();
  expect(ticker).not.toHaveBeenCalled();
  void driver.run(phase, recorder);
  starts[1]?.();
  expect(ticker).toHaveBeenCalledOnce();
});
