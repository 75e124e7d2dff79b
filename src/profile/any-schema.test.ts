import fc from 'fast-check';
import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { sqlReaderFixture as reader } from '../sql/sql-reader-fixture.ts';
import { candidateKeys } from './candidates.ts';
import { characteristics } from './characteristics.ts';
import type { ColumnEvidence, ForeignEvidence, TableEvidence, Template } from './evidence.ts';
import { keyBinder } from './key-binder.ts';
import { shippedEvidence } from './shipped-evidence-fixture.ts';

const shop = shippedEvidence('shop');
const [anyTable] = present(shop.schema, 'schema').tables;
const [anyColumn] = present(anyTable, 'table').columns;

const tableNames = ['a', 'b', 'c', 'd'];
const columnNames = ['id', 'a_id', 'b_id', 'region', 'seen', 'flag'];
const types = ['bigint', 'integer', 'text', 'uuid', 'boolean', 'jsonb', 'timestamp with time zone'];

const column = (name: string, type: string): ColumnEvidence => {
  return { ...present(anyColumn, 'column'), name, stored: name, type, base: type, stats: null };
};

const some = (most: number) => fc.uniqueArray(fc.constantFrom(...columnNames), { maxLength: most });

const foreignKey: fc.Arbitrary<ForeignEvidence> = fc
  .record({
    columns: fc.uniqueArray(fc.constantFrom(...columnNames), { minLength: 1, maxLength: 3 }),
    table: fc.constantFrom(...tableNames),
    references: fc.shuffledSubarray(columnNames, { minLength: 3, maxLength: 3 }),
    onDelete: fc.constantFrom('no action' as const, 'cascade' as const, 'set null' as const),
  })
  .map(({ columns, references, table, onDelete }) => {
    return { table, onDelete, columns, references: references.slice(0, columns.length) };
  });

const tableParts = fc.record({
  types: fc.array(fc.constantFrom(...types), { minLength: 6, maxLength: 6 }),
  primary: some(3),
  unique: fc.array(
    fc.uniqueArray(fc.constantFrom(...columnNames), { minLength: 1, maxLength: 2 }),
    { maxLength: 2 },
  ),
  foreign: fc.array(foreignKey, { maxLength: 4 }),
  rows: fc.nat(1000),
});

const base = present(anyTable, 'table');

const schemas = fc.array(tableParts, { minLength: 4, maxLength: 4 }).map((tables) =>
  tables.map(({ types: of, rows, primary, unique, foreign }, at): TableEvidence => {
    const columns = columnNames.map((name, index) => column(name, of[index] ?? 'text'));
    const parts = {
      primary,
      unique,
      foreign,
      columns,
      rows: { count: rows, basis: 'exact' },
    } as const;
    return Object.assign({}, base, parts, { name: tableNames[at] ?? '' });
  }),
);

const statements = [
  'select * from a join b on b.a_id = a.id where a.region = $1',
  'select * from a where id = $1 and seen = $2 limit $3',
  'select * from a, b, c where a.id = b.a_id and b.id = c.b_id and c.region = $1',
  'insert into c (id, a_id, b_id) values ($1, $2, $3)',
  'update d set a_id = $1 where id = $2',
  'delete from a where id = $1',
  'select * from a one join a two on one.id = two.a_id',
  'insert into b (id, a_id) select id, $1 from a where a_id = $2 on conflict (id) do nothing',
];

const templates = statements.map((sql, at): Template => {
  const calls = 1 + at;
  return { sql, fingerprint: sql, calls, totalMs: null, rows: null, source: 0, line: null };
});

const about = { name: 'any', startedAt: '', command: '', shardlab: '' };
const pseudonyms = { of: (value: string): string => value };

test('whatever points to whatever: keys are sound, and shares sum to 1', () => {
  fc.assert(
    fc.property(schemas, (tables) => {
      const schema = { tables, views: [] };
      const candidates = candidateKeys(schema, templates, reader);
      expect(new Set(candidates.map(({ key }) => key)).size).toBe(candidates.length);
      for (const { columns, root } of candidates) {
        const own = columns.map((each) => each.table);
        expect(new Set(own).size).toBe(own.length);
        expect(root === null || own.includes(root)).toBe(true);
        const [first] = columns;
        for (const each of columns) {
          expect(new Set(each.columns).size).toBe(each.columns.length);
          expect(familiesOf(each, tables)).toStrictEqual(first && familiesOf(first, tables));
        }
      }
      const binder = keyBinder(schema, candidates, reader);
      for (const { sql } of templates) {
        expect(binder.parametersOf(sql)).toHaveLength(candidates.length);
      }
      const evidence = { ...shop, schema, candidates };
      const queries = { ...present(shop.queries, 'queries'), templates };
      const document = characteristics({ ...evidence, queries }, { reader, pseudonyms, about });
      for (const { bindShare } of document.candidates) {
        const sum = Object.values(bindShare ?? {}).reduce((all, share) => all + share, 0);
        expect(sum).toBeCloseTo(1, 9);
      }
    }),
    { numRuns: 60 },
  );
});

function familiesOf(
  { table: name, columns }: { readonly table: string; readonly columns: readonly string[] },
  tables: readonly TableEvidence[],
): string[] {
  const own = tables.find((each) => each.name === name);
  return columns.map((each) => {
    const type = own?.columns.find((one) => one.name === each)?.type ?? 'none';
    return type === 'bigint' || type === 'integer' ? 'int' : type;
  });
}
