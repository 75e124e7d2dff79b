import { describe, expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';
import { parseScenario } from './parse.ts';
import { vocabularyFixture } from './vocabulary-fixture.ts';

const head = 'name: x\nrate: 800/s\nstrategies:\n';
const strategies = (...written: string[]): string =>
  head + written.map((each) => `  - { key: tenant_id, router: jump${each} }\n`).join('');
const parsed = (text: string) => parseScenario(text, 's.yaml', vocabularyFixture).strategies;

test('pins and splits as they are written', () => {
  const [pinned, split, both] = parsed(
    strategies(
      ', pin: { tenants: { acme: 2, 17: 0 }, above: 5% }',
      ', split: { above: 0.1, by: order_id, over: 4 }',
      ', pin: { above: 2% }, split: { tenants: [acme, 17], by: user_id, over: 2 }',
    ),
  );
  expect(pinned?.pin?.tenants).toHaveLength(2);
  expect(pinned?.pin?.tenants).toContainEqual({ id: 'acme', shard: 2 });
  expect(pinned?.pin?.tenants).toContainEqual({ id: '17', shard: 0 });
  expect(pinned?.pin?.above).toBe(0.05);
  expect(pinned).not.toHaveProperty('split');
  expect(split?.split).toEqual({ tenants: [], above: 0.1, by: 'order_id', over: 4 });
  expect(both?.split?.tenants).toEqual(['acme', '17']);
});

test('thresholds in rows and writes, and shards of their own', () => {
  const [large, busy, any] = parsed(
    strategies(
      ', pin: { above: { rows: 1000000 } }',
      ', pin: { above: { writes: 500/s }, exclusive: true }',
      ', pin: { above: { load: 5%, rows: 100000, writes: 60/m }, exclusive: false }',
    ),
  );
  expect(large?.pin).toEqual({ tenants: [], above: null, aboveRows: 1_000_000 });
  expect(busy?.pin).toEqual({
    tenants: [],
    above: null,
    aboveWritesPerSecond: 500,
    exclusive: true,
  });
  expect(any?.pin).toEqual({
    tenants: [],
    above: 0.05,
    aboveRows: 100_000,
    aboveWritesPerSecond: 1,
  });
});

test('a closed loop has no rate', () => {
  const closed = strategies(', pin: { above: { writes: 5/s } }').replace(
    'rate: 800/s',
    'rate: 800/s\nloop: { clients: 4 }',
  );
  expect(faultsOf(closed)).toEqual([
    '5:61: strategies[0].pin.above.writes: a closed loop has no rate, so no key has one; ' +
      'allowed: a share of the load, or rows',
  ]);
});

describe('names', () => {
  const names = (...written: string[]) => parsed(strategies(...written)).map(({ name }) => name);

  test('say what is laid over the router', () => {
    expect(
      names(
        '',
        ', pin: { above: 5% }',
        ', split: { above: 10%, by: order_id, over: 4 }',
        ', pin: { above: 5% }, split: { above: 10%, by: order_id, over: 4 }',
      ),
    ).toEqual([
      'tenant_id/jump',
      'tenant_id/jump+pin',
      'tenant_id/jump+split',
      'tenant_id/jump+pin+split',
    ]);
  });

  test('say more where two would share one, and are numbered where that is not enough', () => {
    expect(
      names(
        ', pin: { above: 5% }',
        ', pin: { above: 2.5% }',
        ', pin: { tenants: { a: 1 } }',
        ', pin: { tenants: { b: 1 } }',
        ', pin: { above: 5%, exclusive: true }',
        ', pin: { above: { rows: 1000, writes: 90/m } }',
        ', split: { above: 10%, by: order_id, over: 4 }',
        ', split: { above: 10%, by: order_id, over: 2 }',
        ', split: { above: 10%, by: user_id, over: 2 }',
      ),
    ).toEqual([
      'tenant_id/jump+pin:5%',
      'tenant_id/jump+pin:2.5%',
      'tenant_id/jump+pin:1',
      'tenant_id/jump+pin:1#2',
      'tenant_id/jump+pin:5%:exclusive',
      'tenant_id/jump+pin:1000rows:90/m',
      'tenant_id/jump+split:4:order_id:10%',
      'tenant_id/jump+split:2:order_id:10%',
      'tenant_id/jump+split:2:user_id:10%',
    ]);
  });

  test('keep the hash where the overlays are the same', () => {
    expect(names(', pin: { above: 5% }', ', hash: md5, pin: { above: 5% }')).toEqual([
      'tenant_id/jump+pin@xxh64',
      'tenant_id/jump+pin@md5',
    ]);
  });
});

test.each([
  [
    ', pin: { tenants: { acme: 4 } }',
    ['4:61: strategies[0].pin.tenants.acme: found 4; allowed: a shard from 0 to 3'],
  ],
  [
    ', pin: {}',
    [
      '4:42: strategies[0].pin: found an empty map; allowed: ' +
        '{ tenants: { acme: 2 } } or { above: 5% }, or both',
    ],
  ],
  [
    ', pin: { abve: 5% }',
    [
      '4:44: strategies[0].pin.abve: found an unknown key; allowed: tenants, above, ' +
        'exclusive; did you mean above?',
    ],
  ],
  [
    ', pin: { above: 100% }',
    [
      '4:51: strategies[0].pin.above: found "100%"; allowed: a share, as 30% or as 0.3, ' +
        'above zero and below 100%',
    ],
  ],
  [
    ', pin: { above: { rwos: 5 } }',
    [
      '4:53: strategies[0].pin.above.rwos: found an unknown key; allowed: load, rows, writes; ' +
        'did you mean rows?',
    ],
  ],
  [
    ', pin: { above: { rows: 0 } }',
    [
      '4:59: strategies[0].pin.above.rows: found 0; allowed: a number of rows from 1 to ' +
        '9,007,199,254,740,991',
    ],
  ],
  [
    ', pin: { tenants: { a: 0, b: 1, c: 2, d: 3, e: 0 }, exclusive: true }',
    [
      '4:98: strategies[0].pin.exclusive: 4 of 4 shards are for pinned keys alone; allowed: 3, ' +
        'as all other keys need one',
    ],
  ],
  [
    ', split: { above: 10%, by: ordr_id, over: 9 }',
    [
      '4:62: strategies[0].split.by: found "ordr_id"; allowed: a column that is not in ' +
        'the shard key: user_id, order_id, region; did you mean order_id?',
      '4:77: strategies[0].split.over: found 9; allowed: a whole number from 2 to 4 ' +
        '(topology.shards)',
    ],
  ],
  [
    ', split: { above: 10%, by: tenant_id, over: 1 }',
    ['4:79: strategies[0].split.over: found 1; allowed: a number of shards from 2 to 1,024'],
  ],
  [
    ', split: { above: 10%, by: tenant_id, over: 2 }',
    [
      '4:62: strategies[0].split.by: found "tenant_id"; allowed: a column that is not in ' +
        'the shard key: user_id, order_id, region',
    ],
  ],
  [
    ', pin: { tenants: { a: 1 } }, split: { tenants: [a, b, b], by: order_id, over: 2 }',
    [
      '4:84: strategies[0].split.tenants[0]: a is pinned to one shard, not to several',
      '4:90: strategies[0].split.tenants[2]: b is in the list twice',
    ],
  ],
  [
    ', split: { by: order_id, over: 2 }',
    [
      '4:44: strategies[0].split: found { by, over }; allowed: ' +
        '{ above: 10%, by: order_id, over: 4 } or { tenants: [acme], by: order_id, over: 4 }',
    ],
  ],
])('%s', (written, faults) => {
  expect(faultsOf(strategies(written))).toEqual(faults);
});

test('listed keys are of the type of the shard key', () => {
  const text =
    `${head}  - { key: user_id, router: jump, pin: { tenants: { acme: 1 } } }\n` +
    '  - { key: user_id, router: jump, split: { tenants: [x1], by: order_id, over: 2 } }\n';
  expect(faultsOf(text)).toEqual([
    '4:59: strategies[0].pin.tenants.acme: "acme" is not a whole number in plain decimal digits',
    '5:54: strategies[1].split.tenants[0]: "x1" is not a whole number in plain decimal digits',
  ]);
});

test('the same overlay twice is the same strategy', () => {
  const written = ', split: { above: 10%, by: order_id, over: 4 }';
  expect(faultsOf(strategies(written, written))).toEqual([
    '5:5: strategies[1]: is the same as strategies[0]',
  ]);
});

test('an INSERT binds the column that tells pieces apart', () => {
  const text =
    strategies(', split: { above: 10%, by: order_id, over: 4 }') +
    'operations:\n  - name: place\n    kind: write\n    binds: [tenant_id]\n' +
    '    sql: insert into orders (tenant_id) values (:tenant_id)\n';
  expect(faultsOf(text)).toEqual([
    '8:12: operations[0].binds: an INSERT must bind every shard key of the strategies ' +
      '(tenant_id, order_id); missing: order_id',
  ]);
});
