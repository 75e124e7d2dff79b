import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { UserError } from '../base/user-error.ts';
import { parseRunResult } from '../result/parse.ts';
import type { RunResult } from '../result/types.ts';
import type { Scenario } from '../scenario/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { operation, statement } from '../workload/orders-fixture.ts';
import { measuredCapacity } from './measured-capacity.ts';

const weighted = (name: string, kind: 'read' | 'write', weight: number, ...binds: string[]) => ({
  ...operation(name, kind, statement(binds)),
  weight,
});
/** The operations of the sample. */
const scenario = tinyScenario({
  operations: [
    weighted('place_order', 'write', 45, 'tenant_id', 'event_id'),
    weighted('change_status', 'write', 15, 'tenant_id'),
    weighted('recent_orders', 'read', 25, 'tenant_id'),
    weighted('order_by_id', 'read', 13, 'event_id'),
    weighted('summary', 'read', 2),
  ],
});

/** The sample as if this scenario had been run. */
function resultOf(changes: (result: RunResult) => Partial<RunResult> = () => ({})): RunResult {
  const result = sampleResult();
  const stored: unknown = JSON.parse(JSON.stringify(scenario));
  const own = { ...result, scenario: stored as RunResult['scenario'] };
  return { ...own, ...changes(own) };
}

function problem(result: RunResult, of: Scenario = scenario): string {
  try {
    measuredCapacity(result, 'r.json', of);
  } catch (error) {
    if (error instanceof UserError) return `${error.exitCode} ${error.message}`;
    throw error;
  }
  return '';
}

test('the most that one shard did in a VALID cell', () => {
  const { qps, basis, source } = measuredCapacity(resultOf(), 'r.json', scenario);
  // `single` carries everything: 800 a second, within the sample's 2 % of jitter.
  expect(qps).toBeGreaterThan(784);
  expect(qps).toBeLessThan(816);
  expect(source).toBe('measured');
  expect(basis).toMatch(/^measured by r\.json: shard 0 of single \(VALID\) did \d+ operations/);
});

test('of a cell that is not VALID nothing is learned', () => {
  const withoutSingle = resultOf(({ cells }) => ({
    cells: cells.map((cell) =>
      cell.strategy === 'single'
        ? { ...cell, verdict: { status: 'SATURATED', reasons: ['full'] } }
        : cell,
    ),
  }));
  const { qps, basis } = measuredCapacity(withoutSingle, 'r.json', scenario);
  expect(qps).toBeLessThan(500);
  expect(basis).not.toContain('single');
});

test('an operation of cost 20 is twenty times the work, and a scan the less the fewer rows', () => {
  const [cell] = sampleResult().cells;
  const shard = present(cell?.shards[0], 'shard');
  const loaded = (rows: number, qps: number) => ({
    ...shard,
    rows,
    byOperation: [
      { operation: 'place_order', qps: 100 },
      { operation: 'summary', qps },
    ],
  });
  const one = resultOf(() => ({
    cells: [{ ...present(cell, 'cell'), shardCount: 2, shards: [loaded(30, 10), loaded(10, 10)] }],
  }));
  const costs = (scan: boolean): Scenario => ({
    ...scenario,
    capacity: { ...scenario.capacity, operations: [{ name: 'summary', cost: 51, scan }] },
  });
  // 0.98 x 1 + 0.02 x 51 = 2 is the mean, so place_order costs 0.5 and summary 25.5.
  expect(measuredCapacity(one, 'r.json', costs(false)).qps).toBeCloseTo(50 + 255, 9);
  expect(measuredCapacity(one, 'r.json', costs(true)).qps).toBeCloseTo(50 + 255 * 0.75, 9);
});

describe('refused, exit code 2', () => {
  test('a result without a VALID cell, with what there is instead', () => {
    const verdict = { status: 'NOISY', reasons: ['varies'] } as const;
    const failed = resultOf(({ cells }) => ({
      cells: cells.slice(0, 2).map((cell) => Object.assign(cell, { verdict })),
    }));
    expect(problem(failed)).toBe(
      '2 r.json has no VALID cell, so it does not say what a shard takes ' +
        '(single NOISY, tenant_id/mod NOISY)',
    );
  });

  test('a result of another scenario, and what differs', () => {
    expect(problem(sampleResult())).toMatch(
      /^2 r\.json is a result of another scenario \(quickstart,/,
    );
    const other = { ...scenario, data: { ...scenario.data, rowBytes: 1024 } };
    expect(problem(resultOf(), other)).toMatch(/: data differs$/);
    const quota = { ...scenario.topology, quota: { cpu: 1, memoryBytes: 1e9 } };
    expect(problem(resultOf(), { ...scenario, name: 'y', topology: quota })).toMatch(
      /: name, topology\.quota differ$/,
    );
  });

  test('but neither another rate, nor another path or price', () => {
    const changed: Scenario = {
      ...scenario,
      arrivals: { process: 'constant', ratePerSecond: 5 },
      growth: { ...scenario.growth, to: [8] },
      seed: 7,
    };
    expect(problem(resultOf(), changed)).toBe('');
  });

  test('a result of a newer schema', () => {
    const text = JSON.stringify({ ...sampleResult(), schema: 'shardlab/result/v2' });
    expect(() => parseRunResult(text, 'r.json')).toThrow(
      'r.json: schema is "shardlab/result/v2"; known: shardlab/result/v1',
    );
  });
});
