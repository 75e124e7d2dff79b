import { expect, test } from 'vitest';
import { catalogNames } from './catalog-names.ts';
import { Partitioning } from './partitioning.ts';
import type { Relation } from './relations.ts';

const relation = (schema: string, name: string, changes: Partial<Relation> = {}): Relation => ({
  id: `${schema}.${name}`,
  schema,
  name,
  kind: 'table',
  isPartition: false,
  tuples: 0,
  pages: 0,
  readable: true,
  hasColumns: true,
  rowSecurity: false,
  partitionKey: null,
  extension: null,
  locked: false,
  ...changes,
});

const column = (table: string, number: number, name: string) => ({
  table,
  number,
  name,
  typeId: '23',
  type: 'integer',
  notNull: false,
  identity: '' as const,
  generated: '' as const,
  readable: true,
});

test('names that can stay do; partitions have the name of their table', () => {
  const part = relation('public', 'Orders_1', { isPartition: true });
  const tables = [relation('public', 'Orders'), relation('sales', 'orders')];
  const view = relation('audit', 'orders', { kind: 'view' });
  const names = catalogNames({
    tables,
    views: [view],
    columns: [
      column('public.Orders', 1, 'OrderId'),
      column('public.Orders', 2, 'order_id'),
      column('public.Orders', 4, 'Order Id'),
    ],
    partitioning: new Partitioning(
      [...tables, view, part],
      [{ child: part.id, parent: 'public.Orders' }],
    ),
  });
  expect(names.table('sales.orders')).toBe('orders');
  expect(names.table('audit.orders')).toBe('audit_orders');
  expect(names.table('public.Orders')).toBe('public_orders');
  expect(names.table(part.id)).toBe('public_orders');
  expect(names.columns('public.Orders', [1, 2, 4])).toEqual([
    'order_id_2',
    'order_id',
    'order_id_3',
  ]);
});
