import { expect, test } from 'vitest';
import { readContent } from './opened-log-fixture.ts';

const multiLine = 'select "a"\n  from t where b = $1';
const rows = [
  { dbid: 5, query: multiLine, calls: 10, total_exec_time: 12.5, rows: 10 },
  { dbid: 6, query: multiLine, calls: 5, total_exec_time: 2.5, rows: 0 },
  { dbid: 5, query: '<insufficient privilege>', calls: 7, total_exec_time: 1, rows: 1 },
  { dbid: 5, query: 'insert into t values ($1)', calls: 3, total_exec_time: 3, rows: 3 },
];
const names = ['dbid', 'query', 'calls', 'total_exec_time', 'rows'] as const;
const expected = [
  { sql: multiLine, calls: 15, totalMs: 15, rows: 10 },
  { sql: 'insert into t values ($1)', calls: 3, totalMs: 3, rows: 3 },
];

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const table = (separator: string, cell: (value: string | number) => string): string =>
  [
    names.join(separator),
    ...rows.map((row) => names.map((name) => cell(row[name])).join(separator)),
  ]
    .map((line) => `${line}\n`)
    .join('');

const written: Record<string, string> = {
  CSV: table(',', (value) => (typeof value === 'string' ? quoted(value) : String(value))),
  'CSV with semicolons': table(';', (value) => quoted(String(value))),
  'TSV of COPY': table('\t', (value) => String(value).replaceAll('\n', '\\n')),
  'TSV of psql': `${table('\t', String)}(4 rows)\n`,
  'JSON array': JSON.stringify(rows, null, 1),
  'JSON lines': rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  'psql table': ` dbid |           query            | calls | total_exec_time | rows
------+----------------------------+-------+-----------------+------
    5 | select "a"                +|    10 |            12.5 |   10
      |   from t where b = $1      |       |                 |
    6 | select "a"                +|     5 |             2.5 |    0
      |   from t where b = $1      |       |                 |
    5 | <insufficient privilege>   |     7 |               1 |    1
    5 | insert into t values ($1)  |     3 |               3 |    3
(4 rows)

`,
};

test.each(Object.keys(written))('%s: rows of one text are one template', async (form) => {
  const read = await readContent(written[form] ?? '');
  const templates = read.templates.map(({ sql, calls, totalMs, rows: changed }) => ({
    sql: sql.replaceAll(/\n\s*/g, '\n  '),
    calls,
    totalMs,
    rows: changed,
  }));
  expect(templates).toEqual(expected);
  expect(read.evidence.read).toMatchObject({ rows: 4, hiddenCalls: 7, databases: 2 });
  expect(read.unparsed).toEqual([
    expect.objectContaining({ count: 1, reason: expect.stringContaining('privilege') as string }),
  ]);
  expect(read.records).toEqual([]);
});

test('columns of old versions; what is no number, cut or within a function is said', async () => {
  const old =
    'query,calls,total_time,rows,toplevel\n' +
    'select 1,2,0.5,2,t\nselect 2,many,1,1,t\nselect 3,1,1,1,f\nselect 4,1\n,5,1,1,t\n' +
    '"select 5,1,1,1';
  const { templates, unparsed } = await readContent(old);
  expect(templates).toEqual([
    expect.objectContaining({ sql: 'select 1', calls: 2, totalMs: 0.5, rows: 2, line: 2 }),
  ]);
  expect(unparsed.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7]);
});

test('texts are mended, and what is no work on tables is counted', async () => {
  const texts = [
    ['select a from t where b = $1', 1],
    ['select a from t where b = 5', 1],
    ['select from from', 1],
    ['select now() - interval $1 from t', 1],
    ['begin', 7],
    ['set work_mem = $1', 5],
    ['select oid from pg_catalog.pg_class', 3],
  ];
  const { templates, evidence } = await readContent(
    `query,calls\n${texts.map(([sql, calls]) => `"${sql}",${calls}\n`).join('')}`,
  );
  const [one, other, refused, mended] = templates;
  expect(templates).toHaveLength(4);
  expect(one?.fingerprint).toBe(other?.fingerprint);
  expect(refused).toMatchObject({ sql: 'select from from', line: 4 });
  expect(mended?.sql).toBe('select now() - $1::interval from t');
  expect(evidence.read).toMatchObject({ utilityCalls: 12, catalogCalls: 3 });
});
