// Any chain of three tables, loaded and in arrivals: what is said twice is said alike.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IdStyle } from '../../scenario/id-styles.ts';
import { idKeyTypes, idStyles } from '../../scenario/id-styles.ts';
import type { RowCount, Table, TableGenerator } from '../../scenario/table-types.ts';
import { createArrivalRows } from '../arrival-rows.ts';
import type { Workload } from '../types.ts';
import { columnText } from './column-text.ts';
import { drawColumnKey } from './draw-keys.ts';
import { draw, loadedOf, operation } from './script-fixture.ts';
import { shopWorkload } from './shop-fixture.ts';
import { tableKey } from './table-key.ts';

function table(
  name: string,
  per: Table['per'],
  rows: RowCount,
  columns: Readonly<Record<string, readonly [string, TableGenerator]>>,
): Table {
  return {
    name,
    per,
    rows,
    columns: Object.entries(columns).map(([column, [type, generator]]) => ({
      name: column,
      type,
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

const below = (name: string): Table['per'] => ({ kind: 'table', table: name });

/** c below b below a, which hangs on tenants or on nothing; c picks rows of all three. */
function chain(style: IdStyle, ofTenants: boolean, counts: readonly RowCount[]): readonly Table[] {
  const type = idKeyTypes[style];
  const id: readonly [string, TableGenerator] = [type, { kind: 'id', style }];
  const [a, b, c] = counts;
  const none = { kind: 'fixed', count: 0 } as const;
  const parent = (of: string, column: string): readonly [string, TableGenerator] => [
    type,
    { kind: 'parent', table: of, column },
  ];
  const pick = (of: string): readonly [string, TableGenerator] => [
    type,
    { kind: 'pick', table: of, column: 'id' },
  ];
  return [
    table('a', ofTenants ? { kind: 'tenant' } : null, a ?? none, { id }),
    table('b', below('a'), b ?? none, { id, a_id: parent('a', 'id') }),
    table('c', below('b'), c ?? none, {
      id,
      b_id: parent('b', 'id'),
      a_id: parent('b', 'a_id'),
      a_again: parent('a', 'id'),
      number: ['int4', { kind: 'sequence' }],
      other_a: pick('a'),
      other_b: pick('b'),
      other_c: pick('c'),
    }),
  ];
}

const count: fc.Arbitrary<RowCount> = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), count: fc.integer({ min: 0, max: 3 }) }),
  fc
    .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 4 }))
    .map(([from, more]) => ({ kind: 'range' as const, from, to: from + more })),
);

/** An arrival's rows: c below a drawn b, and a new b with new ones of c below a drawn a. */
const drawn = operation(
  [
    draw('a', { kind: 'tenant' }),
    draw('b', { kind: 'new', parent: 0 }),
    draw('c', { kind: 'new', parent: 1 }, { group: 1 }),
    draw('b', { kind: 'tenant' }),
    draw('c', { kind: 'new', parent: 3 }, { group: 1, name: 'another' }),
  ],
  { kind: 'times', from: 0, to: 3 },
);

const workloads = fc
  .tuple(
    fc.constantFrom(...idStyles),
    fc.boolean(),
    fc.array(count, { minLength: 3, maxLength: 3 }),
    fc.integer({ min: 0, max: 2 ** 40 }),
  )
  .map(([style, ofTenants, counts, seed]) =>
    shopWorkload({ seed, operations: [drawn] }, (set) => ({
      ...set,
      tables: chain(style, ofTenants, counts),
      keys: [],
    })),
  );

const hex = (bytes: Uint8Array, length: number): string =>
  Buffer.from(bytes.subarray(0, length)).toString('hex');

function loadedKeys(workload: Workload, of: string, column: string): string[] {
  const key = tableKey(workload, {
    table: of,
    placement: 'sharded',
    keyColumns: [column],
    reason: 'key',
  });
  const out = new Uint8Array(key.maxBytes);
  return Array.from({ length: loadedOf(workload, of).count }, (_, row) =>
    hex(out, key.write(row, out)),
  );
}

test('loaded rows: keys of children are their parents’, and picked rows exist', () => {
  fc.assert(
    fc.property(workloads, (workload) => {
      const ids = Object.fromEntries(
        ['a', 'b', 'c'].map((name) => [name, loadedKeys(workload, name, 'id')]),
      );
      for (const own of Object.values(ids)) expect(new Set(own).size).toBe(own.length);
      const [b, c] = [loadedOf(workload, 'b'), loadedOf(workload, 'c')];
      const above = Array.from(c.parentOf ?? [], (row) => ids['b']?.[row]);
      const top = Array.from(c.parentOf ?? [], (row) => ids['a']?.[b.parentOf?.[row] ?? -1]);
      expect(loadedKeys(workload, 'c', 'b_id')).toEqual(above);
      expect(loadedKeys(workload, 'c', 'a_id')).toEqual(top);
      expect(loadedKeys(workload, 'c', 'a_again')).toEqual(top);
      for (const name of ['a', 'b', 'c']) {
        const known = new Set(ids[name]);
        const picked = loadedKeys(workload, 'c', `other_${name}`);
        expect(picked.filter((id) => !known.has(id))).toEqual([]);
      }
    }),
    { numRuns: 30 },
  );
});

test('arrivals: new rows hang together, and no key comes twice', () => {
  fc.assert(
    fc.property(workloads, (workload) => {
      const rows = createArrivalRows(workload);
      const keys = ['id', 'b_id', 'a_id', 'a_again'].map((column) =>
        drawColumnKey(workload, rows, 'c', column),
      );
      const [bId, aId] = ['b', 'a'].map((name) => drawColumnKey(workload, rows, name, 'id'));
      const out = new Uint8Array(16);
      const [number, parent] = ['number', 'b_id'].map((name) => columnText(workload, 'c')(name));
      const places = loadedKeys(workload, 'c', 'id').map(
        (_, row) => `${parent?.(row)}/${number?.(row)}`,
      );
      const ids = loadedKeys(workload, 'c', 'id');
      for (let arrival = 0; arrival < 40; arrival += 1) {
        rows.open(0, false, arrival % 60, arrival);
        for (let time = 0; time < rows.repetitions(1); time += 1) {
          const [id, ownB, ownA, again] = keys.map((key) => hex(out, key.write(2, time, 0, out)));
          expect(ownB).toBe(hex(out, bId?.write(1, 0, 0, out) ?? 0));
          expect(ownA).toBe(hex(out, aId?.write(0, 0, 0, out) ?? 0));
          expect(again).toBe(ownA);
          const other = hex(out, keys[0]?.write(4, time, 0, out) ?? 0);
          for (const [at, text] of [
            [2, id],
            [4, other],
          ] as const) {
            if (rows.row(at, time, 0) < 0) continue;
            ids.push(text ?? '');
            places.push(`${rows.text(at, time, 0, 'b_id')}/${rows.text(at, time, 0, 'number')}`);
          }
        }
      }
      expect(new Set(ids).size).toBe(ids.length);
      expect(new Set(places).size).toBe(places.length);
    }),
    { numRuns: 30 },
  );
});
