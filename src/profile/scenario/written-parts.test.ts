import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { parseScenario } from '../../scenario/parse.ts';
import { sqlReaderFixture } from '../../sql/sql-reader-fixture.ts';
import { buildTenants } from '../../workload/tenants.ts';
import { buildTableRows } from '../../workload/tables/table-rows.ts';
import type { CandidateKey, Evidence, KeyValues } from '../evidence.ts';
import { columnType } from './column-types.ts';
import { literalOf, plainDefault } from './literal-default.ts';
import { column, evidenceOf, stats, table } from './schema-fixture.ts';
import { writerVocabulary } from './writer-vocabulary.ts';
import { writtenScenario } from './written-scenario.ts';

const vocabulary = writerVocabulary(sqlReaderFixture);

function written(evidence: Evidence, main: CandidateKey, scale: number | null = null) {
  return writtenScenario(evidence, {
    name: 'mine',
    main,
    ordered: [],
    scale,
    coverage: 0.95,
    reader: sqlReaderFixture,
    pseudonyms: { of: (value) => `word${value.length}` },
    about: { startedAt: '2026-11-30T08:00:00Z' },
  });
}

const keyOf = (evidence: Evidence, key: string): CandidateKey =>
  present(
    evidence.candidates.find((each) => each.key === key),
    `key ${key}`,
  );

describe('a file of rows', () => {
  const rows = 1000;
  const packages = table('packages', rows, [
    ['maintainer text!', { stats: stats({ distinct: 40, averageWidth: 20 }) }],
    ['kilobytes bigint!', { stats: stats({ distinct: 900, histogram: ['3', '91234'] }) }],
  ]);
  const main: CandidateKey = {
    key: 'maintainer',
    columns: [{ table: 'packages', columns: ['maintainer'] }],
    root: null,
    because: ['file column'],
  };
  const shares = Array.from({ length: 40 }, (_, i) => 1 / (i + 1));
  const all = shares.reduce((sum, share) => sum + share, 0);
  const values: KeyValues = {
    key: 'maintainer',
    table: 'packages',
    basis: 'exact',
    rows,
    looked: rows,
    distinct: 40,
    distinctDoubtful: false,
    nullFraction: 0,
    top: shares.map((share, i) => ({ value: `secret-${i}`, share: share / all })),
    sumOfSquares: 0.09,
    rowsPerValue: [],
    physicalCorrelation: null,
    monotonic: null,
  };
  const evidence = evidenceOf(
    { tables: [{ ...packages, kind: 'file' }], views: [] },
    { candidates: [main], values: [values] },
  );
  const found = written(evidence, main);
  const scenario = parseScenario(found.text, 'mine.yaml', vocabulary);

  test('has the values of its key as tenants, as uneven as they were', () => {
    const tenants = buildTenants(scenario.tenants, 1, null);
    expect(tenants.count).toBe(40);
    expect(tenants.weights[0]).toBeCloseTo(1 / all, 3);
    const set = present(scenario.tables, 'tables');
    const [loaded] = buildTableRows(set, tenants, 1);
    expect(loaded?.count).toBe(rows);
    const largest = [...(loaded?.tenantOf ?? [])].filter((tenant) => tenant === 0).length;
    expect(largest / rows).toBeCloseTo(1 / all, 2);
  });

  test('is read and written by operations that are assumed', () => {
    expect(scenario.operations.map(({ name }) => name)).toEqual([
      'packages_by_key',
      'insert_packages',
    ]);
    expect(found.text).toContain('No statements were seen');
  });
});

test('values of the data stay away; labels, checks and defaults of the schema do not', () => {
  const evidence = evidenceOf({
    tables: [
      table('people', 100, ['id integer!'], { primary: ['id'] }),
      table(
        'visits',
        5000,
        [
          'id integer!',
          'person_id integer!',
          [
            'city text!',
            {
              stats: stats({
                distinct: 2,
                mostCommon: [
                  { value: 'Atlantis', fraction: 0.7 },
                  { value: 'checked', fraction: 0.3 },
                ],
              }),
            },
          ],
          [
            'price numeric(12,2)!',
            { stats: stats({ distinct: 900, histogram: ['17.43', '48151.62'] }) },
          ],
          ['day date!', { stats: stats({ histogram: ['2019-07-13', '2024-03-09'] }) }],
          ['state text!', { default: "'brand-new'::text", stats: stats({ distinct: 1 }) }],
          ['mood mood!', { typeKind: 'enum', enumLabels: ['glad', 'sad'] }],
        ],
        {
          primary: ['id'],
          foreign: ['person_id -> people(id)'],
          checks: ["CHECK (city = ANY (ARRAY['checked'::text, 'Atlantica'::text]))"],
        },
      ),
    ],
    views: [],
  });
  const { text } = written(evidence, keyOf(evidence, 'person_id'));
  for (const secret of ['Atlantis', '17.43', '48151.62', '2019-07-13', '2024-03-09']) {
    expect(text).not.toContain(secret);
  }
  for (const known of ['checked', 'brand-new', 'glad', 'sad', 'max: 49000', '2019-01-01']) {
    expect(text).toContain(known);
  }
});

describe('a large schema', () => {
  const large = (tables: number, rows: number) => {
    const others = Array.from({ length: tables }, (_, i) =>
      table(`t${i}`, rows, ['id bigint!', 'account_id bigint!'], {
        primary: ['id'],
        foreign: ['account_id -> accounts(id)'],
      }),
    );
    const accounts = table('accounts', 50_000, ['id bigint!'], { primary: ['id'] });
    return evidenceOf({ tables: [accounts, ...others], views: [] });
  };

  test('is scaled until it fits, and says so', () => {
    const evidence = large(3, 10_000_000);
    const found = written(evidence, keyOf(evidence, 'account_id'));
    expect(found.scale).toBeLessThan(0.1);
    const scenario = parseScenario(found.text, 'mine.yaml', vocabulary);
    expect(scenario.data.totalBytes).toBeLessThan(300e6);
    expect(found.text).toContain(`scale ${found.scale}`);
    // What it really has is for grow.
    expect(scenario.growth.now.bytes).toBeGreaterThan(2e9);
  });

  test('at a scale that is asked for each table has that part of its rows', () => {
    const evidence = large(2, 200_000);
    const found = written(evidence, keyOf(evidence, 'account_id'), 0.1);
    expect(found.scale).toBe(0.1);
    expect(found.text).toContain('20,000 are here');
  });

  test('is left to the tables of the work where there are thousands', () => {
    const evidence = large(400, 100);
    const queries = {
      templates: [
        {
          sql: 'select id from t399 where account_id = $1',
          fingerprint: 'a',
          calls: 10,
          totalMs: null,
          rows: null,
          source: 0,
          line: null,
        },
      ],
      seconds: 10,
      transactions: [],
      perSecond: [],
    };
    const found = written({ ...evidence, queries }, keyOf(evidence, 'account_id'));
    const scenario = parseScenario(found.text, 'mine.yaml', vocabulary);
    const names = scenario.tables?.tables.map(({ name }) => name) ?? [];
    expect(names).toContain('t399');
    expect(names).toContain('accounts');
    expect(names.length).toBe(150);
    expect(found.notes.map(({ code }) => code)).toContain('scenario-tables-left-out');
  });
});

test('without tables there is nothing to write', () => {
  const evidence = { ...evidenceOf({ tables: [], views: [] }), schema: null };
  const main: CandidateKey = { key: 'a', columns: [], root: null, because: [] };
  expect(() => written(evidence, main)).toThrow('no tables were seen');
});

test.each([
  ['a integer', 'integer', 'integer', false],
  ['a character varying(20)', 'text', 'character varying(20)', false],
  ['a timestamp(3) without time zone', 'timestamp', 'timestamp(3) without time zone', false],
  ['a citext', 'text', 'text', true],
  ['a geometry(Point,4326)', 'text', 'text', true],
  ['a int4range', 'literal', 'int4range', false],
  ['a text[]', 'literal', 'text[]', false],
])('%s is %s, written as %s', (given, kind, type, mapped) => {
  expect(columnType(column(given))).toMatchObject({ kind, type, mapped });
});

test.each([
  ["'new'::order_status", "'new'"],
  ['0', '0'],
  ['(-1)', '-1'],
  ['now()', 'now()'],
  ["nextval('orders_id_seq'::regclass)", null],
  ["('now'::text)::date", null],
  ['my_function()', null],
])('of the default %s stays %s', (sql, plain) => {
  expect(plainDefault(sql)).toBe(plain);
});

test('a literal of a type is about as wide as its values', () => {
  expect(literalOf('bytea', 3)).toBe("decode(repeat('5a', 3), 'hex')");
  expect(literalOf('text[]', 48)).toBe("'{w0,w1,w2}'");
  expect(literalOf('hstore', 5)).toBeNull();
});
