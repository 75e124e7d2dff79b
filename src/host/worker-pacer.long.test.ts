import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { frameBytesMax, revokeFrame, stageFrame } from '../traffic/outbox.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { visitArrivals } from '../workload/arrivals.ts';
import type { Workload } from '../workload/types.ts';
import { buildWorkload } from '../workload/workload.ts';
import { createChannel } from './pacer-channel.ts';
import { systemClock } from './system-clock.ts';
import { WorkerPacer } from './worker-pacer.ts';
import { measurePhase } from '../workload/phases.ts';

let worker: Worker | null = null;
afterEach(async () => {
  await worker?.terminate();
});

function pacerFor(workload: Workload, channel = createChannel(4)): WorkerPacer {
  worker = new Worker(new URL('../study/run/pacer.worker.ts', import.meta.url), {
    workerData: { workload, channel },
  });
  return new WorkerPacer(worker, channel);
}

interface Seen {
  readonly intendedNs: number;
  readonly tenant: number;
  readonly operation: number;
  readonly row: number;
}

const expected = (workload: Workload): Seen[] => {
  const all: Seen[] = [];
  visitArrivals(
    workload,
    measurePhase(workload, workload.rows.count),
    (intendedNs, tenant, operation, row) => {
      all.push({ intendedNs, tenant, operation, row });
    },
  );
  return all;
};

function runPhase(
  pacer: WorkerPacer,
  workload: Workload,
): Promise<{ seen: Seen[]; early: number }> {
  const clock = systemClock();
  const seen: Seen[] = [];
  let startNs = 0;
  let early = 0;
  return new Promise((resolve) => {
    pacer.start(measurePhase(workload, workload.rows.count), {
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
  const first = await runPhase(pacer, workload);
  expect(first.seen).toEqual(expected(workload));
  expect(first.early).toBe(0);
  expect(pacer.concurrency().length).toBe(1);
  // The same thread runs one phase after the other.
  expect((await runPhase(pacer, workload)).seen).toEqual(first.seen);
});

test('more arrivals than the ring holds pass through it unchanged', async () => {
  const arrivals = { process: 'constant', ratePerSecond: 400_000 } as const;
  const workload = buildWorkload(tinyScenario({ durationMs: 300, arrivals }), null);
  const { seen } = await runPhase(pacerFor(workload), workload);
  expect(seen).toHaveLength(120_000);
  expect(seen).toEqual(expected(workload));
});

test('a stopped phase ends early', async () => {
  const workload = buildWorkload(tinyScenario({ durationMs: 60_000 }), null);
  const pacer = pacerFor(workload);
  const run = runPhase(pacer, workload);
  setTimeout(() => pacer.stop(), 100);
  const { seen } = await run;
  expect(seen.length).toBeLessThan(expected(workload).length);
});

interface StagedRun {
  readonly seen: readonly Seen[];
  readonly sent: number;
  readonly early: number;
  readonly late: number;
  /** Bytes that the pacer's thread wrote. */
  readonly written: string;
}

/** Stages on `places` places for a descriptor, each of which is free again when it was sent. */
async function runStaged(workload: Workload, places: number, file: FileHandle): Promise<StagedRun> {
  const clock = systemClock();
  const channel = createChannel(places);
  const pacer = pacerFor(workload, channel);
  const seen: Seen[] = [];
  const held = new Map<number, Seen>();
  const free = Array.from({ length: places }, (_, place) => place);
  const counts = { sent: 0, early: 0, late: 0 };
  let startNs = 0;
  const settle = (arrival: Seen, atNs: number): void => {
    if (atNs < startNs + arrival.intendedNs) counts.early += 1;
    seen.push(arrival);
    pacer.settled(seen.length);
  };
  const give = (place: number): Seen => {
    const arrival = held.get(place);
    if (arrival === undefined) throw new Error(`place ${place} holds nothing`);
    held.delete(place);
    free.push(place);
    return arrival;
  };
  const timer = setInterval(() => {
    pacer.poll();
    pacer.offer();
  }, 1);
  await new Promise<void>((resolve) => {
    pacer.start(measurePhase(workload, workload.rows.count), {
      onStart: (at) => {
        startNs = at;
      },
      onArrival: (intendedNs, tenant, operation, row) =>
        settle({ intendedNs, tenant, operation, row }, clock.nowNs()),
      onEnd: resolve,
      staged: {
        onUpcoming: (intendedNs, tenant, operation, row) => {
          // As an operation that touches several shards.
          if (operation === 2) return -1;
          // Sent is said before the write; a connection is idle only after its answer.
          const place = free.find((each) => Atomics.load(channel.outbox.states, each) === 0);
          if (place === undefined) return -1;
          free.splice(free.indexOf(place), 1);
          held.set(place, { intendedNs, tenant, operation, row });
          channel.outbox.frames[place * frameBytesMax] = 0x30 + operation;
          stageFrame(channel.outbox, place, file.fd, 1);
          return place;
        },
        onTooLate: (place) => {
          counts.late += 1;
          expect(revokeFrame(channel.outbox, place)).toBe(true);
          give(place);
        },
        onSent: (place, sentNs) => {
          counts.sent += 1;
          settle(give(place), sentNs);
        },
        onNotSent: (place) => expect.fail(`place ${place} was not sent`),
      },
    });
  });
  clearInterval(timer);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(1 << 16), 0, 1 << 16, 0);
  const written = buffer.toString('latin1', 0, bytesRead);
  return { seen, ...counts, written };
}

test('the thread writes staged arrivals when they are due; order and number stay', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shardlab-outbox-'));
  const file = await open(join(folder, 'socket'), 'a+');
  try {
    const workload = buildWorkload(tinyScenario({ durationMs: 1000 }), null);
    const { seen, sent, early, written } = await runStaged(workload, 4, file);
    expect(seen).toEqual(expected(workload));
    expect(early).toBe(0);
    expect(sent).toBeGreaterThan(100);
    expect(written).toHaveLength(sent);
    expect(written).not.toContain('2');
  } finally {
    await file.close();
    await rm(folder, { recursive: true });
  }
});
