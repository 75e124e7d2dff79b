import type { KeyType } from '../base/keys.ts';
import type { z } from 'zod';
import type { operationInput } from './operation-input.ts';
import type { tableInput } from './table-input.ts';

export const sqlTypes: Readonly<Record<KeyType, string>> = {
  // Byte order: the order in which the range router compares, and the cheapest one.
  text: 'text collate "C"',
  int8: 'int8',
  uuid: 'uuid',
};

/** The table of a scenario that has none: orders of a shop with many tenants. */
export function ordersTable(idType: KeyType): z.input<typeof tableInput> {
  return {
    ddl: [
      `create table orders (
  tenant_id ${sqlTypes[idType]} not null,
  user_id int8 not null,
  order_id int8 not null,
  region text not null,
  status text not null default 'new',
  created_at timestamptz not null,
  total numeric(12, 2) not null,
  payload text not null
)`,
    ],
    // One for each way to find an order, so that every operation is a look-up on each shard.
    indexes: [
      'alter table orders add primary key (order_id)',
      'create index orders_by_tenant on orders (tenant_id, created_at desc)',
      'create index orders_by_user on orders (user_id, created_at desc)',
    ],
    table: 'orders',
    columns: {
      tenant_id: 'tenant',
      user_id: { user: 50 },
      order_id: 'id',
      region: { choice: ['eu-west', 'us-east', 'ap-south'], per: 'tenant' },
      created_at: 'timestamp',
      total: { number: { min: 1, max: 500, decimals: 2 } },
      payload: { text: 300 },
    },
  };
}

/** The operations of a scenario that has none; in percent. */
export const ordersOperations: readonly z.input<typeof operationInput>[] = [
  {
    name: 'place_order',
    kind: 'write',
    weight: 45,
    binds: ['tenant_id', 'user_id', 'order_id', 'region'],
    sql: `insert into orders (tenant_id, user_id, order_id, region, created_at, total, payload)
values (:tenant_id, :user_id, :order_id, :region, :created_at, :total, :payload)`,
  },
  {
    name: 'change_status',
    kind: 'write',
    weight: 15,
    binds: ['tenant_id', 'order_id'],
    sql: `update orders set status = 'paid'
where tenant_id = :tenant_id and order_id = :order_id`,
  },
  {
    name: 'recent_orders',
    kind: 'read',
    weight: 25,
    binds: ['tenant_id'],
    sql: `select order_id, status, created_at, total from orders
where tenant_id = :tenant_id order by created_at desc limit 20`,
  },
  {
    name: 'user_orders',
    kind: 'read',
    weight: 8,
    binds: ['user_id'],
    sql: `select order_id, status, created_at, total from orders
where user_id = :user_id order by created_at desc limit 20`,
  },
  {
    name: 'order_by_id',
    kind: 'read',
    weight: 5,
    binds: ['order_id'],
    sql: 'select * from orders where order_id = :order_id',
  },
  {
    // The newest thousand of each shard: an aggregate over all rows would be a full scan, and a few
    // of those a second fill a small machine.
    name: 'summary',
    kind: 'read',
    weight: 2,
    binds: [],
    sql: `select region, count(*), sum(total)
from (select region, total from orders order by order_id desc limit 1000) as newest
group by region`,
  },
];
