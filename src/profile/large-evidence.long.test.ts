import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { sqlReaderFixture as reader } from '../sql/sql-reader-fixture.ts';
import { candidateKeys, candidatesMost, foundCandidates } from './candidates.ts';
import { characteristics } from './characteristics.ts';
import type { ForeignEvidence, TableEvidence, Template } from './evidence.ts';
import { keyBinder } from './key-binder.ts';
import { shippedEvidence } from './shipped-evidence-fixture.ts';

const shop = shippedEvidence('shop');
const schema = present(shop.schema, 'schema');
const queries = present(shop.queries, 'queries');
const about = { name: 'any', startedAt: '', command: '', shardlab: '' };
const pseudonyms = { of: (value: string): string => value };

/** It takes 2 s for all: what goes up with the square of tables shows. */
const cpuSecondsMost = 30;

test('5,000 tables and 1,800 templates in seconds, with 40 candidates at most', () => {
  const before = process.cpuUsage();
  const copies = Array.from({ length: 834 }, (_, at) => at);
  const tables = copies.flatMap((at) => schema.tables.map((table) => copyOf(table, at)));
  const templates = copies.slice(0, 100).flatMap((at) => queries.templates.map(templateOf(at)));
  const large = { tables, views: [] };
  const { candidates, leftOut } = foundCandidates(large, templates, reader);
  expect(candidates).toHaveLength(candidatesMost);
  expect(leftOut).toBeGreaterThan(1000);
  const binder = keyBinder(large, candidates, reader);
  const bound = templates.filter(({ sql }) =>
    binder.parametersOf(sql).some((numbers) => numbers !== null),
  );
  expect(bound.length).toBeGreaterThan(0);
  const evidence = { ...shop, schema: large, queries: { ...queries, templates }, candidates };
  const document = characteristics(evidence, { reader, pseudonyms, about });
  expect(document.candidates).toHaveLength(candidatesMost);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(cpuSecondsMost);
});

function copyOf(table: TableEvidence, at: number): TableEvidence {
  const foreign = table.foreign.map((key): ForeignEvidence => {
    const { columns, references, onDelete } = key;
    return { columns, references, onDelete, table: `${key.table}_${at}` };
  });
  return { ...table, name: `${table.name}_${at}`, foreign };
}

const names = new RegExp(`\\b(?:${schema.tables.map(({ name }) => name).join('|')})\\b`, 'g');

const templateOf =
  (at: number) =>
  (template: Template): Template => {
    const sql = template.sql.replaceAll(names, (name) => `${name}_${at}`);
    return { ...template, sql };
  };

const parameters = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `$${from + at}`);

const rowOf = (_: unknown, at: number): string => `(${parameters(1 + 5 * at, 5).join()})`;

test.each([
  [
    'an INSERT of 20,000 rows',
    `insert into lines (tenant_id, user_id, order_id, region, number)
     values ${Array.from({ length: 20_000 }, rowOf).join()}`,
  ],
  [
    'two lists of 50,000 values',
    `select * from orders where tenant_id in (${parameters(1, 50_000).join()})
     and user_id in (${parameters(50_001, 50_000).join()})`,
  ],
  ['a sum of 3,000 values', `select * from orders where id = ${parameters(1, 3000).join(' + ')}`],
  [
    '200 sub-selects in one another',
    `${'select * from orders where id in ('.repeat(200)}$1${')'.repeat(200)}`,
  ],
])('%s', (_, sql) => {
  const before = process.cpuUsage();
  const [first] = queries.templates;
  const templates = [{ ...present(first, 'template'), sql }];
  const candidates = candidateKeys(schema, queries.templates, reader);
  expect(keyBinder(schema, candidates, reader).parametersOf(sql)).toHaveLength(candidates.length);
  const evidence = { ...shop, queries: { ...queries, templates }, candidates };
  const document = characteristics(evidence, { reader, pseudonyms, about });
  expect(JSON.stringify(document).length).toBeLessThan(200_000);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(cpuSecondsMost);
});
