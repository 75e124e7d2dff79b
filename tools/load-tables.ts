import type { Table, TableColumn, TableGenerator, TableSet } from '../src/scenario/table-types.ts';

/** Text of the rows of one tenant and of all that hangs on it, about. */
export const tenantBytes = 43_200;

const column = (name: string, type: string, generator: TableGenerator, nulls = 0): TableColumn => ({
  name,
  type,
  generator,
  default: null,
  nulls,
});

const id = column('id', 'int8', { kind: 'id', style: 'serial' });
const made = column('made_at', 'timestamptz', { kind: 'timestamp' });
const parent = (name: string, table: string, of: string): TableColumn =>
  column(name, 'int8', { kind: 'parent', table, column: of });
const choice = (name: string, values: readonly string[]): TableColumn => {
  const weights = values.map(() => 1 / values.length);
  return column(name, 'text', { kind: 'choice', values, weights, per: 'row' });
};
const price = (name: string): TableColumn =>
  column(name, 'numeric(10,2)', { kind: 'number', min: 1, max: 5000, decimals: 2 });
const text = (name: string, bytes: number, nulls = 0): TableColumn =>
  column(name, 'text', { kind: 'text', bytes }, nulls);

function below(name: string, table: string, rows: Table['rows'], more: Partial<Table>): Table {
  const per = { kind: 'table', table } as const;
  return { name, per, rows, primary: [], unique: [], ...noKeys, columns: [], ...more };
}

const noKeys = { foreign: [], indexes: [], rowBytes: null } as const;
const tenantId = parent('tenant_id', 'tenants', 'id');
const foreign = (columns: string, table: string): Table['foreign'] => [
  { columns: [columns], table, references: ['id'], onDelete: 'no action' },
];

/** Ten tables as a shop has them: narrow rows mostly, and keys of one and of two columns. */
export const benchTables: TableSet = {
  keys: [],
  views: [],
  tables: [
    {
      ...noKeys,
      name: 'tenants',
      per: { kind: 'tenant' },
      rows: { kind: 'fixed', count: 1 },
      columns: [column('id', 'int8', { kind: 'tenant' }), choice('plan', ['free', 'pro']), made],
      primary: ['id'],
      unique: [],
    },
    {
      ...noKeys,
      name: 'countries',
      per: null,
      rows: { kind: 'fixed', count: 200 },
      columns: [id, text('name', 20)],
      primary: ['id'],
      unique: [],
    },
    {
      ...noKeys,
      name: 'products',
      per: null,
      rows: { kind: 'fixed', count: 5000 },
      columns: [id, text('title', 40), price('price')],
      primary: ['id'],
      unique: [],
    },
    below(
      'users',
      'tenants',
      { kind: 'range', from: 5, to: 15 },
      {
        columns: [
          tenantId,
          id,
          column('country_id', 'int8', { kind: 'pick', table: 'countries', column: 'id' }),
          column('name', 'text', { kind: 'words', words: ['bar', 'ought', 'able'], count: 3 }),
          made,
        ],
        primary: ['id'],
        foreign: [...foreign('tenant_id', 'tenants'), ...foreign('country_id', 'countries')],
      },
    ),
    below(
      'addresses',
      'users',
      { kind: 'fixed', count: 1 },
      {
        columns: [tenantId, parent('user_id', 'users', 'id'), text('street', 40), text('city', 16)],
        primary: ['user_id'],
        foreign: foreign('user_id', 'users'),
      },
    ),
    below(
      'sessions',
      'users',
      { kind: 'range', from: 1, to: 3 },
      {
        columns: [
          tenantId,
          parent('user_id', 'users', 'id'),
          column('id', 'uuid', { kind: 'id', style: 'uuid7' }),
          made,
        ],
        primary: ['id'],
      },
    ),
    below(
      'orders',
      'users',
      { kind: 'skewed', mean: 10, by: { distribution: 'lognormal', sigma: 1 } },
      {
        columns: [
          tenantId,
          parent('user_id', 'users', 'id'),
          column('id', 'int8', { kind: 'id', style: 'snowflake' }),
          choice('status', ['new', 'paid', 'sent', 'returned']),
          price('total'),
          made,
        ],
        primary: ['id'],
        foreign: foreign('user_id', 'users'),
        indexes: [['tenant_id', 'made_at']],
      },
    ),
    below(
      'lines',
      'orders',
      { kind: 'range', from: 1, to: 5 },
      {
        columns: [
          tenantId,
          parent('order_id', 'orders', 'id'),
          column('number', 'int4', { kind: 'sequence' }),
          column('product_id', 'int8', { kind: 'pick', table: 'products', column: 'id' }),
          column('quantity', 'int4', { kind: 'number', min: 1, max: 9, decimals: 0 }),
          price('price'),
        ],
        primary: ['order_id', 'number'],
        foreign: [...foreign('order_id', 'orders'), ...foreign('product_id', 'products')],
      },
    ),
    below(
      'payments',
      'orders',
      { kind: 'fixed', count: 1 },
      {
        columns: [
          tenantId,
          parent('order_id', 'orders', 'id'),
          text('reference', 24),
          column('paid_on', 'date', { kind: 'date', fromDay: 19_000, toDay: 20_000 }, 0.2),
          price('amount'),
        ],
        primary: ['order_id'],
      },
    ),
    below(
      'events',
      'users',
      { kind: 'range', from: 2, to: 8 },
      {
        columns: [
          tenantId,
          parent('user_id', 'users', 'id'),
          column('body', 'jsonb', { kind: 'json', bytes: 150 }),
          text('note', 60, 0.3),
          made,
        ],
      },
    ),
  ],
};
