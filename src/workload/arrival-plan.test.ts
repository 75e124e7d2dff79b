import { describe, expect, test } from 'vitest';
import { planArrivals } from './arrival-plan.ts';
import { visitArrivals } from './arrivals.ts';
import { ordersWorkload } from './orders-fixture.ts';
import { skewOf } from './skew.ts';
import { measurePhase } from './phases.ts';

const workload = ordersWorkload();
const plan = planArrivals(workload);

describe('arrival plan', () => {
  test('counts what a replay gives', () => {
    const { firstNewRow, arrivals, inserts } = plan.measure;
    expect(firstNewRow).toBe(workload.rows.count + plan.warmup.inserts);
    expect(plan.warmup.inserts).toBeGreaterThan(5);
    const byTenant = new Uint32Array(100);
    const replay = visitArrivals(workload, measurePhase(workload, firstNewRow), (_, tenant) => {
      byTenant[tenant] = (byTenant[tenant] ?? 0) + 1;
    });
    expect(replay).toEqual({ arrivals, inserts });
    expect(plan.byTenant).toEqual(byTenant);
    expect(plan.byOperation.reduce((total, count) => total + count, 0)).toBe(arrivals);
    expect(plan.byOperation[0]).toBe(inserts);
  });

  test('one seed has one digest, another seed another', () => {
    expect(planArrivals(ordersWorkload()).digest).toBe(plan.digest);
    expect(planArrivals(ordersWorkload({ seed: 8 })).digest).not.toBe(plan.digest);
    expect(plan.digest).toMatch(/^[\da-f]{64}$/);
  });

  test('the digest covers the warm-up, and where it ends', () => {
    const digests = [0, 100, 200, 300].map(
      (warmupMs) => planArrivals(ordersWorkload({ warmupMs })).digest,
    );
    expect(new Set(digests).size).toBe(4);
  });

  test('the digest of this workload on every machine', () => {
    expect(plan.digest).toMatchInlineSnapshot(
      `"f0c5bd59488925aabc395e31a1a61f576a4bedb8475acc90d3b0c998b00d21ef"`,
    );
  });

  test('skew asked for beside the skew achieved', () => {
    // zipf 0.99 of 100 tenants: p1 = 1 / sum of k^-0.99 = 0.1896.
    const harmonic = Array.from({ length: 100 }, (_, i) => (i + 1) ** -0.99);
    const total = harmonic.reduce((sum, share) => sum + share, 0);
    expect(plan.asked.top1).toBeCloseTo(1 / total, 12);
    expect(plan.asked.top1pct).toBe(plan.asked.top1);
    expect(Math.abs(plan.achieved.top1 - plan.asked.top1)).toBeLessThan(0.05);
    expect(plan.achieved.top10).toBeGreaterThan(plan.achieved.top1);
  });
});

describe('skew', () => {
  test('of 200 values the top hundredth is two', () => {
    const values = new Float64Array(200).fill(1);
    values[150] = 101;
    // 300 in all.
    expect(skewOf(values).top1).toBeCloseTo(101 / 300, 12);
    expect(skewOf(values).top10).toBeCloseTo(110 / 300, 12);
    expect(skewOf(values).top1pct).toBeCloseTo(102 / 300, 12);
  });

  test('fewer than ten have everything; nothing has nothing', () => {
    expect(skewOf([1, 2, 1]).top10).toBe(1);
    expect(skewOf([0, 0])).toEqual({ top1: 0, top10: 0, top1pct: 0 });
  });
});
