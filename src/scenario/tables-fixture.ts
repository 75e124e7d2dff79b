// A small shop with every kind of table, by hand: what the parser makes of the same scenario, for
// tests of what comes after it.
import type {
  Draw,
  ScriptParameter,
  ScriptStatement,
  Table,
  TableColumn,
  TableGenerator,
  TableSet,
} from './table-types.ts';
import type { Operation } from './types.ts';

function column(name: string, type: string, generator: TableGenerator): TableColumn {
  return { name, type, generator, default: null, nulls: 0 };
}

const noConstraints = { unique: [], foreign: [], indexes: [], rowBytes: null } as const;

const tenantOf = (table: string, name: string): TableColumn =>
  column('tenant_id', 'int8', { kind: 'parent', table, column: name });

const tenants: Table = {
  ...noConstraints,
  name: 'tenants',
  per: { kind: 'tenant' },
  rows: { kind: 'fixed', count: 1 },
  columns: [
    column('id', 'int8', { kind: 'tenant' }),
    column('name', 'text', { kind: 'words', words: ['bar', 'ought', 'able'], count: 2 }),
  ],
  primary: ['id'],
};

const users: Table = {
  ...noConstraints,
  name: 'users',
  per: { kind: 'table', table: 'tenants' },
  rows: { kind: 'range', from: 2, to: 6 },
  columns: [
    tenantOf('tenants', 'id'),
    column('id', 'int8', { kind: 'id', style: 'serial' }),
    column('region', 'text', {
      kind: 'choice',
      values: ['eu', 'us', 'ap'],
      weights: [0.5, 0.3, 0.2],
      per: 'row',
    }),
  ],
  primary: ['id'],
  foreign: [
    { columns: ['tenant_id'], table: 'tenants', references: ['id'], onDelete: 'no action' },
  ],
};

const products: Table = {
  ...noConstraints,
  name: 'products',
  per: null,
  rows: { kind: 'fixed', count: 50 },
  columns: [
    column('id', 'int8', { kind: 'id', style: 'serial' }),
    column('title', 'text', { kind: 'text', bytes: 12 }),
    column('price', 'numeric(8,2)', { kind: 'number', min: 1, max: 90, decimals: 2 }),
  ],
  primary: ['id'],
};

const orders: Table = {
  ...noConstraints,
  name: 'orders',
  per: { kind: 'table', table: 'users' },
  rows: { kind: 'skewed', mean: 4, by: { distribution: 'zipf', exponent: 0.9 } },
  columns: [
    tenantOf('tenants', 'id'),
    column('user_id', 'int8', { kind: 'parent', table: 'users', column: 'id' }),
    column('id', 'int8', { kind: 'id', style: 'snowflake' }),
    column('placed_at', 'timestamptz', { kind: 'timestamp' }),
    column('note', 'jsonb', { kind: 'json', bytes: 40 }),
  ],
  primary: ['id'],
  foreign: [
    { columns: ['user_id'], table: 'users', references: ['id'], onDelete: 'no action' },
    { columns: ['tenant_id'], table: 'tenants', references: ['id'], onDelete: 'no action' },
  ],
  indexes: [['tenant_id', 'placed_at']],
};

const lines: Table = {
  ...noConstraints,
  name: 'lines',
  per: { kind: 'table', table: 'orders' },
  rows: { kind: 'range', from: 1, to: 5 },
  columns: [
    tenantOf('tenants', 'id'),
    column('order_id', 'int8', { kind: 'parent', table: 'orders', column: 'id' }),
    column('number', 'int4', { kind: 'sequence' }),
    column('product_id', 'int8', { kind: 'pick', table: 'products', column: 'id' }),
    column('quantity', 'int4', { kind: 'number', min: 1, max: 9, decimals: 0 }),
  ],
  primary: ['order_id', 'number'],
  foreign: [
    { columns: ['order_id'], table: 'orders', references: ['id'], onDelete: 'cascade' },
    { columns: ['product_id'], table: 'products', references: ['id'], onDelete: 'no action' },
  ],
};

/** Keys: tenant (in all but products), user, and any column's name. */
export const shopTables: TableSet = {
  tables: [tenants, users, products, orders, lines],
  keys: [
    {
      name: 'tenant',
      columns: [
        { table: 'tenants', columns: ['id'] },
        { table: 'users', columns: ['tenant_id'] },
        { table: 'orders', columns: ['tenant_id'] },
        { table: 'lines', columns: ['tenant_id'] },
      ],
    },
  ],
  views: [],
};

const row = (draw: number, name: string): ScriptParameter => ({
  kind: 'row',
  draw,
  column: name,
  form: 'value',
});

function statement(
  sql: string,
  text: string,
  parameters: readonly ScriptParameter[],
  more: Partial<Pick<ScriptStatement, 'as' | 'group'>> = {},
): ScriptStatement {
  return { sql, text, parameters, as: null, group: 0, path: [], ...more };
}

const draw = (name: string, table: string, from: Draw['from'], group = 0): Draw => ({
  name,
  table,
  from,
  group,
  rows: 1,
});

const placeOrder: Operation = {
  name: 'place_order',
  kind: 'write',
  weight: 60,
  statements: [],
  script: {
    transaction: 'interactive',
    draws: [
      draw('users', 'users', { kind: 'tenant' }),
      draw('new.orders', 'orders', { kind: 'new', parent: 0 }),
      draw('products', 'products', { kind: 'tenant' }, 1),
      draw('new.lines', 'lines', { kind: 'new', parent: 1 }, 1),
    ],
    values: [
      {
        name: 'quantity',
        group: 1,
        generator: { kind: 'number', min: 1, max: 9, decimals: 0 },
      },
    ],
    groups: [
      {
        repeat: { kind: 'times', from: 1, to: 1 },
        steps: [{ statement: 0 }, { group: 1 }],
      },
      {
        repeat: { kind: 'times', from: 2, to: 4 },
        steps: [{ statement: 1 }, { statement: 2 }],
      },
    ],
    statements: [
      statement(
        `insert into orders (tenant_id, user_id, id, placed_at, note) values (
 :new.orders.tenant_id, :new.orders.user_id, :new.orders.id, :new.orders.placed_at,
 :new.orders.note) returning id`,
        `insert into orders (tenant_id, user_id, id, placed_at, note) values (
 $1, $2, $3, $4,
 $5) returning id`,
        [row(1, 'tenant_id'), row(1, 'user_id'), row(1, 'id'), row(1, 'placed_at'), row(1, 'note')],
        { as: 'placed' },
      ),
      statement(
        'select price from products where id = :products.id',
        'select price from products where id = $1',
        [row(2, 'id')],
        { group: 1 },
      ),
      statement(
        `insert into lines (tenant_id, order_id, number, product_id, quantity)
 values (:new.lines.tenant_id, :placed.id, :new.lines.number, :products.id, :quantity)`,
        `insert into lines (tenant_id, order_id, number, product_id, quantity)
 values ($1, $2, $3, $4, $5)`,
        [
          row(3, 'tenant_id'),
          { kind: 'answer', statement: 0, column: 'id' },
          row(3, 'number'),
          row(2, 'id'),
          { kind: 'value', value: 0 },
        ],
        { group: 1 },
      ),
    ],
  },
};

const once = { kind: 'times', from: 1, to: 1 } as const;

const orderOfTenant: Operation = {
  name: 'order_of_tenant',
  kind: 'read',
  weight: 30,
  statements: [],
  script: {
    transaction: 'implicit',
    draws: [draw('orders', 'orders', { kind: 'tenant' })],
    values: [],
    groups: [{ repeat: once, steps: [{ statement: 0 }] }],
    statements: [
      statement(
        `select * from orders join lines on lines.order_id = orders.id
 and lines.tenant_id = orders.tenant_id
 where orders.tenant_id = :orders.tenant_id and orders.id = :orders.id`,
        `select * from orders join lines on lines.order_id = orders.id
 and lines.tenant_id = orders.tenant_id
 where orders.tenant_id = $1 and orders.id = $2`,
        [row(0, 'tenant_id'), row(0, 'id')],
      ),
    ],
  },
};

const newest: Operation = {
  name: 'newest',
  kind: 'read',
  weight: 10,
  statements: [],
  script: {
    transaction: 'implicit',
    draws: [],
    values: [],
    groups: [{ repeat: once, steps: [{ statement: 0 }] }],
    statements: [
      statement(
        'select id from orders order by placed_at desc limit 5',
        'select id from orders order by placed_at desc limit 5',
        [],
      ),
    ],
  },
};

export const shopOperations: readonly Operation[] = [placeOrder, orderOfTenant, newest];
