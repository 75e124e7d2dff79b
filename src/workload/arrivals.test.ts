import { describe, expect, test } from 'vitest';
import { chiSquareTest } from '../testing/chi-square.ts';
import { kolmogorovSmirnovTest } from '../testing/kolmogorov-smirnov.ts';
import type { ArrivalProcess } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { arrivalStream, visitArrivals } from './arrivals.ts';
import { measurePhase, warmupPhase } from './phases.ts';
import type { Phase, Workload } from './types.ts';
import { buildWorkload } from './workload.ts';

interface Arrival {
  readonly intendedNs: number;
  readonly tenant: number;
  readonly operation: number;
  readonly row: number;
}

function list(workload: Workload, phase: Phase = measurePhase(workload, 5000)): Arrival[] {
  const all: Arrival[] = [];
  visitArrivals(workload, phase, (intendedNs, tenant, operation, row) => {
    all.push({ intendedNs, tenant, operation, row });
  });
  return all;
}

const workload = buildWorkload(tinyScenario({ durationMs: 20_000 }), null);
const arrivals = list(workload);

const withProcess = (arrivalProcess: ArrivalProcess, durationMs: number): Workload =>
  buildWorkload(tinyScenario({ arrivals: arrivalProcess, durationMs }), null);

/** Distribution of the gaps, in ns, at 500 arrivals a second. */
const exponential500 = (gapNs: number): number => 1 - Math.exp((-gapNs * 500) / 1e9);

const whenAndWho = ({ intendedNs, tenant }: Arrival) => ({ intendedNs, tenant });

describe('arrivals', () => {
  test('times are whole, never fall, and end before the phase does', () => {
    expect(arrivals.every(({ intendedNs }) => Number.isSafeInteger(intendedNs))).toBe(true);
    expect(arrivals.every((a, i) => a.intendedNs >= (arrivals[i - 1]?.intendedNs ?? 0))).toBe(true);
    expect(arrivals.at(-1)?.intendedNs).toBeLessThan(20e9);
  });

  test('Poisson: as many as the rate says within 4 sd, with exponential gaps', () => {
    expect(Math.abs(arrivals.length - 10_000)).toBeLessThan(4 * Math.sqrt(10_000));
    const gaps = arrivals.slice(1).map((a, i) => a.intendedNs - (arrivals[i]?.intendedNs ?? 0));
    expect(kolmogorovSmirnovTest(gaps, exponential500).p).toBeGreaterThan(1e-4);
  });

  test('tenants and operations follow their weights (chi-square)', () => {
    const byTenant = new Uint32Array(100);
    const byOperation = new Uint32Array(3);
    for (const { tenant, operation } of arrivals) {
      byTenant[tenant] = (byTenant[tenant] ?? 0) + 1;
      byOperation[operation] = (byOperation[operation] ?? 0) + 1;
    }
    expect(chiSquareTest(byTenant, workload.tenants.weights).p).toBeGreaterThan(1e-4);
    expect(chiSquareTest(byOperation, [50, 40, 10]).p).toBeGreaterThan(1e-4);
  });

  test('an insert makes the next new row, all others address a loaded row of their tenant', () => {
    const inserted = arrivals.filter(({ operation }) => operation === 0);
    expect(inserted.map(({ row }) => row)).toEqual(inserted.map((_, i) => 5000 + i));
    expect(inserted.length).toBeGreaterThan(4000);
    const others = arrivals.filter(({ operation }) => operation !== 0);
    expect(others.map(({ row }) => workload.rows.tenantOf[row])).toEqual(
      others.map(({ tenant }) => tenant),
    );
  });

  test("a tenant's rows are addressed evenly (chi-square)", () => {
    const own = workload.rows.order.subarray(0, workload.rows.starts[1]);
    const counts = new Map([...own].map((row) => [row, 0]));
    for (const { tenant, operation, row } of arrivals) {
      if (tenant === 0 && operation !== 0) counts.set(row, (counts.get(row) ?? 0) + 1);
    }
    expect(counts.size).toBe(own.length);
    const even = new Float64Array(own.length).fill(1);
    expect(chiSquareTest([...counts.values()], even).p).toBeGreaterThan(1e-4);
  });

  test('the same seed gives the same arrivals, another seed others', () => {
    const again = buildWorkload(tinyScenario({ durationMs: 20_000 }), null);
    expect(list(again)).toEqual(arrivals);
    const other = buildWorkload(tinyScenario({ durationMs: 20_000, seed: 8 }), null);
    expect(list(other).slice(0, 10)).not.toEqual(arrivals.slice(0, 10));
  });

  test('a longer phase begins with the shorter one', () => {
    const shorter = list(buildWorkload(tinyScenario({ durationMs: 5000 }), null));
    expect(shorter.length).toBeGreaterThan(2000);
    expect(arrivals.slice(0, shorter.length)).toEqual(shorter);
  });

  test('neither names nor weights of operations change times and tenants', () => {
    const { operations } = tinyScenario();
    const changed = operations.map((operation, i) =>
      Object.assign(structuredClone(operation), { name: `renamed-${i}`, weight: 1 }),
    );
    const others = list(
      buildWorkload(tinyScenario({ durationMs: 20_000, operations: changed }), null),
    );
    expect(others.map(whenAndWho)).toEqual(arrivals.map(whenAndWho));
    expect(others.map(({ operation }) => operation)).not.toEqual(
      arrivals.map(({ operation }) => operation),
    );
  });

  test('the warm-up draws for itself and has its own length', () => {
    const warmup = list(workload, warmupPhase(workload));
    expect(warmup.length).toBeGreaterThan(60);
    expect(warmup.at(-1)?.intendedNs).toBeLessThan(200e6);
    expect(warmup.slice(0, 5)).not.toEqual(arrivals.slice(0, 5));
  });

  test('a stream that has ended stays ended and counts what it gave', () => {
    const stream = arrivalStream(workload, warmupPhase(workload));
    let count = 0;
    while (stream.next()) count += 1;
    expect(stream.next()).toBe(false);
    expect(stream.arrivals).toBe(count);
    expect(stream.inserts).toBeGreaterThan(20);
  });
});

describe('processes', () => {
  test('constant: exactly rate x duration, evenly spaced', () => {
    const all = list(withProcess({ process: 'constant', ratePerSecond: 800 }, 1500));
    expect(all.map(({ intendedNs }) => intendedNs)).toEqual(
      Array.from({ length: 1200 }, (_, i) => i * 1_250_000),
    );
  });

  test('constant at a rate that does not divide a second stays within a nanosecond', () => {
    const all = list(withProcess({ process: 'constant', ratePerSecond: 137 }, 10_000));
    expect(all).toHaveLength(1370);
    expect(all[1369]?.intendedNs).toBe(Math.round((1369 * 1e9) / 137));
  });

  test('ramp: the counts of ten parts rise as the rate does (chi-square)', () => {
    const ramp = { process: 'ramp', fromPerSecond: 100, toPerSecond: 1900 } as const;
    const all = list(withProcess(ramp, 10_000));
    const parts = new Uint32Array(10);
    for (const { intendedNs } of all) {
      const part = Math.floor(intendedNs / 1e9);
      parts[part] = (parts[part] ?? 0) + 1;
    }
    expect(Math.abs(all.length - 10_000)).toBeLessThan(400);
    const shares = Array.from({ length: 10 }, (_, i) => 190 + 180 * i);
    expect(chiSquareTest(parts, shares).p).toBeGreaterThan(1e-4);
  });

  test('bursts: on and off halves in the ratio of their rates (chi-square)', () => {
    const burst = {
      process: 'burst',
      onPerSecond: 900,
      offPerSecond: 100,
      onMs: 500,
      offMs: 500,
    } as const;
    const all = list(withProcess(burst, 10_000));
    const on = all.filter(({ intendedNs }) => intendedNs % 1e9 < 5e8).length;
    expect(chiSquareTest([on, all.length - on], [9, 1]).p).toBeGreaterThan(1e-4);
    expect(Math.abs(all.length - 5000)).toBeLessThan(4 * Math.sqrt(5000));
  });
});
