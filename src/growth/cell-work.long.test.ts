import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { buildRouter } from '../router/build-router.ts';
import { keyColumn } from '../workload/key-column.ts';
import type { OperationCost } from '../scenario/growth-types.ts';
import { cellPlacements, cellWork, singlePlacement } from './cell-work.ts';
import { caseOf, count, head, jump, scenarioOf, touch, uniform } from './growth-fixture.ts';
import { placedKey } from '../placement/placed-key.ts';
import { touchCounter } from './touch-counter.ts';
import { touches } from './touches.ts';

const equal = (shardCount: number) => ({
  shardCount,
  weights: Array.from({ length: shardCount }, () => 1),
});

const tenants = 'tenants: { uniform: true, count: 4000 }\n';

const unmeasured = (name: string, cost = 1, scan = false): OperationCost => {
  return { name, cost, scan, source: 'unmeasured' };
};

function workOf(text: string, shardCount: number, costs: readonly OperationCost[] = []) {
  const scenario = scenarioOf(text);
  const { workload, plan } = caseOf(scenario, []);
  const strategy = present(scenario.strategies[0], 'strategy');
  const scans = costs.some(({ scan }) => scan);
  const key = placedKey(workload, strategy);
  const placements = cellPlacements({ workload, plan }, strategy, key, equal(shardCount), scans);
  const all = workload.operations.map(
    ({ name }) => costs.find((one) => one.name === name) ?? unmeasured(name),
  );
  return cellWork(workload, placements, all, []);
}

/** Of the keyed part alone: 1 / (keyed x imbalance / N + scattered). */
const imbalanceOf = (capacity: number, shards: number, scattered: number): number =>
  ((1 / capacity - scattered) * shards) / (1 - scattered);

describe('relative capacity', () => {
  test('with 10 % scatter at equal cost 16 shards do the work of 6.4 databases at most', () => {
    const { relativeCapacity } = workOf(`${head(16)}${tenants}${touch}${count}${jump}`, 16);
    const band = present(relativeCapacity.band, 'band');
    // 1 / (0.9 / 16 + 0.1) = 6.4, less what 4,000 tenants on 16 shards are uneven by chance.
    expect(band.p50).toBeGreaterThan(5.9);
    expect(band.p95).toBeLessThan(6.4);
    expect(band.salts).toBe(200);
    // 1 + 1.77 / sqrt(4000 / 16), the ideal of a perfect hash.
    expect(Math.abs(imbalanceOf(band.p50, 16, 0.1) - 1.11)).toBeLessThan(0.02);
  });

  test('where every operation asks all shards it is 1, on any number of shards', () => {
    for (const shards of [2, 16]) {
      const operations = `operations:\n${count}`;
      const work = workOf(`${head(shards)}${uniform}${operations}${jump}`, shards);
      expect(work.relativeCapacity.placement).toBeCloseTo(1, 9);
      expect(work.fullest).toMatchObject({ keyed: 0, scattered: 1 });
    }
  });

  test('a scan costs a shard what its rows do, and costs weigh', () => {
    const text = `${head(4)}${tenants}${touch}${count}${jump}`;
    const looked = workOf(text, 4, [unmeasured('count', 9)]).relativeCapacity.placement;
    // Half of the work is scattered: 1 / (0.5 / 4 + 0.5) = 1.6.
    expect(looked).toBeGreaterThan(1.56);
    expect(looked).toBeLessThan(1.6);
    const scanned = workOf(text, 4, [unmeasured('count', 9, true)]).relativeCapacity.placement;
    expect(scanned).toBeGreaterThan(3.6);
    expect(scanned).toBeLessThanOrEqual(4);
  });

  test('a router without a hash has no band, and the baseline is one database', () => {
    const directory = 'strategies: [{ key: tenant_id, router: directory }]\n';
    const { relativeCapacity } = workOf(`${head(4)}${uniform}${touch}${directory}`, 4);
    expect(relativeCapacity.band).toBeNull();
    expect(relativeCapacity.placement).toBeCloseTo(4, 1);
    const { workload } = caseOf(scenarioOf(`${head(4)}${uniform}${touch}${count}${jump}`), []);
    const single = cellWork(workload, singlePlacement(workload), [], []);
    expect(single.relativeCapacity).toEqual({ placement: 1, band: null });
    expect(single.operations.map(({ costSource }) => costSource)).toEqual([
      'unmeasured',
      'unmeasured',
    ]);
  });

  test('more scatter never buys more', () => {
    const shardCounts = fc.constantFrom(2, 4, 8);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), shardCounts, (scatter, shards) => {
        const capacity = (weight: number): number => {
          const others = touch.replace('90', String(100 - weight));
          const operations = `${others}${count.replace('10', String(weight))}`;
          const text = `${head(shards)}tenants: { uniform: true, count: 50 }\n${operations}${jump}`;
          return present(workOf(text, shards).relativeCapacity.band, 'band').p5;
        };
        expect(capacity(scatter + 5)).toBeLessThan(capacity(scatter));
      }),
      { numRuns: 12 },
    );
  });
});

describe('work by shard', () => {
  test('is the queries, each with its cost; a scan with the share of the rows', () => {
    const { workload } = caseOf(scenarioOf(`${head(2)}${uniform}${touch}${count}${jump}`), []);
    const costs = [unmeasured('touch', 2), unmeasured('count', 10, true)];
    const shard = (index: number, rows: number) => ({
      shard: index,
      writeQps: 30,
      readQps: 5,
      rows,
      byOperation: [
        { operation: 'touch', qps: 30 },
        { operation: 'count', qps: 5 },
      ],
    });
    const placements = singlePlacement(workload);
    const work = cellWork(workload, placements, costs, [shard(0, 300), shard(1, 100)]);
    expect(work.shards).toEqual([
      { shard: 0, queriesPerSecond: 35, workPerSecond: 30 * 2 + 5 * 10 * 0.75 },
      { shard: 1, queriesPerSecond: 35, workPerSecond: 30 * 2 + 5 * 10 * 0.25 },
    ]);
  });
});

describe('touchCounter', () => {
  test.each(['tenant_id', 'order_id', 'user_id'])('%s: as the arrivals are counted', (key) => {
    const strategies = `strategies: [{ key: ${key}, router: jump }]\n`;
    const scenario = scenarioOf(`${head(4)}tenants: { zipf: 0.9, count: 300 }\n${strategies}`);
    const { workload, plan } = caseOf(scenario, []);
    const strategy = present(scenario.strategies[0], 'strategy');
    const placed = placedKey(workload, strategy);
    const { type } = keyColumn(workload, key);
    const counter = touchCounter(workload, plan, placed, 4);
    for (const salt of ['', 'a', 'b']) {
      const router = buildRouter({ ...strategy, salt }, equal(4), type, placed.known);
      const expected = touches(workload, plan, placed, router);
      for (const [operation, shares] of counter.touchesOf(router).entries()) {
        for (const [shard, share] of shares.entries()) {
          expect(Math.abs(share - (expected[operation]?.[shard] ?? 0))).toBeLessThan(0.03);
        }
      }
    }
  });
});
