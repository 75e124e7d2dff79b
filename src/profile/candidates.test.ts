import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { sqlReaderFixture as reader } from '../sql/sql-reader-fixture.ts';
import { candidateKeys } from './candidates.ts';
import type { CandidateKey, ColumnEvidence, SchemaEvidence, TableEvidence } from './evidence.ts';
import { queryEvidenceOf, schemaEvidenceOf, shippedTables } from './shipped-evidence-fixture.ts';

/** `table(columns)` of each table that has a key, in order. */
const textOf = ({ columns }: Pick<CandidateKey, 'columns'>): string =>
  columns
    .map((each) => `${each.table}(${each.columns.join()})`)
    .toSorted()
    .join(' ');

const shipped = (['shop', 'tpcc', 'social', 'smallbank', 'tatp'] as const).map((name) => {
  const scenario = shippedTables(name);
  const { keys } = present(scenario.tables, 'tables');
  const plain = keys.filter((key) => key.columns.every(({ bits }) => bits === undefined));
  const { templates } = queryEvidenceOf(scenario);
  return { name, keys: plain, schema: schemaEvidenceOf(scenario), templates };
});

describe.each(shipped)('$name', ({ keys, schema, templates }) => {
  const found = candidateKeys(schema, templates, reader);

  test.each(keys)('has the key $name', (key) => {
    expect(found.map(textOf)).toContain(textOf(key));
  });

  test('has each of them once, by names of their own', () => {
    expect(new Set(found.map(textOf)).size).toBe(found.length);
    expect(new Set(found.map(({ key }) => key)).size).toBe(found.length);
  });
});

const withoutForeign = (schema: SchemaEvidence): SchemaEvidence => ({
  ...schema,
  tables: schema.tables.map((table) => ({ ...table, foreign: [] })),
});

const evidenceOf = (name: string) =>
  present(
    shipped.find((each) => each.name === name),
    name,
  );

test.each(['smallbank', 'tatp'])('%s without foreign keys: names say the same', (name) => {
  const { schema, templates, keys } = evidenceOf(name);
  const found = candidateKeys(withoutForeign(schema), templates, reader).map(textOf);
  expect(found).toEqual(expect.arrayContaining(keys.map(textOf)));
});

test('without foreign keys, what joins and names say together', () => {
  const { schema, templates } = evidenceOf('social');
  const found = candidateKeys(withoutForeign(schema), templates, reader);
  expect(found.map(textOf)).toContain('follows(followee_id) posts(user_id) users(id)');
  expect(found.map(({ because }) => because)).not.toContainEqual(
    expect.arrayContaining(['foreign key']),
  );
});

test('what is asked for in few calls is none, nor are times, prices and long texts', () => {
  const { schema, templates } = evidenceOf('shop');
  const names = candidateKeys(schema, templates, reader)
    .flatMap(({ columns }) => columns)
    .flatMap((each) => each.columns);
  expect(names).not.toContain('placed_at');
  expect(names).not.toContain('price');
  expect(names).not.toContain('email');
  expect(names).not.toContain('note');
});

test('names of things are none where most of them are there once', () => {
  const { schema } = evidenceOf('shop');
  const named = (distinct: number) => (column: ColumnEvidence) => {
    const stats = { nullFraction: 0, averageWidth: 12, mostCommon: [], histogram: [] };
    return column.name === 'name'
      ? { ...column, stats: { ...stats, distinct, physicalCorrelation: null } }
      : column;
  };
  const keysWith = (share: number) => {
    const withNames = (table: TableEvidence) => {
      return { ...table, columns: table.columns.map(named(table.rows.count * share)) };
    };
    const tables = schema.tables.map(withNames);
    return candidateKeys({ tables, views: [] }, [], reader).map(({ key }) => key);
  };
  expect(keysWith(1)).not.toContain('name');
  expect(keysWith(0.1)).toContain('name');
});

test('of a file every column is one, and the same name in two files is one', () => {
  const { schema } = evidenceOf('social');
  const [first] = schema.tables;
  const users = { ...present(first, 'users'), kind: 'file', primary: [], foreign: [] } as const;
  const tables = [users, { ...users, name: 'others', columns: users.columns.slice(1) }];
  const found = candidateKeys({ tables, views: [] }, [], reader);
  expect(found.map(textOf).toSorted()).toStrictEqual([
    'others(about) users(about)',
    'others(name) users(name)',
    'users(id)',
  ]);
  expect(found.map(({ because }) => because)).toContainEqual(['file column']);
});
