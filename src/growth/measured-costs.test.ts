import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { Cell, OperationResult, RunResult } from '../result/types.ts';
import type { OperationCost } from '../scenario/growth-types.ts';
import type { Scenario } from '../scenario/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { recent, summary } from '../workload/orders-fixture.ts';
import { demandOf, effectiveShards, mixOf } from './demand.ts';
import { withMeasuredCosts } from './measured-costs.ts';

/** 86 % by tenant, 14 % to all shards. */
const operations = [
  { ...recent, weight: 86 },
  { ...summary, weight: 14 },
];

const scenarioWith = (costs: readonly OperationCost[] = []): Scenario => {
  const scenario = tinyScenario({ operations });
  return { ...scenario, capacity: { ...scenario.capacity, operations: costs } };
};

type Service = OperationResult['serviceMs'];

const service = (mean: number, error = 0.1): Service => ({
  p50: mean,
  p95: null,
  p99: null,
  p999: null,
  mean,
  max: mean,
  count: 500,
  meanInterval: { low: mean * (1 - error), high: mean * (1 + error) },
});

const sample = sampleResult();

/** A run of one cell on so many equal shards, with these service times. */
function resultOf(times: Readonly<Record<string, Service>>, shardCount = 1): RunResult {
  const [cell] = sample.cells;
  const [operation] = present(cell, 'cell').operations;
  const [shard] = present(cell, 'cell').shards;
  const byOperation = Object.keys(times).map((name) => ({
    operation: name,
    qps: 10,
    serviceMs: { mean: 1, count: 500 },
  }));
  const one: Cell = {
    ...present(cell, 'cell'),
    strategy: shardCount === 1 ? 'single' : 'tenant_id/mod',
    shardCount,
    operations: Object.entries(times).map(([name, serviceMs]) =>
      Object.assign({}, present(operation, 'operation'), { operation: name, serviceMs }),
    ),
    shards: Array.from({ length: shardCount }, (_, index) =>
      Object.assign({}, present(shard, 'shard'), { shard: index, rows: 100, byOperation }),
    ),
  };
  return { ...sample, cells: [one] };
}

const costsOf = ({ capacity }: Scenario) =>
  Object.fromEntries(capacity.operations.map(({ name, cost }) => [name, cost]));

describe('costs of operations by a run', () => {
  test('a dear operation that goes to all shards: 16 shards buy less than at cost 1', () => {
    const measured = withMeasuredCosts(
      scenarioWith(),
      resultOf({ recent: service(0.5), summary: service(2.2) }),
    );
    const mean = 0.86 * 0.5 + 0.14 * 2.2;
    expect(costsOf(measured).recent).toBeCloseTo(0.5 / mean, 12);
    expect(costsOf(measured).summary).toBeCloseTo(2.2 / mean, 12);
    const bought = (costs: readonly OperationCost[]): number => {
      const mix = mixOf(operations, costs, 'tenant_id');
      const shards = (count: number): number => {
        const even = new Float64Array(count).fill(1 / count);
        const all = new Float64Array(count).fill(1);
        const weights = Array.from({ length: count }, () => 1);
        return effectiveShards(demandOf(mix, [even, all], even, weights)).shards;
      };
      return shards(16) / shards(4);
    };
    const times = (share: number): number => ((1 - share) / 4 + share) / ((1 - share) / 16 + share);
    expect(bought([])).toBeCloseTo(times(0.14), 12);
    expect(bought(measured.capacity.operations)).toBeCloseTo(times((0.14 * 2.2) / mean), 12);
    expect(bought(measured.capacity.operations)).toBeLessThan(0.75 * bought([]));
  });

  test('the interval: its own error counts by the work of all others, theirs by its own', () => {
    const result = resultOf({ recent: service(1, 0.2), summary: service(1, 0.4) });
    const found = withMeasuredCosts(scenarioWith(), result).capacity.operations;
    // Shares of the work 0.86 and 0.14: both errors are hypot(0.14 x 0.2, 0.14 x 0.4).
    const first = Math.hypot(0.14 * 0.2, 0.14 * 0.4);
    expect(found[0]?.interval?.high).toBeCloseTo(1 + first, 12);
    const second = Math.hypot(0.86 * 0.4, 0.86 * 0.2);
    expect(found[1]?.interval?.low).toBeCloseTo(1 - second, 12);
  });

  test('what the scenario gives wins; the rest is relative to what was measured', () => {
    const given: OperationCost = { name: 'summary', cost: 20, scan: true };
    const result = resultOf({ recent: service(0.5), summary: service(2.2) });
    const found = withMeasuredCosts(scenarioWith([given]), result).capacity.operations;
    expect(found[0]).toMatchObject({ name: 'recent', cost: 1, source: 'measured', by: 'single' });
    expect(found[1]).toStrictEqual(given);
  });

  test('a scan that was measured on four shards costs four times as much on one database', () => {
    const scan: OperationCost = { name: 'summary', cost: 1, scan: true, source: 'unmeasured' };
    const times = { recent: service(1), summary: service(1) };
    const costs = costsOf(withMeasuredCosts(scenarioWith([scan]), resultOf(times, 4)));
    expect((costs.summary ?? 0) / (costs.recent ?? 1)).toBeCloseTo(4, 12);
    const onOne = costsOf(withMeasuredCosts(scenarioWith([scan]), resultOf(times, 1)));
    expect((onOne.summary ?? 0) / (onOne.recent ?? 1)).toBeCloseTo(1, 12);
  });

  test.each([
    ['a result of an earlier version', resultOf({ recent: undefined, summary: undefined })],
    ['too few queries', resultOf({ recent: { ...present(service(1), 's'), count: 19 } })],
    ['another operation', resultOf({ other: service(1) })],
    ['no VALID cell', { ...resultOf({ recent: service(1) }), cells: [] }],
  ])('%s: cost 1, and it says unmeasured', (_, result) => {
    expect(withMeasuredCosts(scenarioWith(), result).capacity.operations).toStrictEqual([
      { name: 'recent', cost: 1, scan: false, source: 'unmeasured' },
      { name: 'summary', cost: 1, scan: false, source: 'unmeasured' },
    ]);
  });

  test('their mean over the mix is 1, and a slower machine changes none', () => {
    const ms = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(ms, ms, ms, (first, second, factor) => {
        const costs = (times: number) =>
          costsOf(
            withMeasuredCosts(
              scenarioWith(),
              resultOf({ recent: service(first * times), summary: service(second * times) }),
            ),
          );
        const { recent: a = 0, summary: b = 0 } = costs(1);
        expect(0.86 * a + 0.14 * b).toBeCloseTo(1, 9);
        expect((costs(factor).summary ?? 0) / b).toBeCloseTo(1, 9);
      }),
    );
  });
});
