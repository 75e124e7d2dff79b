import { expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';

test.each([
  ['', ['1:1: the scenario is empty']],
  ['# nothing\n', ['1:1: the scenario is empty']],
  ['- a\n', ['1:1: the scenario is not a map of keys']],
  ['just text\n', ['1:1: the scenario is not a map of keys']],
  ['null\n', ['1:1: the scenario is empty']],
  ['name: x\n---\nname: y\n', ['2:1: found a second document; allowed: one']],
  ['name: x\nname: y\n', ['2:1: found the key name for the second time; allowed: each key once']],
  [
    'name: [x\n',
    ['2:1: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ],
  ['name: x\ntenants:\n	zipf: 1\n', ['3:1: Tabs are not allowed as indentation']],
  [
    '1: x\n',
    [
      '1:1: name: found nothing; allowed: a name of letters, digits, dots, - and _',
      '1:1: strategies: found nothing; allowed: a list of one or more { key, router }',
      '1:1: 1: found an unknown key; allowed: name, description, seed, duration, ' +
        'warmup, repeat, rate, arrivals, loop, tenants, data, topology, limits, alarms, ' +
        'thresholds, wal, durability, ' +
        'schema, tables, views, keys, operations, baseline, strategies, simulation, growth, ' +
        'objectives, residency, capacity, cost',
      '1:1: rate: found nothing; allowed: a rate such as 800/s (arrivals: poisson)',
    ],
  ],
  ['name: !foo x\n', ['1:7: Unresolved tag: !foo']],
  ['name: *nope\n', ['1:7: found *nope, but no &nope']],
  ['name: "x\n', ['2:1: Missing closing "quote']],
  [
    'name: 3\n',
    [
      '1:1: strategies: found nothing; allowed: a list of one or more { key, router }',
      '1:1: rate: found nothing; allowed: a rate such as 800/s (arrivals: poisson)',
      '1:7: name: found 3; allowed: a name of letters, digits, dots, - and _',
    ],
  ],
  [
    'sede: 1\nname: x\nrate: 800/s\nstrategies: [{ key: tenant_id, router: jump }]\n',
    [
      '1:1: sede: found an unknown key; allowed: name, description, seed, duration, ' +
        'warmup, repeat, rate, arrivals, loop, tenants, data, topology, limits, alarms, ' +
        'thresholds, wal, ' +
        'durability, schema, tables, views, keys, operations, baseline, strategies, simulation, ' +
        'growth, objectives, residency, capacity, cost; did you mean seed?',
    ],
  ],
  [
    '__proto__: 1\nname: x\nrate: 800/s\nstrategies: [{ key: tenant_id, router: jump }]\n',
    [
      '1:1: __proto__: found an unknown key; allowed: name, description, seed, ' +
        'duration, warmup, repeat, rate, arrivals, loop, tenants, data, topology, limits, ' +
        'alarms, thresholds, wal, ' +
        'durability, schema, tables, views, keys, operations, baseline, strategies, simulation, ' +
        'growth, objectives, residency, capacity, cost',
    ],
  ],
  [
    'name: x\nrate: 0/s\nstrategies: [{ key: tenant_id, router: jump }]\n',
    [
      '2:7: rate: found "0/s"; allowed: a rate with its unit, such as 800/s, 3000/m or ' +
        '7200/h, above zero',
    ],
  ],
  [
    'name: x\nrate: 800\nstrategies: [{ key: tenant_id, router: jump }]\n',
    [
      '2:7: rate: found 800; allowed: a rate with its unit, such as 800/s, 3000/m or ' +
        '7200/h, above zero',
    ],
  ],
  [
    'name: x\nstrategies: [{ key: tenant_id, router: jump }]\n',
    ['1:1: rate: found nothing; allowed: a rate such as 800/s (arrivals: poisson)'],
  ],
])('%s', (text, faults) => {
  expect(faultsOf(text)).toStrictEqual(faults);
});

const tooDeep = 'found more than 100 levels of maps and lists within each other; allowed: 100';

test.each([101, 300, 600, 800, 1000, 2000, 100_000])('%d levels are too many', (levels) => {
  expect(faultsOf(`name: ${'['.repeat(levels)}${']'.repeat(levels)}\n`)).toStrictEqual([
    `1:106: ${tooDeep}`,
  ]);
});

test('levels by indentation are too many as well, at the line of the first', () => {
  const lines = Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}a:\n`);
  expect(faultsOf(lines.join(''))).toStrictEqual([`100:100: ${tooDeep}`]);
});

test('99 levels are read as what they are', () => {
  expect(faultsOf(`name: ${'['.repeat(99)}${']'.repeat(99)}\n`)[0]).toContain('strategies: found');
});

test('a list that holds itself, however often, has too many levels', () => {
  expect(faultsOf('name: &a [*a, *a, *a, *a]\n')).toStrictEqual([`1:1: ${tooDeep}`]);
});

test('numbers that JSON does not have are shown as what they are', () => {
  const text = 'name: x\nrate: 1/s\nseed: .nan\nstrategies: [{ key: tenant_id, router: jump }]\n';
  expect(faultsOf(text)[0]).toContain('seed: found NaN;');
});
