import { expect, test } from 'vitest';
import { outcomes } from '../metrics/outcome.ts';
import { Recorder } from '../metrics/recorder.ts';
import { FakeTarget } from '../testing/fake-target.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { VirtualTime } from '../simulate/virtual-time.ts';
import { inserts } from '../workload/arrivals.ts';
import { buildWorkload } from '../workload/workload.ts';
import { ClosedPacer } from './closed-pacer.ts';
import { Driver } from './driver.ts';
import { singlePlan } from './route-plan.ts';
import { measurePhase, warmupPhase } from '../workload/phases.ts';

test('throughput = clients / service time; a client has one operation at a time', async () => {
  const scenario = tinyScenario({ durationMs: 4000 });
  const workload = buildWorkload(scenario, null);
  const time = new VirtualTime();
  const target = new FakeTarget(time, () => ({ serviceNs: 10e6 }));
  const defer = (work: () => void): void => time.at(time.nowNs(), work);
  const pacer = new ClosedPacer(workload, 3, time, defer);
  const limits = {
    operationTimeoutNs: 5e9,
    shardTimeoutNs: 5e9,
    connectionsPerShard: 8,
    queuePerShard: 8,
  };
  const ports = { target, pacer, clock: time, ticker: time.ticker };
  const driver = new Driver(singlePlan(workload.operations), limits, ports);
  const recorder = new Recorder({
    shardCount: 1,
    kinds: workload.operations.map(({ kind }) => kind),
    windowNs: 4e9,
  });
  await time.run(driver.run(measurePhase(workload, workload.rows.count), recorder));
  // 3 clients x 4 s / 10 ms = 1,200, the last of each ending with the window.
  expect(recorder.outcomes[outcomes.ok]).toBe(1200);
  expect(target.mostInFlight).toEqual([3]);
  expect(recorder.overall.ok.percentileNs(50) / 1e6).toBeCloseTo(10, 1);
});

test('rows of the measured phase are numbered after those of the warm-up', async () => {
  const workload = buildWorkload(tinyScenario({ warmupMs: 2000, durationMs: 1000 }), null);
  const time = new VirtualTime();
  const target = new FakeTarget(time, () => ({ serviceNs: 10e6 }));
  const defer = (work: () => void): void => time.at(time.nowNs(), work);
  const limits = {
    operationTimeoutNs: 5e9,
    shardTimeoutNs: 5e9,
    connectionsPerShard: 8,
    queuePerShard: 8,
  };
  const pacer = new ClosedPacer(workload, 3, time, defer);
  const ports = { target, pacer, clock: time, ticker: time.ticker };
  const driver = new Driver(singlePlan(workload.operations), limits, ports);
  const kinds = workload.operations.map(({ kind }) => kind);
  for (const phase of [warmupPhase(workload), measurePhase(workload, 0)]) {
    await time.run(driver.run(phase, new Recorder({ shardCount: 1, kinds, windowNs: 4e9 })));
  }
  const makesRow = workload.operations.map(inserts);
  const added = target.sent.filter(({ operation }) => makesRow[operation]).map(({ row }) => row);
  expect(added).toEqual(added.map((_, i) => workload.rows.count + i));
  expect(added.length).toBeGreaterThan(300);
});
