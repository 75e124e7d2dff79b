import { expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';
import { parseScenario } from './parse.ts';
import type { ScenarioVocabulary } from './vocabulary.ts';
import { vocabularyFixture } from './vocabulary-fixture.ts';

const scenario = (...strategies: string[]): string =>
  `name: x\nrate: 800/s\nstrategies:\n${strategies.map((each) => `  - ${each}\n`).join('')}`;

/**
 * As study/scenario/vocabulary.ts gives it, with one router that takes composite keys and no other.
 */
const vocabulary: ScenarioVocabulary = {
  ...vocabularyFixture,
  routers: [
    { name: 'mod', parameter: null, hashes: true, keyTypes: ['text', 'int8', 'uuid'] },
    { name: 'jump', parameter: null, hashes: true, keyTypes: ['text', 'int8', 'composite'] },
  ],
};
const keysOf = (text: string): string[][] =>
  parseScenario(text, 's.yaml', vocabulary).strategies.map(({ name, key }) => [name, key]);

test('a key of several columns has a name', () => {
  expect(
    keysOf(
      scenario(
        '{ key: [tenant_id, user_id], router: jump }',
        '{ key: [tenant_id], router: jump }',
        '{ key: region+tenant_id+order_id, router: jump }',
      ),
    ),
  ).toEqual([
    ['tenant_id+user_id/jump', 'tenant_id+user_id'],
    ['tenant_id/jump', 'tenant_id'],
    ['region+tenant_id+order_id/jump', 'region+tenant_id+order_id'],
  ]);
});

test('an INSERT must bind every column of the key', () => {
  const text = `${scenario('{ key: [tenant_id, user_id], router: jump }')}operations:
  - name: add
    kind: write
    binds: [tenant_id]
    sql: insert into orders (tenant_id, user_id) values (:tenant_id, 1)
`;
  expect(() => keysOf(text)).toThrow(
    'an INSERT must bind every shard key of the strategies (tenant_id, user_id); missing: user_id',
  );
});

test.each([
  [
    '{ key: [tenat_id, total, user_id], router: jump }',
    [
      '4:13: strategies[0].key[0]: found "tenat_id"; allowed: tenant_id, user_id, order_id, ' +
        'region; did you mean tenant_id?',
      '4:23: strategies[0].key[1]: total (number) cannot be a shard key; allowed: tenant_id, ' +
        'user_id, order_id, region',
    ],
  ],
  [
    '{ key: [tenant_id, tenant_id], router: mod }',
    [
      '4:12: strategies[0].key: mod takes keys of type text, int8, uuid; tenant_id+tenant_id ' +
        'is composite',
      '4:24: strategies[0].key[1]: tenant_id is in the shard key twice',
    ],
  ],
  [
    '{ key: [], router: jump }',
    [
      '4:12: strategies[0].key: found an empty list; allowed: a column, a list of columns ' +
        'such as [tenant_id, user_id], or { bits: order_id, from: 12, count: 10 }',
    ],
  ],
  [
    '{ key: [tenant_id, 5], router: jump }',
    ['4:24: strategies[0].key[1]: found 5; allowed: a column'],
  ],
  [
    '{ key: 5, router: jump }',
    [
      '4:12: strategies[0].key: found 5; allowed: a column, a list of columns such as ' +
        '[tenant_id, user_id], or { bits: order_id, from: 12, count: 10 }',
    ],
  ],
])('%s', (strategy, faults) => {
  expect(faultsOf(scenario(strategy))).toEqual(faults);
});

test('a key of some bits of an integer has a name, and an INSERT binds the column', () => {
  const bits = scenario('{ key: { bits: order_id, from: 12, count: 10 }, router: mod }');
  expect(keysOf(bits)).toEqual([['order_id[12:10]/mod', 'order_id[12:10]']]);
  expect(() =>
    keysOf(
      `${bits}operations:\n  - name: add\n    kind: write\n    binds: [tenant_id]\n` +
        '    sql: insert into orders (tenant_id) values (:tenant_id)\n',
    ),
  ).toThrow('missing: order_id');
});

test('bits are of an integer, and there are 64 of them', () => {
  expect(
    faultsOf(
      scenario(
        '{ key: { bits: region, from: 0, count: 2 }, router: mod }',
        '{ key: { bits: nothing, from: 0, count: 2 }, router: mod }',
        '{ key: { bits: order_id, from: 60, count: 10 }, router: mod }',
      ),
    ),
  ).toEqual([
    '4:20: strategies[0].key.bits: region is text; allowed: a column of integers (int8)',
    '5:20: strategies[1].key.bits: found "nothing"; allowed: tenant_id, user_id, order_id, region',
    '6:47: strategies[2].key.count: found 10; allowed: bits up to bit 63 (from + count is at ' +
      'most 64)',
  ]);
});
