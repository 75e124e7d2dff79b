import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { sqlReaderFixture as reader } from '../../sql/sql-reader-fixture.ts';
import type { SchemaEvidence, TableActivity } from '../evidence.ts';
import { noActivity } from '../no-activity.ts';
import { schemaEvidenceOf, shippedTables } from '../shipped-evidence-fixture.ts';
import { operationsOfCounters } from './operations-of-counters.ts';
import { readBack } from './written-check.ts';
import { WritingTables } from './written-statement.ts';

const shop = shippedTables('shop');
const set = present(shop.tables, 'tables');
const schema = schemaEvidenceOf(shop);
const tables = new WritingTables(set, reader);

const activity = (counts: Partial<TableActivity>): TableActivity => ({
  ...noActivity,
  seconds: 60,
  ...counts,
});

const counted = (counts: Readonly<Record<string, Partial<TableActivity>>>): SchemaEvidence => ({
  ...schema,
  tables: schema.tables.map((table) => {
    return { ...table, activity: activity(counts[table.name] ?? {}) };
  }),
});

test('weights are those of the counters, as far as they tell work apart', () => {
  const found = operationsOfCounters(
    counted({
      products: { indexScans: 500, updated: 100 },
      orders: { inserted: 300, indexScans: 200, updated: 100, deleted: 100 },
      lines: { inserted: 1 },
    }),
    set,
  );
  // Of 200 scans of orders, 200 are those of rows that were changed or deleted.
  expect(found.map(({ name, weight }) => [name, weight])).toStrictEqual([
    ['read_products_by_id', 40],
    ['insert_orders', 30],
    ['update_products_by_id', 10],
    ['update_orders_by_tenant_id_id', 10],
    ['delete_orders_by_tenant_id_id', 10],
  ]);
});

test('indexes say by which columns rows are asked for', () => {
  const evidence = counted({ orders: { indexScans: 100 } });
  const scans = { orders_pkey: 20, by_user: 60, other: 0 };
  const columns = { orders_pkey: ['tenant_id', 'id'], by_user: ['user_id'], other: ['placed_at'] };
  const indexes = (['orders_pkey', 'by_user', 'other'] as const).map((name) => {
    const rest = { unique: false, partial: false, bytes: 0 };
    return Object.assign(rest, { name, columns: columns[name], scans: scans[name] });
  });
  const withIndexes = evidence.tables.map((table) =>
    table.name === 'orders' ? { ...table, indexes } : table,
  );
  const found = operationsOfCounters({ ...evidence, tables: withIndexes }, set);
  expect(found.map(({ name, weight }) => [name, weight])).toStrictEqual([
    ['read_orders_by_user_id', 75],
    ['read_orders_by_tenant_id_id', 25],
  ]);
});

test.each([
  ['with counters', counted({ orders: { inserted: 5, indexScans: 90, updated: 5, deleted: 9 } })],
  ['without', schema],
])('%s they are what the scenario’s own reader takes', (_, evidence) => {
  const found = operationsOfCounters(evidence, set);
  expect(found.length).toBeGreaterThan(3);
  const faults = found.map((each) => readBack(each, tables)).filter((each) => 'problem' in each);
  expect(faults).toStrictEqual([]);
});

test('without counters all are equally frequent, and called a guess', () => {
  const found = operationsOfCounters(schema, set);
  expect(new Set(found.map(({ weight }) => weight)).size).toBe(1);
  expect(found.every(({ comment }) => comment.startsWith('A guess'))).toBe(true);
  expect(found.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'read_orders_by_tenant_id_id',
      'read_orders_by_user_id',
      'insert_orders',
    ]),
  );
});
