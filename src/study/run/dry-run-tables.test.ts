import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Layout } from '../../scenario/layout-types.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import { shopOperations } from '../../scenario/tables-fixture.ts';
import { tablesText } from './dry-run-tables.ts';

const [placeOrder, ofTenant, newest] = tenantLayout.operations;

/** By order: the join of an order's page is refused, and a constraint is lost. */
const orderLayout: Layout = {
  key: 'order',
  tables: tenantLayout.tables.map((table) =>
    table.table === 'users'
      ? { table: 'users', placement: 'own-key', keyColumns: ['id'], reason: 'primary-key' }
      : table,
  ),
  operations: [
    present(placeOrder, 'layout'),
    {
      fate: 'notRunnable',
      runs: 'none',
      refused: {
        statement: 0,
        reason: { code: 'join-not-co-located', names: ['orders', 'lines'] },
      },
      statements: present(ofTenant, 'layout').statements,
    },
    present(newest, 'layout'),
  ],
  lost: [{ table: 'orders', kind: 'foreign', columns: ['user_id'], references: 'users' }],
};

const text = tablesText(
  {
    operations: shopOperations,
    strategies: [
      { key: 'tenant', name: 'tenant/jump' },
      { key: 'tenant', name: 'tenant/mod' },
      { key: 'order', name: 'order/jump' },
    ],
    layouts: new Map([
      ['tenant', tenantLayout],
      ['order', orderLayout],
    ]),
    rows: new Map([['orders', 12_000]]),
  },
  { width: 80, colour: false },
);

describe('tablesText', () => {
  test('says where each table lies under each shard key, each key once', () => {
    expect(text).toContain('tables     rows tenant       order\n');
    expect(text).toContain('users         — by tenant_id own key id\n');
    expect(text).toContain('products      — every shard  every shard\n');
    expect(text).toContain('orders   12,000 by tenant_id by tenant_id\n');
  });

  test('says what becomes of each operation, and how much of the load is left out', () => {
    expect(text).toMatch(/^order_of_tenant +30 % single +not runnable$/m);
    expect(text).toMatch(/^newest +10 % scatter +scatter$/m);
    expect(text.replaceAll(/\n */g, ' ')).toContain(
      'Not runnable, and so left out of the cells, is a part of the load: 30 % with order.',
    );
  });

  test('gives the reasons, and what both keys have once', () => {
    const reasons = text.split('\n\n').map((part) => part.replaceAll(/\n +/g, ' '));
    expect(reasons.find((part) => part.includes('joins orders'))?.split('\n')).toEqual([
      'With tenant and order: Operation newest does not fix the shard key of orders (tenant_id), ' +
        'so it asks all shards.',
      'With order: Operation order_of_tenant joins orders and lines, whose rows do not lie on ' +
        'the same shard.',
    ]);
  });

  test('says what is lost, and what nobody said where it should lie', () => {
    const notes = text.replaceAll(/\n */g, ' ');
    expect(notes).toContain('With order: No shard can hold these whole: foreign key (user_id)');
    expect(notes).toMatch(/products on every shard \(small: at most 100,000 rows, and at most 1 %/);
  });
});
