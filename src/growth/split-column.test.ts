import { expect, test } from 'vitest';
import {
  change,
  operation,
  ordersWorkload,
  place,
  recent,
  statement,
} from '../workload/orders-fixture.ts';
import { splitColumn } from './split-column.ts';

const byUser = operation('by_user', 'read', statement(['tenant_id', 'user_id']));

test('the column that most of the load names beside the key', () => {
  // place names both; change names the order, by_user the user.
  const orders = ordersWorkload({ operations: [place, { ...change, weight: 5 }, byUser, recent] });
  expect(splitColumn(orders, 'tenant_id')).toStrictEqual({
    name: 'order_id',
    singleBefore: 1,
    singleAfter: 6 / 8,
  });
  const users = ordersWorkload({ operations: [place, change, { ...byUser, weight: 5 }, recent] });
  expect(splitColumn(users, 'tenant_id')?.name).toBe('user_id');
});

test('only one that every insert fixes, and not the key itself', () => {
  const narrow = operation('place', 'write', statement(['tenant_id', 'order_id'], true));
  const users = ordersWorkload({ operations: [narrow, { ...byUser, weight: 5 }] });
  expect(splitColumn(users, 'tenant_id')?.name).toBe('order_id');
  const neither = operation('place', 'write', statement(['tenant_id', 'region'], true));
  expect(splitColumn(ordersWorkload({ operations: [neither, recent] }), 'tenant_id')).toBeNull();
  expect(splitColumn(users, 'tenant_id+order_id')).toBeNull();
});
