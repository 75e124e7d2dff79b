import fc from 'fast-check';
import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { sqlReaderFixture as reader } from '../sql/sql-reader-fixture.ts';
import { candidateKeys } from './candidates.ts';
import { characteristics } from './characteristics.ts';
import type { Evidence, ForeignEvidence, TableEvidence, Template } from './evidence.ts';
import { evenCounts, keyValuesOf } from './key-values-fixture.ts';
import { shippedEvidence } from './shipped-evidence-fixture.ts';

const shipped = (['shop', 'tpcc', 'social', 'tatp'] as const).map(shippedEvidence);

/** The same numbers in any order: 0 to 1 for each item of a list, again from the first. */
type Order = readonly number[];
const order = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });

function shuffled<T>(list: readonly T[], by: Order): T[] {
  return list
    .map((item, index) => ({ item, at: (by[index % by.length] ?? 0) * ((index * 7) % 13) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

function reordered(evidence: Evidence, by: Order): Evidence {
  const { tables, views } = present(evidence.schema, 'schema');
  const queries = present(evidence.queries, 'queries');
  const reorderedTable = (table: TableEvidence): TableEvidence => ({
    ...table,
    columns: shuffled(table.columns, by),
    foreign: shuffled(table.foreign, by),
    unique: shuffled(table.unique, by),
  });
  const other = tables.map(reorderedTable);
  return {
    ...evidence,
    schema: { tables: shuffled(other, by), views },
    queries: { ...queries, templates: shuffled(queries.templates, by) },
  };
}

function renamed(evidence: Evidence, nameOf: (table: string) => string): Evidence {
  const { tables, views } = present(evidence.schema, 'schema');
  const queries = present(evidence.queries, 'queries');
  const names = tables.map(({ name }) => name);
  const pattern = new RegExp(`\\b(?:${names.join('|')})\\b`, 'g');
  const renamedKey = (key: ForeignEvidence) => ({ ...key, table: nameOf(key.table) });
  const renamedTable = (table: TableEvidence): TableEvidence => {
    return { ...table, name: nameOf(table.name), foreign: table.foreign.map(renamedKey) };
  };
  const renamedTemplate = (template: Template): Template => {
    return { ...template, sql: template.sql.replaceAll(pattern, nameOf) };
  };
  return {
    ...evidence,
    schema: { views, tables: tables.map(renamedTable) },
    queries: { ...queries, templates: queries.templates.map(renamedTemplate) },
  };
}

const keysOf = ({ schema, queries }: Evidence) =>
  candidateKeys(present(schema, 'schema'), queries?.templates ?? [], reader);

const about = { name: 'any', startedAt: '', command: '', shardlab: '' };

function measured(evidence: Evidence) {
  const candidates = keysOf(evidence);
  const values = candidates.flatMap(({ key, columns }) =>
    columns.map(({ table }) => keyValuesOf(key, table, evenCounts(20, 3))),
  );
  const pseudonyms = { of: (value: string): string => value };
  const document = characteristics(
    { ...evidence, candidates, values },
    { reader, pseudonyms, about },
  );
  return document.candidates;
}

test('the order of tables, columns, constraints and templates changes nothing', () => {
  const before = shipped.map((evidence) => ({ evidence, found: measured(evidence) }));
  fc.assert(
    fc.property(order, (by) => {
      for (const { evidence, found } of before) {
        expect(sorted(measured(reordered(evidence, by)))).toStrictEqual(sorted(found));
      }
    }),
    { numRuns: 6 },
  );
});

/** Lists of tables stand in the order of the schema. */
const sorted = (candidates: ReturnType<typeof measured>) =>
  candidates.map(({ referenceTables, lostConstraints, ...rest }) => ({
    ...rest,
    referenceTables: referenceTables.toSorted(),
    lostConstraints: lostConstraints.map((each) => JSON.stringify(each)).toSorted(),
  }));

test('other names of tables are other names in the answer, and nothing else', () => {
  for (const evidence of shipped) {
    for (const nameOf of [(name: string) => `zz_${name}`, reversed]) {
      const columnsOf = (from: Evidence, name: (table: string) => string) =>
        keysOf(from).map(({ columns, root, because }) => ({
          root: root === null ? null : name(root),
          because,
          columns: columns.map((each) => `${name(each.table)}(${each.columns.join()})`).toSorted(),
        }));
      const after = columnsOf(renamed(evidence, nameOf), (name) => name)
        .map(textOf)
        .toSorted();
      expect(after).toStrictEqual(columnsOf(evidence, nameOf).map(textOf).toSorted());
    }
  }
});

const textOf = (value: unknown): string => JSON.stringify(value);

/** Puts them into another order, too. */
const reversed = (name: string): string => `t_${name.split('').toReversed().join('')}`;
