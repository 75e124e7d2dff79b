import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScenario } from '../../scenario/parse.ts';
import { sqlReaderFixture } from '../../sql/sql-reader-fixture.ts';
import type { ColumnEvidence, Evidence, TableEvidence, Template } from '../evidence.ts';
import { evidenceOf, stats, table } from './schema-fixture.ts';
import { writerVocabulary } from './writer-vocabulary.ts';
import { writtenScenario } from './written-scenario.ts';

const vocabulary = writerVocabulary(sqlReaderFixture);

const names = ['id', 'tenant_id', 'a_id', 'user', 'order', 'select', 'new', 'name', 'no', 'x_1'];
const types = [
  'bigint',
  'integer',
  'smallint',
  'text',
  'uuid',
  'boolean',
  'jsonb',
  'json',
  'xml',
  'bytea',
  'date',
  'time without time zone',
  'interval',
  'timestamp with time zone',
  'timestamp without time zone',
  'numeric',
  'numeric(5,2)',
  'numeric(3,5)',
  'real',
  'double precision',
  'money',
  'character(1)',
  'character varying(3)',
  '"char"',
  'bit(3)',
  'inet',
  'macaddr',
  'point',
  'tsvector',
  'int4range',
  'tstzmultirange',
  'integer[]',
  'text[]',
  'oid',
  'geometry(Point,4326)',
  'mood',
];
const defaults = ['0', "'x'::text", 'now()', "nextval('s'::regclass)", 'gen_random_uuid()', 'f(1)'];

const columnOf = (name: string): fc.Arbitrary<ColumnEvidence> =>
  fc
    .record({
      type: fc.oneof(
        fc.constantFrom('bigint', 'integer', 'text', 'uuid'),
        fc.constantFrom(...types),
      ),
      notNull: fc.boolean(),
      default: fc.option(fc.constantFrom(...defaults), { freq: 4 }),
      isGenerated: fc.boolean(),
      stats: fc.option(
        fc.record({
          distinct: fc.nat(1000),
          nullFraction: fc.constantFrom(0, 0.5, 1),
          averageWidth: fc.nat(40),
          values: fc.array(fc.string({ maxLength: 8 }), { maxLength: 5 }),
          isCommon: fc.boolean(),
        }),
      ),
    })
    .map(({ type, notNull, isGenerated, ...rest }): ColumnEvidence => {
      const { values = [], isCommon = false, ...numbers } = rest.stats ?? {};
      const unique = [...new Set(values)];
      const mostCommon = unique.map((value) => ({ value, fraction: 0.9 / unique.length }));
      return {
        name,
        stored: name,
        type,
        typeKind: type.endsWith('[]') ? 'array' : type === 'mood' ? 'enum' : 'base',
        base: type.replace('[]', ''),
        enumLabels: type === 'mood' ? ["it's", 'ok: yes', ''] : [],
        notNull,
        default: isGenerated ? null : rest.default,
        generated: isGenerated && name === 'x_1' ? { sql: 'id + 1', stored: true } : null,
        identity: null,
        stats:
          rest.stats === null
            ? null
            : stats({
                ...numbers,
                mostCommon: isCommon ? mostCommon : [],
                histogram: isCommon ? [] : unique,
              }),
        readable: true,
      };
    });

const tableNames = ['users', 'order', 'table_1', 'a', 'group'];
const columnNames = fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 7 });

const some = (own: readonly string[], least: number, most: number) =>
  fc.subarray([...own], { minLength: least }).map((list) => list.slice(0, most));

interface Parts {
  readonly columns: readonly ColumnEvidence[];
  readonly primary: readonly string[];
  readonly unique: readonly (readonly string[])[];
  readonly links: readonly { readonly to: number; readonly columns: readonly string[] }[];
  readonly rows: number;
}

const parts: fc.Arbitrary<Parts> = columnNames.chain((own) =>
  fc.record({
    columns: fc.tuple(...own.map(columnOf)),
    primary: some(own, 0, 3),
    unique: fc.array(some(own, 1, 2), { maxLength: 2 }),
    links: fc.array(
      fc.record({
        to: fc.nat(tableNames.length - 1),
        columns: some(own, 1, 2),
      }),
      { maxLength: 3 },
    ),
    rows: fc.oneof(fc.constant(0), fc.nat(3000)),
  }),
);

/** Foreign keys point to the primary key of their table where it has as many columns. */
function tablesOf(all: readonly Parts[]): TableEvidence[] {
  return all.map((each, at) => {
    const foreign = each.links.flatMap(({ to, columns }) => {
      const references = all[to]?.primary ?? [];
      if (references.length !== columns.length) return [];
      return [{ columns, table: tableNames[to] ?? '', references, onDelete: 'no action' as const }];
    });
    const { columns, primary, unique } = each;
    const own = { columns, primary, unique, foreign };
    return Object.assign(table(tableNames[at] ?? '', each.rows, []), own);
  });
}

const templatesOf = (tables: readonly TableEvidence[]): Template[] =>
  tables.flatMap(({ name, columns }, source) => {
    const list = columns.map((each) => `"${each.name}"`);
    const numbers = list.map((_, i) => `$${i + 1}`);
    const all = [
      `select * from "${name}" where ${list[0]} = $1`,
      `update "${name}" set ${list.at(-1)} = $1 where ${list[0]} = $2`,
      `insert into "${name}" (${list.join(', ')}) values (${numbers.join(', ')})`,
      `delete from "${name}" where ${list.map((each, i) => `${each} = $${i + 1}`).join(' and ')}`,
    ];
    return all.map((sql): Template => {
      return { sql, fingerprint: sql, calls: 10, totalMs: 1, rows: 10, source, line: null };
    });
  });

test('whatever a schema has: the scenario that is written can be read', () => {
  fc.assert(
    fc.property(
      fc.array(parts, { minLength: 1, maxLength: tableNames.length }),
      fc.boolean(),
      (all, hasStatements) => {
        const tables = tablesOf(all);
        const queries = {
          templates: templatesOf(tables),
          seconds: 60,
          transactions: [],
          perSecond: [],
        };
        const evidence: Evidence = evidenceOf(
          { tables, views: [] },
          hasStatements ? { queries } : {},
        );
        for (const main of evidence.candidates.slice(0, 2)) {
          const { text } = writtenScenario(evidence, {
            name: 'any',
            main,
            ordered: evidence.candidates.map(({ key }) => key),
            scale: null,
            coverage: 0.95,
            reader: sqlReaderFixture,
            pseudonyms: { of: (value) => `word${value.length}` },
            about: { startedAt: '2026-11-30T08:00:00Z' },
          });
          expect(parseScenario(text, 'any.yaml', vocabulary).operations).not.toHaveLength(0);
        }
      },
    ),
    { numRuns: 60 },
  );
});
