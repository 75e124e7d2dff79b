import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { visitArrivals } from '../workload/arrivals.ts';
import type { Workload } from '../workload/types.ts';
import { buildWorkload } from '../workload/workload.ts';
import { createChannel } from './pacer-channel.ts';
import { systemClock } from './system-clock.ts';
import { WorkerPacer } from './worker-pacer.ts';

let worker: Worker | null = null;
afterEach(async () => {
  await worker?.terminate();
});

function pacerFor(workload: Workload): WorkerPacer {
  const channel = createChannel();
  worker = new Worker(new URL('../commands/pacer.worker.ts', import.meta.url), {
    workerData: { workload, channel },
  });
  return new WorkerPacer(worker, channel, () => workload.rows.count);
}

interface Seen {
  readonly intendedNs: number;
  readonly tenant: number;
  readonly operation: number;
  readonly row: number;
}

const expected = (workload: Workload): Seen[] => {
  const all: Seen[] = [];
  visitArrivals(workload, 'measure', workload.rows.count, (intendedNs, tenant, operation, row) => {
    all.push({ intendedNs, tenant, operation, row });
  });
  return all;
};

function runPhase(pacer: WorkerPacer): Promise<{ seen: Seen[]; early: number }> {
  const clock = systemClock();
  const seen: Seen[] = [];
  let startNs = 0;
  let early = 0;
  return new Promise((resolve) => {
    pacer.start('measure', {
      onStart: (at) => {
        startNs = at;
      },
      onArrival: (intendedNs, tenant, operation, row) => {
        if (clock.nowNs() < startNs + intendedNs) early += 1;
        seen.push({ intendedNs, tenant, operation, row });
        pacer.settled(seen.length);
      },
      onEnd: () => resolve({ seen, early }),
    });
  });
}

test('every arrival is delivered once, in order, and none before it is due', async () => {
  const workload = buildWorkload(tinyScenario({ durationMs: 300 }), null);
  const pacer = pacerFor(workload);
  const first = await runPhase(pacer);
  expect(first.seen).toEqual(expected(workload));
  expect(first.early).toBe(0);
  expect(pacer.concurrency().length).toBe(1);
  // The same thread runs one phase after the other.
  expect((await runPhase(pacer)).seen).toEqual(first.seen);
});

test('more arrivals than the ring holds pass through it unchanged', async () => {
  const arrivals = { process: 'constant', ratePerSecond: 400_000 } as const;
  const workload = buildWorkload(tinyScenario({ durationMs: 300, arrivals }), null);
  const { seen } = await runPhase(pacerFor(workload));
  expect(seen).toHaveLength(120_000);
  expect(seen).toEqual(expected(workload));
});

test('a stopped phase ends early', async () => {
  const workload = buildWorkload(tinyScenario({ durationMs: 60_000 }), null);
  const pacer = pacerFor(workload);
  const run = runPhase(pacer);
  setTimeout(() => pacer.stop(), 100);
  const { seen } = await run;
  expect(seen.length).toBeLessThan(expected(workload).length);
});
