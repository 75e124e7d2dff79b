import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type {
  BoundKey,
  KeyValue,
  Layout,
  OperationLayout,
  StatementRoute,
  TableLayout,
} from '../../scenario/layout-types.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import { shopOperations } from '../../scenario/tables-fixture.ts';
import type { Draw, ScriptParameter } from '../../scenario/table-types.ts';
import type { Operation } from '../../scenario/types.ts';
import { createArrivalRows } from '../arrival-rows.ts';
import type { Workload } from '../types.ts';
import { shopWorkload } from './shop-fixture.ts';
import { scriptWays } from './statement-ways.ts';
import { tableKey } from './table-key.ts';

const [, orderOfTenant] = shopOperations;
const script = present(orderOfTenant?.script, 'script');

const parameter = (column: string, form: 'value' | 'list' | 'from' | 'to'): ScriptParameter => ({
  kind: 'row',
  draw: 0,
  column,
  form,
});

/** One read of orders, of so many rows, with these parameters. */
function reading(rows: number, parameters: readonly ScriptParameter[]): Operation {
  const [first] = script.draws;
  const [statement] = script.statements;
  const draws: Draw[] = [{ ...present(first, 'draw'), rows }];
  const statements = [{ ...present(statement, 'statement'), parameters }];
  return {
    name: 'read',
    kind: 'read',
    weight: 1,
    statements: [],
    script: { ...script, draws, statements },
  };
}

/** The keys that it binds where all tables with a key lie by these columns of orders. */
function boundKeys(
  operation: Operation,
  place: Pick<TableLayout, 'keyColumns' | 'bits'>,
  route: StatementRoute,
) {
  const tables = tenantLayout.tables.flatMap((each): TableLayout[] =>
    each.table === 'orders' ? [{ ...each, ...place, placement: 'sharded' }] : [],
  );
  const laidOut: OperationLayout = {
    fate: 'multi',
    runs: 'own',
    statements: [{ fate: 'multi', route, locks: false }],
  };
  const layout: Layout = { key: 'tenant', tables, operations: [laidOut], lost: [] };
  const shop = shopWorkload();
  const workload: Workload = { ...shop, operations: [operation] };
  const rows = createArrivalRows(workload);
  const [ways] = scriptWays(workload, layout, rows);
  const way = present(ways?.statements[0], 'way');
  return { rows, way, key: tableKey(workload, present(tables[0], 'orders')) };
}

const by = (...keys: readonly BoundKey[]): StatementRoute => ({ to: 'keys', router: 'main', keys });
const keyOf = (...values: readonly KeyValue[]): BoundKey => ({ values });

function bytesBy(write: (out: Uint8Array) => number): number[] {
  const out = new Uint8Array(128);
  return [...out.subarray(0, write(out))];
}

test.each([
  ['one column', ['user_id'], undefined],
  ['a part of an integer', ['id'], { from: 12, count: 10 }],
  ['several columns', ['tenant_id', 'user_id'], undefined],
] as const)('%s: the key of a draw is that of its loaded row', (_, keyColumns, bits) => {
  const operation = reading(
    1,
    keyColumns.map((column) => parameter(column, 'value')),
  );
  const values = keyColumns.map((__, i): KeyValue => ({ parameter: i + 1 }));
  const place = bits === undefined ? { keyColumns } : { keyColumns, bits };
  const { rows, way, key } = boundKeys(operation, place, by(keyOf(...values)));
  if (way.to !== 'keys') throw new Error(way.to);
  const [bound] = way.keys;
  const met = new Set<string>();
  for (let number = 0; number < 50; number += 1) {
    rows.open(0, false, number % 7, number);
    expect(bound?.count()).toBe(1);
    const written = bytesBy((out) => bound?.write(0, 0, out) ?? 0);
    expect(written).toEqual(bytesBy((out) => key.write(rows.row(0, 0, 0), out)));
    expect(written.length).toBeGreaterThan(0);
    met.add(written.join(' '));
  }
  expect(met.size).toBeGreaterThan(bits === undefined ? 3 : 1);
});

test('a list has the key of each of its rows', () => {
  const operation = reading(4, [parameter('id', 'list')]);
  const route = by(keyOf({ parameter: 1, list: true }));
  const { rows, way, key } = boundKeys(operation, { keyColumns: ['id'] }, route);
  if (way.to !== 'keys') throw new Error(way.to);
  const [bound] = way.keys;
  rows.open(0, false, 0, 3);
  expect(bound?.count()).toBe(4);
  for (let i = 0; i < 4; i += 1) {
    const written = bytesBy((out) => bound?.write(0, i, out) ?? 0);
    expect(written).toEqual(bytesBy((out) => key.write(rows.row(0, 0, i), out)));
  }
});

test('a range is bound by the keys of its first and its last row', () => {
  const operation = reading(5, [parameter('id', 'from'), parameter('id', 'to')]);
  const route: StatementRoute = {
    to: 'range',
    router: 'main',
    low: { parameter: 1 },
    high: { parameter: 2 },
  };
  const { rows, way, key } = boundKeys(operation, { keyColumns: ['id'] }, route);
  if (way.to !== 'range') throw new Error(way.to);
  rows.open(0, false, 0, 3);
  for (const [end, index] of [
    [way.low, 0],
    [way.high, 4],
  ] as const) {
    const written = bytesBy((out) => end.write(0, 0, out));
    expect(written).toEqual(bytesBy((out) => key.write(rows.row(0, 0, index), out)));
  }
});

test('a value that only an earlier answer has names no shard: all are asked', () => {
  const operation = reading(1, [{ kind: 'answer', statement: 0, column: 'id' }]);
  const { way } = boundKeys(operation, { keyColumns: ['id'] }, by(keyOf({ parameter: 1 })));
  expect(way).toEqual({ to: 'all' });
});

test('constants and columns of draws are keys as well', () => {
  const values = [keyOf({ constant: '42' }), keyOf({ draw: 0, column: 'user_id' })];
  const { rows, way, key } = boundKeys(reading(1, []), { keyColumns: ['user_id'] }, by(...values));
  if (way.to !== 'keys') throw new Error(way.to);
  rows.open(0, false, 2, 9);
  const [constant, column] = way.keys.map((bound) => bytesBy((out) => bound.write(0, 0, out)));
  expect(constant).toEqual([42, 0, 0, 0, 0, 0, 0, 0]);
  expect(column).toEqual(bytesBy((out) => key.write(rows.row(0, 0, 0), out)));
});
