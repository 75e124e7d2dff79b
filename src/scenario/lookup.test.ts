import { expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';
import { parseScenario } from './parse.ts';
import { vocabularyFixture } from './vocabulary-fixture.ts';

const head = 'name: x\nrate: 800/s\nduration: 10s\nstrategies:\n';

const strategiesOf = (...lookups: string[]) =>
  parseScenario(
    head + lookups.map((each) => `  - { key: tenant_id, router: directory${each} }\n`).join(''),
    'x.yaml',
    vocabularyFixture,
  ).strategies;

test('a look-up has a cache, a time to live and perhaps a move', () => {
  const [plain, cached, moving] = strategiesOf(
    '',
    ', lookup: { cache: 1000, ttl: 30s }',
    ', lookup: { cache: 1000, ttl: 2s, move: { tenant: heaviest, at: 5s } }',
  );
  expect(plain).not.toHaveProperty('lookup');
  expect(cached?.lookup).toEqual({ cache: 1000, ttlMs: 30_000, move: null });
  expect(moving?.lookup?.move).toEqual({ tenant: 'heaviest', atMs: 5000 });
});

test('names are as short as tells them apart', () => {
  const named = (...lookups: string[]) =>
    strategiesOf(...lookups).map(({ name }) => name.replace('tenant_id/directory', ''));
  expect(named('', ', lookup: { cache: 10, ttl: 1s }')).toEqual(['', '+lookup']);
  expect(named(', lookup: { cache: 10, ttl: 1s }', ', lookup: { cache: 99, ttl: 1s }')).toEqual([
    '+lookup:10',
    '+lookup:99',
  ]);
  expect(
    named(
      ', lookup: { cache: 10, ttl: 1s }',
      ', lookup: { cache: 10, ttl: 1500ms }',
      ', lookup: { cache: 10, ttl: 1s, move: { tenant: 42, at: 0s } }',
    ),
  ).toEqual(['+lookup:10:1s', '+lookup:10:1500ms', '+lookup:10:1s:42@0s']);
});

test.each([
  [
    `${head}  - { key: tenant_id, router: jump, lookup: { cache: 10, ttl: 1s } }\n`,
    [
      '5:45: strategies[0].lookup: jump has no table to look up; allowed: lookup with ' +
        'directory only',
    ],
  ],
  [
    `${head}  - { key: tenant_id, router: directory, lookup: { cache: 0, tll: 1s } }\n`,
    [
      '5:50: strategies[0].lookup.ttl: found nothing; allowed: ',
      '5:59: strategies[0].lookup.cache: found 0; allowed: ',
      '5:62: strategies[0].lookup.tll: found an unknown key; allowed: cache, ttl, move; ',
    ],
  ],
  [
    `${head}  - { key: region, router: directory, lookup: ` +
      '{ cache: 1, ttl: 1s, move: { tenant: a, at: 10s } } }\n' +
      'loop: { clients: 3 }\ntopology: { shards: 1 }\n',
    [
      '5:74: strategies[0].lookup.move: found a move of a tenant, but the shard key region is not',
      '5:74: strategies[0].lookup.move: found a move, but with one shard there is no other ' +
        'shard to move to',
      '5:74: strategies[0].lookup.move: found a move, but a closed loop has no schedule',
      '5:91: strategies[0].lookup.move.at: found 10000 ms; allowed: ',
    ],
  ],
  [
    `${head}  - { key: tenant_id, router: directory, lookup: { cache: 1, ttl: 1s } }\n` +
      '  - { key: tenant_id, router: directory, lookup: { ttl: 1s, cache: 1 } }\n',
    ['6:5: strategies[1]: is the same as strategies[0]'],
  ],
])('%s', (text, faults) => {
  const found = faultsOf(text);
  expect(found.map((fault, i) => fault.slice(0, faults[i]?.length))).toStrictEqual(faults);
});
