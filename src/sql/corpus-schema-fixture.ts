// A schema with every kind of table, and the rows that the statements of the corpus are about.
import type {
  Draw,
  DrawFrom,
  Script,
  ScriptParameter,
  Table,
  TableGenerator,
  TableSet,
} from '../scenario/table-types.ts';
import { sqlReaderFixture as reader } from './sql-reader-fixture.ts';

const number: TableGenerator = { kind: 'number', min: 0, max: 99, decimals: 0 };
const tenantOf: TableGenerator = { kind: 'parent', table: 'tenants', column: 'id' };

function table(
  name: string,
  per: string | null,
  columns: Readonly<Record<string, string | readonly [string, TableGenerator]>>,
  keys: Partial<Pick<Table, 'primary' | 'unique' | 'foreign'>>,
): Table {
  return {
    name,
    per:
      per === null ? null : per === 'tenant' ? { kind: 'tenant' } : { kind: 'table', table: per },
    rows: { kind: 'fixed', count: 10 },
    columns: Object.entries(columns).map(([column, of]) => {
      const [type, generator] = typeof of === 'string' ? [of, number] : of;
      return { name: column, type, generator, default: null, nulls: 0 };
    }),
    primary: [],
    unique: [],
    foreign: [],
    indexes: [],
    rowBytes: null,
    ...keys,
  };
}

const foreign = (columns: string[], to: string, references: string[], cascade = true) =>
  ({
    columns,
    table: to,
    references,
    onDelete: cascade ? 'cascade' : 'no action',
  }) as const;

/** By the key `tenant`; products are a reference table, settings at home, audit by its own key. */
export const corpusTables: TableSet = {
  tables: [
    table('products', null, { id: 'int8', title: 'text', price: 'int8' }, { primary: ['id'] }),
    table('audit', null, { id: 'int8', note: 'text' }, { primary: ['id'] }),
    table('settings', null, { name: 'text', value: 'int8' }, { primary: ['name'] }),
    table(
      'tenants',
      'tenant',
      { id: ['int8', { kind: 'tenant' }], name: 'text' },
      { primary: ['id'] },
    ),
    table(
      'users',
      'tenants',
      { tenant_id: ['int8', tenantOf], id: 'int8', email: 'text', region: 'text' },
      { primary: ['tenant_id', 'id'], unique: [['tenant_id', 'email'], ['email']] },
    ),
    table(
      'follows',
      'users',
      { tenant_id: ['int8', tenantOf], id: 'int8', to_tenant: 'int8', to_id: 'int8' },
      {
        primary: ['tenant_id', 'id'],
        foreign: [foreign(['to_tenant', 'to_id'], 'users', ['tenant_id', 'id'])],
      },
    ),
    table(
      'orders',
      'users',
      {
        tenant_id: ['int8', tenantOf],
        user_id: ['int8', { kind: 'parent', table: 'users', column: 'id' }],
        id: 'int8',
        total: 'int8',
        status: 'text',
        label: 'char(4)',
      },
      {
        primary: ['tenant_id', 'id'],
        foreign: [foreign(['tenant_id', 'user_id'], 'users', ['tenant_id', 'id'], false)],
      },
    ),
    table(
      'lines',
      'orders',
      {
        tenant_id: ['int8', tenantOf],
        order_id: ['int8', { kind: 'parent', table: 'orders', column: 'id' }],
        number: 'int4',
        product_id: 'int8',
        quantity: 'int4',
      },
      {
        primary: ['tenant_id', 'order_id', 'number'],
        foreign: [
          foreign(['tenant_id', 'order_id'], 'orders', ['tenant_id', 'id']),
          foreign(['product_id'], 'products', ['id'], false),
        ],
      },
    ),
    table(
      'nodes',
      'tenants',
      { tenant_id: ['int8', tenantOf], id: 'int4', parent_id: 'int4' },
      { primary: ['tenant_id', 'id'] },
    ),
    table(
      'Größe',
      'tenants',
      { tenant_id: ['int4', tenantOf], Wert: 'int4', select: 'text' },
      { primary: ['tenant_id', 'Wert'] },
    ),
  ],
  keys: [
    {
      name: 'tenant',
      columns: [
        { table: 'tenants', columns: ['id'] },
        ...['users', 'follows', 'orders', 'lines', 'nodes', 'Größe'].map((name) => ({
          table: name,
          columns: ['tenant_id'],
        })),
      ],
    },
  ],
  views: [
    { name: 'new_orders', sql: "select * from orders where status = 'new'" },
    { name: 'large_orders', sql: 'select tenant_id, id, total from new_orders where total > 20' },
    {
      name: 'sold',
      sql: `select tenant_id, product_id, sum(quantity) as pieces from lines
            group by tenant_id, product_id`,
    },
    {
      name: 'newest',
      sql: 'select tenant_id, id, total from orders order by id desc limit 3',
    },
  ],
};

export const corpusChoices = {
  reference: ['products'],
  home: ['settings'],
  own: [{ table: 'audit', columns: ['id'] }],
};

const draw = (name: string, of: string, from: DrawFrom, rows = 1): Draw => ({
  name,
  table: of,
  from,
  group: 0,
  rows,
});

/** An order, its user and one of its lines; an order of another tenant; new rows; others. */
export const corpusDraws: readonly Draw[] = [
  draw('orders', 'orders', { kind: 'tenant' }),
  draw('users', 'users', { kind: 'ancestor', draw: 0 }),
  draw('lines', 'lines', { kind: 'descendant', draw: 0 }),
  draw('other', 'orders', { kind: 'remote', fraction: 0.5 }),
  draw('any', 'tenants', { kind: 'remote', fraction: 1 }, 3),
  draw('some', 'orders', { kind: 'tenant' }, 3),
  draw('products', 'products', { kind: 'tenant' }),
  draw('audit', 'audit', { kind: 'tenant' }),
  draw('settings', 'settings', { kind: 'tenant' }),
  draw('nodes', 'nodes', { kind: 'tenant' }),
  draw('new.orders', 'orders', { kind: 'new', parent: 1 }),
  draw('new.lines', 'lines', { kind: 'new', parent: 0 }),
  draw('new.users', 'users', { kind: 'new', parent: null }),
  draw('new.audit', 'audit', { kind: 'new', parent: null }),
];

const suffixes = { _list: 'list', _from: 'from', _to: 'to' } as const;

export function corpusParameter(name: string): ScriptParameter {
  const at = name.lastIndexOf('.');
  const [of, written] = [name.slice(0, at), name.slice(at + 1)];
  const index = corpusDraws.findIndex((each) => each.name === of);
  if (index === -1) return { kind: 'value', value: 0 };
  for (const [suffix, form] of Object.entries(suffixes)) {
    if (!written.endsWith(suffix)) continue;
    return { kind: 'row', draw: index, column: written.slice(0, -suffix.length), form };
  }
  return { kind: 'row', draw: index, column: written, form: 'value' };
}

/** An operation of one statement; `:amount` is a number of its own. */
export function corpusScript(sql: string): Script {
  const { text, names } = reader.read(sql);
  return {
    transaction: 'implicit',
    draws: corpusDraws,
    values: [
      { name: 'amount', group: 0, generator: { kind: 'number', min: 1, max: 9, decimals: 0 } },
    ],
    groups: [{ repeat: { kind: 'times', from: 1, to: 1 }, steps: [{ statement: 0 }] }],
    statements: [
      { sql, text, parameters: names.map(corpusParameter), as: null, group: 0, path: [] },
    ],
  };
}
