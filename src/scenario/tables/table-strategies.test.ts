import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { overrideScenario } from '../overrides.ts';
import { parseScenario } from '../parse.ts';
import type { Scenario } from '../types.ts';
import { vocabularyFixture } from '../vocabulary-fixture.ts';
import { shopScenario } from './shop-fixture.ts';
import { keyColumnsOf } from './table-keys.ts';

function withStrategies(...strategies: string[]): Scenario {
  const list = strategies.map((each) => `  - ${each}\n`).join('');
  const text = shopScenario.replace('  - { key: tenant, router: jump }\n', list);
  return parseScenario(text, 's.yaml', { ...vocabularyFixture, routers });
}

const routers = vocabularyFixture.routers.map((router) =>
  router.name === 'mod'
    ? { ...router, keyTypes: [...router.keyTypes, 'composite' as const] }
    : router,
);

const names = ({ strategies }: Scenario) => strategies.map(({ name }) => name);

test('a key is one of `keys`, a column of several tables, or several columns', () => {
  const scenario = withStrategies(
    '{ key: tenant, router: jump }',
    '{ key: tenant_id, router: jump }',
    '{ key: [tenant_id, user_id], router: mod }',
  );
  expect(names(scenario)).toEqual(['tenant/jump', 'tenant_id/jump', 'tenant_id+user_id/mod']);
  const set = present(scenario.tables, 'tables');
  const tablesOf = (key: string) => keyColumnsOf(set, key).map(({ table }) => table);
  expect(tablesOf('tenant')).toEqual(['tenants', 'users', 'orders', 'lines']);
  expect(tablesOf('tenant_id')).toEqual(['users', 'orders', 'lines']);
  expect(keyColumnsOf(set, 'tenant_id+user_id')).toEqual([
    { table: 'orders', columns: ['tenant_id', 'user_id'] },
  ]);
});

test('bits of a Snowflake id are a key', () => {
  const text = shopScenario
    .replace('keys:\n', 'keys:\n  worker: { orders: { bits: id, from: 12, count: 10 } }\n')
    .replace('key: tenant,', 'key: worker,');
  const { tables, strategies } = parseScenario(text, 's.yaml', vocabularyFixture);
  expect(strategies.map(({ key }) => key)).toEqual(['worker']);
  expect(tables?.keys[0]?.columns).toEqual([
    { table: 'orders', columns: ['id'], bits: { from: 12, count: 10 } },
  ]);
});

describe('what a strategy says of tables without a column of its key', () => {
  test('stands in it, under the plain key where no other strategy says otherwise', () => {
    const { strategies } = withStrategies(
      '{ key: tenant, router: jump, reference: [products] }',
      '{ key: tenant, router: mod, reference: [products] }',
    );
    expect(strategies.map(({ key }) => key)).toEqual(['tenant', 'tenant']);
    expect(strategies[0]?.tables).toEqual({ reference: ['products'], home: [], own: [] });
  });

  test('follows in the name of the key where another one does', () => {
    const scenario = withStrategies(
      '{ key: tenant, router: jump }',
      '{ key: tenant, router: jump, home: [products] }',
      '{ key: tenant, router: jump, own: { products: id } }',
    );
    expect(scenario.strategies.map(({ key }) => key)).toEqual([
      'tenant',
      'tenant[home=products]',
      'tenant[own=products.id]',
    ]);
    expect(names(scenario)[1]).toBe('tenant[home=products]/jump');
    const set = present(scenario.tables, 'tables');
    expect(keyColumnsOf(set, 'tenant[home=products]')).toEqual(keyColumnsOf(set, 'tenant'));
  });
});

test('tenants can be pinned', () => {
  const { strategies } = withStrategies(
    '{ key: tenant, router: jump, pin: { tenants: { 7: 1 } } }',
  );
  expect(strategies[0]?.pin?.tenants).toEqual([{ id: '7', shard: 1 }]);
});

test('with fewer tenants on the command line there is less data', () => {
  const scenario = withStrategies('{ key: tenant, router: jump }');
  const fewer = overrideScenario(scenario, { tenants: '50' });
  // All but the products, which belong to no tenant.
  const share = fewer.data.totalBytes / scenario.data.totalBytes;
  expect(share).toBeGreaterThan(0.1);
  expect(share).toBeLessThan(0.11);
});

test('a table without a primary key is read, and is no place for a key of its own', () => {
  const text = shopScenario.replace('    primary: [order_id, number]\n', '');
  const { tables } = parseScenario(text, 's.yaml', vocabularyFixture);
  expect(tables?.tables.find(({ name }) => name === 'lines')?.primary).toEqual([]);
});

test('200 tables are read in order of their parents', () => {
  const tables = Array.from({ length: 200 }, (_, i) => {
    const above = i + 1 === 200 ? '' : `per: t${i + 1}, `;
    return `  t${i}: { ${above}rows: 1, columns: { id: id }, primary: id }\n`;
  });
  const text = `name: many
rate: 1/s
tables:
${tables.join('')}operations: [{ name: a, kind: read, sql: "select * from t0 where id = :t0.id" }]
strategies: [{ key: id, router: jump }]
`;
  const read = parseScenario(text, 's.yaml', vocabularyFixture);
  expect(read.tables?.tables.map(({ name }) => name)).toEqual(
    Array.from({ length: 200 }, (_, i) => `t${199 - i}`),
  );
});
