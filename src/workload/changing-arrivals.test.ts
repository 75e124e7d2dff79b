import { describe, expect, test } from 'vitest';
import { chiSquareTest } from '../testing/chi-square.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { planArrivals } from './arrival-plan.ts';
import { visitArrivals } from './arrivals.ts';
import { measurePhase, warmupPhase } from './phases.ts';
import type { Phase, Workload } from './types.ts';
import { buildWorkload } from './workload.ts';

const seconds = 60;
const tenants = { distribution: 'zipf', exponent: 0.9, count: 40, idType: 'text' } as const;
const scenario = {
  arrivals: { process: 'poisson', ratePerSecond: 1000 },
  durationMs: seconds * 1000,
  warmupMs: 20_000,
} as const;
const changing = buildWorkload(
  tinyScenario({ ...scenario, tenants: { ...tenants, join: 10, leave: 6 } }),
  null,
);
const unchanging = buildWorkload(tinyScenario({ ...scenario, tenants }), null);

interface Arrival {
  readonly ns: number;
  readonly tenant: number;
  readonly operation: number;
}

function list(workload: Workload, phase: Phase = measurePhase(workload, 5000)): Arrival[] {
  const all: Arrival[] = [];
  visitArrivals(workload, phase, (ns, tenant, operation) => all.push({ ns, tenant, operation }));
  return all;
}

/** When each tenant is there, in parts of the window. */
const times = Array.from({ length: tenants.count }, (_, tenant) => {
  const { tenants: changed = [], joins, moments } = changing.tenants.changes ?? {};
  const at = [...changed].indexOf(tenant);
  const moment = moments?.[at] ?? 0;
  if (at < 0) return { from: 0, until: 1, changes: false };
  return joins?.[at] === 1
    ? { from: moment, until: 1, changes: true }
    : { from: 0, until: moment, changes: true };
});

const sizeOf = (tenant: number): number => unchanging.tenants.weights[tenant] ?? 0;

/** Shares of the tenants in a part of the window in which nobody joins or leaves. */
function sharesAt(part: number): number[] {
  const there = times.map(({ from, until }, tenant) =>
    from <= part && part < until ? sizeOf(tenant) : 0,
  );
  const total = there.reduce((sum, size) => sum + size, 0);
  return there.map((size) => size / total);
}

function countsOf(arrivals: readonly Arrival[]): Uint32Array {
  const counts = new Uint32Array(tenants.count);
  for (const { tenant } of arrivals) counts[tenant] = (counts[tenant] ?? 0) + 1;
  return counts;
}

const arrivals = list(changing);
const without = list(unchanging);

describe('arrivals of tenants that join and leave', () => {
  test('none has a tenant that is not there', () => {
    const windowNs = seconds * 1e9;
    const wrong = arrivals.filter(({ ns, tenant }) => {
      const { from, until } = times[tenant] ?? { from: 1, until: 0 };
      return ns < Math.round(from * windowNs) || ns >= Math.round(until * windowNs);
    });
    expect(wrong).toEqual([]);
    expect(times.filter(({ changes }) => changes)).toHaveLength(16);
  });

  test('in each second, tenants have their parts of those there (chi-square)', () => {
    // Moments lie at 3, 9, ... 57 s and at 5, 15, ... 55 s.
    for (let second = 0; second < seconds; second += 1) {
      const own = arrivals.filter(({ ns }) => Math.floor(ns / 1e9) === second);
      const shares = sharesAt((second + 0.5) / seconds);
      expect(chiSquareTest(countsOf(own), shares).p).toBeGreaterThan(1e-5);
    }
  });

  test('over the whole window they have their expected shares, within 4 standard errors', () => {
    const counts = countsOf(arrivals);
    for (const [tenant, share] of changing.tenants.weights.entries()) {
      const error = Math.sqrt((share * (1 - share)) / arrivals.length);
      const achieved = (counts[tenant] ?? 0) / arrivals.length;
      expect(Math.abs(achieved - share)).toBeLessThan(4 * error);
    }
  });

  test('times, operations and whoever is there are as without: only the others differ', () => {
    const whenAndWhat = ({ ns, operation }: Arrival) => ({ ns, operation });
    expect(arrivals.map(whenAndWhat)).toEqual(without.map(whenAndWhat));
    const moved = without.filter(({ tenant }, i) => tenant !== arrivals[i]?.tenant);
    const absent = moved.filter(({ ns, tenant }) => {
      const { from, until } = times[tenant] ?? { from: 0, until: 1 };
      return ns / (seconds * 1e9) < from || ns / (seconds * 1e9) >= until;
    });
    expect(moved.length).toBeGreaterThan(1000);
    expect(absent).toHaveLength(moved.length);
  });

  test('in the warm-up are those who are there at the start', () => {
    const warmup = list(changing, warmupPhase(changing));
    expect(warmup.length).toBeGreaterThan(15_000);
    expect(chiSquareTest(countsOf(warmup), sharesAt(0)).p).toBeGreaterThan(1e-4);
  });

  test('on average: the first thousands are a sample of the whole window', () => {
    const phase = { ...measurePhase(changing, 5000), who: 'onAverage' } as const;
    const sample = list(changing, phase).slice(0, 5000);
    expect(chiSquareTest(countsOf(sample), changing.tenants.weights).p).toBeGreaterThan(1e-4);
  });

  test('the loaded rows are the same, and so is a plan drawn again', () => {
    expect(changing.rows).toEqual(unchanging.rows);
    const plan = planArrivals(changing);
    expect(planArrivals(structuredClone(changing)).digest).toBe(plan.digest);
    expect(plan.digest).not.toBe(planArrivals(unchanging).digest);
    expect(Math.abs(plan.asked.top10 - plan.achieved.top10)).toBeLessThan(0.02);
  });
});
