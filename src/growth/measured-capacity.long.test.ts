import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { UserError } from '../base/user-error.ts';
import { parseRunResult } from '../result/parse.ts';
import type { RunResult, Verdict } from '../result/types.ts';
import type { Scenario } from '../scenario/types.ts';
import { sampleResult } from '../testing/sample-result.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { operation, statement } from '../workload/orders-fixture.ts';
import { databaseCapacity } from './database-capacity.ts';
import { textOf } from './growth-fixture.ts';
import { measuredCapacity, type ResultFile } from './measured-capacity.ts';

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

const file = (result: RunResult, name = 'r.json'): ResultFile => ({ result, file: name });

function problem(result: RunResult, of: Scenario = scenario): string {
  try {
    measuredCapacity([file(result)], of);
  } catch (error) {
    if (error instanceof UserError) return `${error.exitCode} ${error.message}`;
    throw error;
  }
  return '';
}

/** The sample at so many times its rate, with verdicts of the strategies named. */
function atRate(times: number, verdicts: Readonly<Record<string, Verdict['status']>> = {}) {
  return resultOf(({ cells }) => ({
    cells: cells.map((cell) => ({
      ...cell,
      load: cell.load && { ...cell.load, offeredQps: cell.load.offeredQps * times },
      verdict: { status: verdicts[cell.strategy] ?? 'VALID', reasons: [] },
      shards: cell.shards.map((shard) => ({
        ...shard,
        byOperation: shard.byOperation.map(({ operation: name, qps }) => {
          return { operation: name, qps: qps * times };
        }),
      })),
    })),
  }));
}

const only = (result: RunResult, strategy: string): RunResult => ({
  ...result,
  cells: result.cells.filter((cell) => cell.strategy === strategy),
});
const fullestWork = ({ cells }: RunResult): number =>
  Math.max(
    ...cells.flatMap(({ shards }) =>
      shards.map(({ byOperation }) => byOperation.reduce((sum, { qps }) => sum + qps, 0)),
    ),
  );

test('an easy run is a lower bound: of a shard by the shards, of the instance by `single`', () => {
  const { shard, instance, basis, source } = measuredCapacity([file(resultOf())], scenario);
  // `single` carries everything: 800 a second, within the sample's 2 % of jitter.
  expect(instance?.low).toBeGreaterThan(784);
  expect(instance?.low).toBeLessThan(816);
  expect(shard?.low).toBeLessThan(500);
  expect([shard?.high, instance?.high]).toEqual([null, null]);
  expect(source).toBe('measured');
  expect(textOf(basis)).toMatch(
    new RegExp(
      String.raw`^measured by r\.json: shard \d of order_id\/jump \(VALID\) did \d+ ` +
        String.raw`operations a second\. The capacity of a shard may be higher, because no ` +
        String.raw`higher rate was SATURATED; `,
    ),
  );
});

test('a VALID rate below a SATURATED one of the same strategy is a capacity', () => {
  const easy = atRate(1);
  const hard = only(atRate(2, { 'tenant_id/jump': 'SATURATED' }), 'tenant_id/jump');
  const found = measuredCapacity([file(easy), file(hard, 'hard.json')], scenario);
  const fullest = fullestWork(only(easy, 'tenant_id/jump'));
  // Twice the load of the same placement is twice the work of each shard.
  expect(found.shard?.high).toBeCloseTo(2 * fullest, 9);
  expect(found.instance?.high).toBeNull();
  expect(textOf(found.basis)).toContain(
    'tenant_id/jump was SATURATED at 1,606 operations a second',
  );
  expect(textOf(found.basis)).toContain('(hard.json)');
  // Another strategy's SATURATED cell is no bracket.
  const other = only(atRate(2, { 'tenant_id/mod': 'SATURATED' }), 'tenant_id/mod');
  const jump = only(easy, 'tenant_id/jump');
  expect(measuredCapacity([file(jump), file(other)], scenario).shard?.high).toBeNull();
});

test('a SATURATED rate that is lower than a VALID one says nothing', () => {
  const slow = atRate(0.5, { 'tenant_id/jump': 'SATURATED' });
  expect(measuredCapacity([file(slow), file(atRate(1))], scenario).shard?.high).toBeNull();
});

test('of a cell that is not VALID nothing is learned', () => {
  const withoutSingle = atRate(1, { single: 'SATURATED' });
  const { shard, instance, basis } = measuredCapacity([file(withoutSingle)], scenario);
  expect(shard?.low).toBeLessThan(500);
  expect(instance).toBeNull();
  expect(basis).not.toContain('single');
});

test('adding or dropping cells, or halving the rate, never turns sound into full', () => {
  // Shards of a true capacity: VALID below it, SATURATED above.
  const cells = fc.array(
    fc.record({
      strategy: fc.constantFrom('single', 'tenant_id/jump', 'tenant_id/mod', 'order_id/jump'),
      times: fc.constantFrom(0.25, 0.5, 1, 2, 4),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const trueShard = 700;
  const trueInstance = trueShard / 0.6;
  const known = new Map<string, RunResult>();
  const cellAt = (strategy: string, times: number): RunResult => {
    const found = known.get(`${strategy} ${times}`) ?? only(atRate(times), strategy);
    known.set(`${strategy} ${times}`, found);
    const capacity = strategy === 'single' ? trueInstance : trueShard;
    const status = fullestWork(found) < capacity ? 'VALID' : 'SATURATED';
    return {
      ...found,
      cells: found.cells.map((cell) =>
        Object.assign({}, cell, { verdict: { status, reasons: [] } }),
      ),
    };
  };
  const stateOf = (some: readonly { strategy: string; times: number }[], load: number) => {
    const results = some.map(({ strategy, times }) => file(cellAt(strategy, times)));
    const isValid = results.some(({ result }) => result.cells[0]?.verdict?.status === 'VALID');
    const stated = isValid ? measuredCapacity(results, scenario) : null;
    const { shard, instance } = databaseCapacity(scenario.capacity, stated);
    return [shard, instance].map((rate) => {
      if (rate === null) return 'unknown';
      if (load < 0.7 * rate.low) return 'sound';
      return rate.high !== null && load >= 0.7 * rate.high ? 'full' : 'unknown';
    });
  };
  fc.assert(
    fc.property(
      cells,
      cells,
      fc.double({ min: 10, max: 2000, noNaN: true }),
      (some, more, load) => {
        const before = stateOf(some, load);
        const halved = some.map(({ strategy, times }) => ({ strategy, times: times / 2 }));
        for (const others of [[...some, ...more], some.slice(1), halved]) {
          const after = stateOf(others, load);
          const turns = before.map((state, index) => `${state} ${after[index] ?? ''}`);
          expect(turns).not.toContain('sound full');
          expect(turns).not.toContain('full sound');
        }
      },
    ),
    { numRuns: 200 },
  );
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
  const shardQps = (scan: boolean) => measuredCapacity([file(one)], costs(scan)).shard?.low;
  // 0.98 x 1 + 0.02 x 51 = 2 is the mean, so place_order costs 0.5 and summary 25.5.
  expect(shardQps(false)).toBeCloseTo(50 + 255, 9);
  expect(shardQps(true)).toBeCloseTo(50 + 255 * 0.75, 9);
});

describe('refused, exit code 2', () => {
  test('a result without a VALID cell, with what there is instead', () => {
    const verdict = { status: 'NOISY', reasons: ['varies'] } as const;
    const failed = resultOf(({ cells }) => ({
      cells: cells.slice(0, 2).map((cell) => Object.assign(cell, { verdict })),
    }));
    expect(problem(failed)).toBe(
      '2 r.json has no VALID cell, so the capacity of a shard is not known ' +
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
    const text = JSON.stringify({ ...sampleResult(), schema: 'shardlab/result/v9' });
    expect(() => parseRunResult(text, 'r.json')).toThrow(
      'r.json: schema is "shardlab/result/v9"; known: shardlab/result/v2, shardlab/result/v1',
    );
  });
});
