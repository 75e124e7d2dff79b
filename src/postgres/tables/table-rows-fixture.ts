import { present } from '../../base/assert.ts';
import type { Table, TableColumn } from '../../scenario/table-types.ts';
import { shopTables } from '../../scenario/tables-fixture.ts';
import type { CopyColumn } from '../../workload/tables/copy-column.ts';
import { copyText } from '../../workload/tables/copy-texts.ts';
import { type CellText, everyShard, type TableRows } from './table-rows.ts';

const tenantCount = 10;
const usersPerTenant = 3;
const ordersPerUser = 4;
const linesPerOrder = 2;
const productCount = 50;

const users = tenantCount * usersPerTenant;
const orders = users * ordersPerUser;
const counts: Readonly<Record<string, number>> = {
  tenants: tenantCount,
  users,
  products: productCount,
  orders,
  lines: orders * linesPerOrder,
};

/** Tenant of a row of a table that has them. */
const tenantOf: Readonly<Record<string, (row: number) => number>> = {
  tenants: (row) => row,
  users: (row) => Math.floor(row / usersPerTenant),
  orders: (row) => Math.floor(row / (usersPerTenant * ordersPerUser)),
  lines: (row) => Math.floor(row / (usersPerTenant * ordersPerUser * linesPerOrder)),
};

const values: Readonly<Record<string, CellText>> = {
  'tenants.id': (row) => String(row),
  'tenants.name': (row) => `tenant\t${row}\\ "with" 'quotes' é漢😀`,
  'users.tenant_id': (row) => String(tenantOf['users']?.(row)),
  'users.id': (row) => String(row + 1),
  'users.region': (row) => present(['eu', 'us', 'ap'][row % 3], 'region'),
  'products.id': (row) => String(row + 1),
  'products.title': (row) => `product ${row}`,
  'products.price': (row) => (row + 0.25).toFixed(2),
  'orders.tenant_id': (row) => String(tenantOf['orders']?.(row)),
  'orders.user_id': (row) => String(Math.floor(row / ordersPerUser) + 1),
  'orders.id': (row) => String(row * 4096),
  'orders.placed_at': (row) => new Date(1.7e12 + row * 1000).toISOString(),
  'orders.note': (row) => JSON.stringify({ row, text: 'back\\slash\nline' }),
  'lines.tenant_id': (row) => String(tenantOf['lines']?.(row)),
  'lines.order_id': (row) => String(Math.floor(row / linesPerOrder) * 4096),
  'lines.number': (row) => String((row % linesPerOrder) + 1),
  'lines.product_id': (row) => String((row % productCount) + 1),
  'lines.quantity': (row) => String((row % 9) + 1),
};

/** A column of texts as COPY takes it. */
export function columnOf(text: CellText, count: number): CopyColumn {
  const bytes = Array.from({ length: count }, (_, row) => {
    const value = text(row);
    return value === null ? null : copyText(value);
  });
  return {
    maxBytes: Math.max(0, ...bytes.map((each) => each?.length ?? 0)),
    write: (row, out, at) => {
      const value = bytes[row] ?? null;
      if (value === null) return -1;
      out.set(value, at);
      return at + value.length;
    },
  };
}

/** With their columns as COPY takes them. */
const whole = (rows: Omit<TableRows, 'column'>): TableRows => ({
  ...rows,
  column: (table, name) => columnOf(rows.text(table, name), rows.count(table)),
});

/** The rows of the shop, made by hand; tenants in turn on so many shards, products on all. */
export function shopRows(
  shards: number,
  other: Readonly<Record<string, CellText>> = {},
): TableRows {
  const nameOf = (table: number): string => present(shopTables.tables[table], 'table').name;
  return whole({
    set: shopTables,
    count: (table) => present(counts[nameOf(table)], 'count'),
    text: (table, column) => {
      const name = `${nameOf(table)}.${column}`;
      return present(other[name] ?? values[name], name);
    },
    shardOf: (table) => {
      const tenant = tenantOf[nameOf(table)];
      return tenant === undefined ? () => everyShard : (row) => tenant(row) % shards;
    },
  });
}

/** Rows that are written out, all of them on one shard. */
export function givenRows(
  tables: readonly (Pick<Table, 'name' | 'columns'> & Partial<Table>)[],
  rows: Readonly<Record<string, readonly (readonly (string | null)[])[]>>,
  more: Partial<TableRows['set']> = {},
): TableRows {
  const built = tables.map(
    (table): Table => ({
      per: null,
      rows: { kind: 'fixed', count: rows[table.name]?.length ?? 0 },
      primary: [],
      unique: [],
      foreign: [],
      indexes: [],
      rowBytes: null,
      ...table,
    }),
  );
  const of = (table: number): readonly (readonly (string | null)[])[] =>
    rows[present(built[table], 'table').name] ?? [];
  return whole({
    set: { tables: built, keys: [], views: [], ...more },
    count: (table) => of(table).length,
    text: (table, column) => {
      const filled = present(built[table], 'table').columns.filter((each) => each.generator);
      const at = filled.findIndex(({ name }) => name === column);
      return (row) => of(table)[row]?.[at] ?? null;
    },
    shardOf: () => () => 0,
  });
}

/** A column that is filled. */
export const filled = (name: string, type: string, nulls = 0): TableColumn => ({
  name,
  type,
  generator: { kind: 'text', bytes: 1 },
  default: null,
  nulls,
});
