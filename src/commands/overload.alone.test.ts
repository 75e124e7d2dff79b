import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { cellOf, resultIn, scratch, type Started, start } from './shardlab-fixture.ts';

/** Largest resident memory of the program while it runs; null where there is no /proc. */
async function peakMemoryBytes({ child, ended }: Started): Promise<number | null> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  let peak: number | null = null;
  while (!over) {
    peak = Math.max(peak ?? 0, highWaterBytes(present(child.pid, 'pid')) ?? 0) || null;
    await sleep(100);
  }
  return peak;
}

function highWaterBytes(pid: number): number | null {
  try {
    const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match?.[1] === undefined ? null : Number(match[1]) * 1024;
  } catch {
    // No Linux, or it has ended.
    return null;
  }
}

test('200,000 a second end on time in bounded memory, SATURATED, with 5', async () => {
  const out = join(scratch(), 'out');
  const overload = ['--rate', '200000', '--duration', '3s', '--repeat', '1'];
  const started = start([
    'run',
    'scenarios/quickstart.yaml',
    ...overload,
    '--strategy',
    'tenant_id/jump',
    '--out',
    out,
  ]);
  await started.shows('(1 of 1): measure');
  const measuring = performance.now();
  const [{ code, stdout, stderr }, peak] = await Promise.all([
    started.ended,
    peakMemoryBytes(started),
  ]);
  const took = performance.now() - measuring;
  expect(code).toBe(5);
  // 3 s of window, what is in flight at its end (at most one time-out, 5 s), and the reports: 10 s,
  // and as much again for a busy machine. Working off all that is offered would take minutes.
  expect(took).toBeLessThan(20_000);
  // Measured: 220 MB. 600,000 arrivals kept in any form would add hundreds of bytes each.
  expect(peak ?? 0).toBeLessThan(400 * 2 ** 20);

  const { verdict, load, generator } = cellOf(resultIn(out), 'tenant_id/jump');
  expect(verdict?.status).toBe('SATURATED');
  const { arrivals, ok, failed, timedOut, dropped, offeredQps, acceptedQps } = present(
    load,
    'load',
  );
  expect(arrivals).toBe(ok + failed + timedOut + dropped);
  expect(offeredQps).toBeCloseTo(arrivals / 3, 6);
  // Five standard deviations of a Poisson count.
  expect(Math.abs(arrivals - 600_000)).toBeLessThan(5 * Math.sqrt(600_000));
  expect(acceptedQps).toBeGreaterThan(0);
  expect(acceptedQps).toBeLessThan(offeredQps / 2);
  expect(present(generator, 'generator').scheduleLagMs.count).toBe(arrivals);
  expect(stdout).toMatch(/^tenant_id\/jump SATURATED/m);
  expect(stdout).toContain(Math.round(acceptedQps).toLocaleString('en'));
  expect(stderr).toContain('the numbers are not valid (exit 5): tenant_id/jump SATURATED');
});
