// TPC-C 5.11, clauses 2.4.1 and 2.5.1: what New-Order and Payment draw.
import { expect, test } from 'vitest';
import type {
  Draw,
  Group,
  RowCount,
  Script,
  Table,
  TableGenerator,
} from '../../scenario/table-types.ts';
import type { Operation } from '../../scenario/types.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { createArrivalRows } from '../arrival-rows.ts';
import { arrivalStream } from '../arrivals.ts';
import { measurePhase } from '../phases.ts';
import { buildWorkload } from '../workload.ts';
import { loadedOf } from './script-fixture.ts';

const warehouses = 100;

function table(
  name: string,
  per: string | null,
  count: number | RowCount,
  columns: Readonly<Record<string, TableGenerator>>,
): Table {
  return {
    name,
    per:
      per === null ? null : per === 'tenant' ? { kind: 'tenant' } : { kind: 'table', table: per },
    rows: typeof count === 'number' ? { kind: 'fixed', count } : count,
    columns: Object.entries(columns).map(([column, generator]) => ({
      name: column,
      type: 'int4',
      generator,
      default: null,
      nulls: 0,
    })),
    primary: [],
    unique: [],
    foreign: [],
    indexes: [],
    rowBytes: null,
  };
}

const warehouse: TableGenerator = { kind: 'parent', table: 'warehouse', column: 'w_id' };
const district: TableGenerator = { kind: 'parent', table: 'district', column: 'd_id' };
const order: TableGenerator = { kind: 'parent', table: 'orders', column: 'o_id' };
const sequence: TableGenerator = { kind: 'sequence' };

const tables = [
  table('warehouse', 'tenant', 1, { w_id: { kind: 'tenant' } }),
  table('district', 'warehouse', 10, { d_w_id: warehouse, d_id: sequence }),
  table('customer', 'district', 30, { c_w_id: warehouse, c_d_id: district, c_id: sequence }),
  table('history', 'customer', 1, { h_w_id: warehouse }),
  table('item', null, 1000, { i_id: sequence }),
  table('stock', 'warehouse', 1000, { s_w_id: warehouse, s_i_id: sequence }),
  table('orders', 'district', 30, { o_w_id: warehouse, o_d_id: district, o_id: sequence }),
  table(
    'order_line',
    'orders',
    { kind: 'range', from: 5, to: 15 },
    {
      ol_w_id: warehouse,
      ol_d_id: district,
      ol_o_id: order,
      ol_number: sequence,
    },
  ),
];

const draw = (name: string, from: Draw['from'], group = 0): Draw => ({
  name,
  table: name.replace(/^new\.|^supply\./, ''),
  from,
  group,
  rows: 1,
});

function operation(
  name: string,
  weight: number,
  draws: readonly Draw[],
  repeat?: Group['repeat'],
): Operation {
  const once: Group = { repeat: { kind: 'times', from: 1, to: 1 }, steps: [] };
  const groups = repeat === undefined ? [once] : [once, { repeat, steps: [] }];
  const rest = { values: [], groups, statements: [] };
  const script: Script = { transaction: 'interactive', draws, ...rest };
  return { name, kind: 'write', weight, statements: [], script };
}

const newOrder = operation(
  'new_order',
  45,
  [
    draw('district', { kind: 'tenant' }),
    draw('customer', { kind: 'descendant', draw: 0 }),
    draw('new.orders', { kind: 'new', parent: 0 }),
    draw('item', { kind: 'nurand', a: 8191 }, 1),
    draw('supply.warehouse', { kind: 'remote', fraction: 0.01 }, 1),
    draw('new.order_line', { kind: 'new', parent: 2 }, 1),
  ],
  { kind: 'times', from: 5, to: 15 },
);
const payment = operation('payment', 43, [
  draw('district', { kind: 'tenant' }),
  draw('customer', { kind: 'remote', fraction: 0.15 }),
  draw('new.history', { kind: 'new', parent: 1 }),
]);

const workload = buildWorkload(
  tinyScenario({
    tenants: { distribution: 'uniform', count: warehouses, idType: 'int8' },
    tables: { tables, keys: [], views: [] },
    operations: [newOrder, payment],
    arrivals: { process: 'constant', ratePerSecond: 100_000 },
    warmupMs: 0,
    durationMs: 1000,
  }),
  null,
);

test('100,000 transactions draw what the specification says', () => {
  const rows = createArrivalRows(workload);
  const stream = arrivalStream(workload, measurePhase(workload, 0));
  const [customers, districts, stores] = ['customer', 'district', 'warehouse'].map((name) =>
    loadedOf(workload, name),
  );
  const found = { orders: 0, lines: 0, remoteLines: 0, payments: 0, remotePayments: 0 };
  const orderLines = new Set<string>();
  const newOrders = new Set<string>();
  for (let number = 0; stream.next(); number += 1) {
    expect(stream.row).toBe(number);
    const { tenant, operation: index } = stream;
    rows.open(index, false, tenant, number);
    if (index === 1) {
      found.payments += 1;
      const of = customers?.tenantOf?.[rows.row(1, 0, 0)];
      if (of !== tenant) found.remotePayments += 1;
      continue;
    }
    found.orders += 1;
    const lines = rows.repetitions(1);
    found.lines += lines;
    expect(districts?.tenantOf?.[rows.row(0, 0, 0)]).toBe(tenant);
    expect(customers?.parentOf?.[rows.row(1, 0, 0)]).toBe(rows.row(0, 0, 0));
    const key = ['o_w_id', 'o_d_id', 'o_id'].map((column) => rows.text(2, 0, 0, column)).join();
    newOrders.add(key);
    for (let line = 0; line < lines; line += 1) {
      const supply = rows.row(4, line, 0);
      if (stores?.tenantOf?.[supply] !== tenant) found.remoteLines += 1;
      const above = ['ol_w_id', 'ol_d_id', 'ol_o_id'].map((column) =>
        rows.text(5, line, 0, column),
      );
      if (above.join() !== key) throw new Error(`line of ${above.join()} below ${key}`);
    }
    orderLines.add(`${key}/${rows.text(5, lines - 1, 0, 'ol_number')}/${lines}`);
  }
  expect(found.orders + found.payments).toBe(100_000);
  expect(newOrders.size).toBe(found.orders);
  expect(orderLines.size).toBe(found.orders);
  const remoteLines = found.remoteLines / found.lines;
  expect(remoteLines).toBeGreaterThan(0.0095);
  expect(remoteLines).toBeLessThan(0.0105);
  const remotePayments = found.remotePayments / found.payments;
  expect(remotePayments).toBeGreaterThan(0.14);
  expect(remotePayments).toBeLessThan(0.16);
  const perOrder = found.lines / found.orders;
  expect(perOrder).toBeGreaterThan(9.5);
  expect(perOrder).toBeLessThan(10.5);
});
