import { describe, expect, test } from 'vitest';
import { scenarioNoteCodes as codes } from '../../result/scenario-note-codes.ts';
import { sqlReaderFixture } from '../../sql/sql-reader-fixture.ts';
import { probe } from './default-operations.ts';
import type { DraftTable } from './draft.ts';
import { type DraftScenario, strategyOf } from './draft-scenario.ts';
import { mended } from './mended.ts';
import { writerVocabulary } from './writer-vocabulary.ts';

const vocabulary = writerVocabulary(sqlReaderFixture);
const own = { type: null, default: null, nulls: 0, comment: '' };
const none = { unique: [], foreign: [], indexes: [], comment: [] };

const tenants: DraftTable = {
  name: 'tenants',
  per: 'tenant',
  rows: { total: 10, flow: '1', mayBeNone: false, most: 1 },
  columns: [{ name: 'id', made: { by: 'tenant' }, ...own }],
  primary: ['id'],
  ...none,
};

const orders: DraftTable = {
  name: 'orders',
  per: 'tenants',
  rows: { total: 30, flow: '3', mayBeNone: false, most: 3 },
  columns: [
    { name: 'tenant_id', made: { by: 'parent', table: 'tenants', column: 'id' }, ...own },
    { name: 'number', made: { by: 'sequence' }, ...own },
  ],
  primary: ['tenant_id', 'number'],
  ...none,
};

const draft: DraftScenario = {
  name: 'mine',
  schemaAddress: null,
  header: [],
  rate: { seen: null, calls: null, written: 100 },
  tenantsComment: [],
  tenants: ['tenants: { uniform: true, count: 10, idType: int8 }'],
  tables: [tenants, orders],
  views: [],
  keys: [
    {
      name: 'tenant',
      key: 'tenant',
      columns: [
        { table: 'tenants', columns: ['id'] },
        { table: 'orders', columns: ['tenant_id'] },
      ],
    },
  ],
  operations: [probe('orders')],
  isAssumed: false,
  strategies: [strategyOf('tenant', 'router: jump')],
  now: { load: null, bytes: null },
};

const tablesOf = ({ tables }: Pick<DraftScenario, 'tables'>): string[] =>
  tables.map(({ name }) => name);

test('what stands is left as it is', () => {
  const found = mended(draft, vocabulary);
  expect(found.draft).toEqual(draft);
  expect(found.notes).toEqual([]);
});

describe('what cannot be mended goes, with a note', () => {
  test('a table whose rows nobody understands, and operations on it', () => {
    const odd = { ...orders, rows: { ...orders.rows, flow: '{ odd: 1 }' } };
    const found = mended({ ...draft, tables: [tenants, odd] }, vocabulary);
    expect(tablesOf(found.draft)).toEqual(['tenants']);
    expect(found.notes).toMatchObject([{ code: codes.tableLeftOut, names: { table: 'orders' } }]);
    expect([...found.refused.keys()]).toEqual(['probe']);
    expect(found.draft.operations.map(({ statements }) => statements)).toEqual([
      ['select count(*) from tenants'],
    ]);
  });

  test('a table that others hang on: they stay', () => {
    const odd = { ...orders, name: 'users', rows: { ...orders.rows, flow: 'odd' } };
    const below = { ...orders, per: 'users' };
    const found = mended({ ...draft, tables: [tenants, odd, below] }, vocabulary);
    expect(tablesOf(found.draft)).toEqual(['tenants', 'orders']);
    expect(found.scenario.operations).toHaveLength(1);
  });

  test('tenants', () => {
    const found = mended({ ...draft, tenants: ['tenants: { odd: true }'] }, vocabulary);
    expect(found.scenario.tenants).toMatchObject({ distribution: 'uniform', count: 100 });
    expect(tablesOf(found.draft)).toEqual(['tenants', 'orders']);
  });

  test('everything: then there are tenants, and nothing else', () => {
    const odd = [tenants, orders].map((table) => {
      const rows = { ...table.rows, flow: 'odd' };
      return Object.assign({}, table, { name: `${table.name}!`, rows });
    });
    const found = mended({ ...draft, tables: odd, keys: [], strategies: [] }, vocabulary);
    expect(tablesOf(found.draft)).toEqual(['tenants_only']);
  });
});
