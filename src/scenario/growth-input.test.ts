import { describe, expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';
import { checkGrowthPath } from './growth-input.ts';
import { parseScenario } from './parse.ts';
import { Problems } from './problem.ts';
import { vocabularyFixture } from './vocabulary-fixture.ts';

const head = 'name: x\nrate: 800/s\nstrategies: [{ key: tenant_id, router: jump }]\n';
const parse = (text: string) => parseScenario(head + text, 'x.yaml', vocabularyFixture);

test('growth, capacity and cost as written', () => {
  const { growth, capacity, cost } = parse(`growth:
  to: [5, 8, 16]
  load: 6% +- 2%
  tenants: -1.5%
  bytes: 0.08 ± 0.01
  ownRates: 2%
  now: { load: 12000/m, bytes: 400GB }
  horizon: 60
  last: 12
  lead: 6
  moves: { throttle: 20MB/s, soak: 48h, rowCost: 0.5 }
capacity:
  shard: 900/s +- 10%
  share: 100%
  disk: 500GB
  operations: { summary: { cost: 20, scan: true }, place_order: { cost: 2 } }
cost: { instance: 1200 +- 10%, shardPrice: 70%, storage: 0.2 +- 0.05, replicas: 2 }
`);
  expect(growth).toMatchObject({
    to: [5, 8, 16],
    load: { value: 0.06, spread: 0.02 },
    tenants: { value: -0.015, spread: 0 },
    bytes: { value: 0.08, spread: 0.01 },
    ownRateSpread: 0.02,
    now: { loadPerSecond: 200, bytes: 400e9 },
    horizonMonths: 60,
    lastMonths: 12,
    leadMonths: 6,
    moves: { throttleBytesPerSecond: 20e6, soakMs: 172_800_000, rowCost: 0.5 },
  });
  expect(capacity).toMatchObject({
    shardPerSecond: { value: 900, spread: 90 },
    instancePerSecond: null,
    share: 1,
    diskBytes: 500e9,
    operations: [
      { name: 'summary', cost: 20, scan: true },
      { name: 'place_order', cost: 2, scan: false },
    ],
  });
  expect(cost).toMatchObject({
    instance: { value: 1200, spread: 120 },
    shardPrice: { value: 0.7, spread: 0 },
    storagePerGb: { value: 0.2, spread: 0.05 },
    replicas: 2,
  });
});

test('the defaults are those of the documentation', () => {
  const { capacity, cost } = parse('');
  expect(capacity).toMatchObject({ share: 0.6, utilisation: 0.7, operations: [] });
  expect(cost.shardPrice.value).toBe(0.6);
  expect(cost.overhead.value).toBe(0.25);
});

describe('problems', () => {
  test.each([
    ['growth: { to: 5 }', 'growth.to: found 5; allowed: a list of shard counts, such as [5, 8]'],
    [
      'growth: { to: [5, 0] }',
      'growth.to[1]: found 0; allowed: a number of shards from 1 to 1,024',
    ],
    [
      'growth: { to: [5, x] }',
      'growth.to[1]: found "x"; allowed: a number of shards from 1 to 1,024',
    ],
    [
      'growth: { to: [5, 5] }',
      'growth.to: found a list of 2; allowed: a list of shard counts, each ',
    ],
    [
      'growth: { to: [4, 5] }',
      'growth.to[0]: found 4; allowed: a number other than 4 (topology.shards)',
    ],
    [
      'growth: { load: 6 }',
      'growth.load: found 6; allowed: growth a month, such as 6% or 6% +- 2%',
    ],
    ['growth: { load: 6% +- }', 'growth.load: found "6% +-"; allowed: growth a month'],
    ['growth: { load: -95% }', 'growth.load: found "-95%"; allowed: growth a month'],
    [
      'growth: { moves: { throttle: 20MB } }',
      'growth.moves.throttle: found "20MB"; allowed: a size',
    ],
    ['capacity: { shard: -5/s }', 'capacity.shard: found "-5/s"; allowed: a rate'],
    ['capacity: { utilisation: 100% }', 'capacity.utilisation: found "100%"; allowed: a share'],
    ['capacity: { share: 0% }', 'capacity.share: found "0%"; allowed: a share'],
    ['cost: { instance: -10 }', 'cost.instance: found -10; allowed: an amount from 0 up'],
    ['cost: { hours: 4 +- -1 }', 'cost.hours: found "4 +- -1"; allowed: an amount from 0 up'],
    ['cost: { storage: 1 +- 2 }', 'cost.storage: found "1 +- 2"; allowed: an amount from 0 up'],
    ['cost: { overhead: -5% }', 'cost.overhead: found "-5%"; allowed: a share'],
    ['cost: { shardprice: 60% }', 'cost.shardprice: found an unknown key; allowed: currency, '],
  ])('%s', (text, problem) => {
    const [found = '', ...others] = faultsOf(`${head}${text}\n`);
    expect(others).toStrictEqual([]);
    expect(found.replace(/^\d+:\d+: /, '').slice(0, problem.length)).toBe(problem);
  });

  test('all at once, each where it stands', () => {
    const text = `growth: { load: x, bytes: y }\ncost: { hours: z }\n`;
    expect(faultsOf(head + text).map((line) => line.split(': found')[0])).toStrictEqual([
      '4:17: growth.load',
      '4:27: growth.bytes',
      '5:16: cost.hours',
    ]);
  });

  test('a cost of an operation that there is not', () => {
    const text = `capacity: { operations: { sumary: { cost: 2 } } }\n`;
    expect(faultsOf(head + text)).toStrictEqual([
      '4:35: capacity.operations.sumary: found "sumary"; allowed: an operation: place_order, ' +
        'change_status, recent_orders, user_orders, order_by_id, summary; did you mean summary?',
    ]);
  });
});

test('a path is checked once the number of shards is known', () => {
  const problems = new Problems();
  checkGrowthPath([4], undefined, problems);
  checkGrowthPath([], 4, problems);
  checkGrowthPath([3, 4], 4, problems);
  expect(problems.all).toStrictEqual([]);
});
