import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type FixtureFormat,
  fixturePrefix,
  type LoggedStatement,
  loggedText,
} from './log-fixture.ts';
import { loggedStatements } from './logged-statement-fixture.ts';
import { bySession, readContent, withEnd } from './opened-log-fixture.ts';

const formats: readonly FixtureFormat[] = ['csvlog', 'jsonlog', 'stderr'];

/** Texts that look like parts of a log, among letters of all kinds. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
  fc.constantFrom(
    '\n',
    '","',
    "'",
    '\\n',
    '\n\t',
    "', $2 = '",
    '""',
    '\r\n',
    '\u2028',
    '%%',
    '\n2026-01-31 18:00:00.000 UTC [1] 697e4a40.fa0 LOG:  statement: select 666',
    '\n2026-01-31 18:00:00.000 UTC,"app","shop",1,"x:1",697e.1,1,"SELECT",',
    '\n{"timestamp":"2026-01-31 18:00:00.000 UTC","error_severity":"LOG","message":"x"}',
    "DETAIL:  Parameters: $1 = '1'",
    'duration: 1.000 ms',
  ),
);
// Postgres has no NUL in texts; a surrogate by itself is none either.
const text = fc
  .array(piece, { maxLength: 6 })
  .map((pieces) => pieces.join('').replaceAll('\0', '').toWellFormed());

const statement: fc.Arbitrary<LoggedStatement> = fc.record({
  atMs: fc.integer({ min: 0, max: 4e12 }),
  session: fc.constantFrom('697e4a40.fa0', '697e4a41.1'),
  process: fc.integer({ min: 1, max: 99_999 }),
  durationMs: fc.option(fc.integer({ min: 0, max: 1e9 }).map((micros) => micros / 1000)),
  sql: text.map((rest) => `select ${rest}`),
  parameters: fc.option(
    // A value that ends in dots may be cut, which has a test of its own.
    fc.array(fc.option(text.filter((each) => !each.endsWith('...'))), {
      minLength: 1,
      maxLength: 4,
    }),
  ),
});

test.each(formats)('%s: what is written is read', async (format) => {
  const property = fc.asyncProperty(
    fc.array(statement, { minLength: 1, maxLength: 12 }),
    fc.boolean(),
    async (statements, isWindows) => {
      const log = statements.map((each) => loggedText(each, format)).join('');
      // A tool that converts line ends converts those within texts too.
      const crLf = isWindows && !log.includes('\r');
      const read = await readContent(crLf ? log.replaceAll('\n', '\r\n') : log, {
        prefix: fixturePrefix,
      });
      expect(read.unparsed).toEqual([]);
      expect(bySession(read.records)).toEqual(bySession(statements));
      expect(read.evidence.read['statements']).toBe(statements.length);
    },
  );
  await fc.assert(property, { numRuns: 150 });
});

test.each(formats)('%s: lines are counted from 1', async (format) => {
  const statements = withEnd(loggedStatements(30, { style: 'bind' }), `\n  -- two lines`);
  const log = statements.map((each) => loggedText(each, format)).join('');
  const { records } = await readContent(log);
  let line = 1;
  const starts = statements.map((each) => {
    const at = line;
    line += loggedText(each, format).split('\n').length - 1;
    return at;
  });
  expect(records.map((record) => record.line)).toEqual(starts);
});

test('a byte order mark, gzip and a second reading change nothing', async () => {
  const statements = [...loggedStatements(50, { style: 'literal' })];
  const log = statements.map((each) => loggedText(each, 'csvlog')).join('');
  const plain = await readContent(log);
  expect(plain.records).toHaveLength(50);
  expect((await readContent(`\uFEFF${log}`)).records).toEqual(plain.records);
  const zipped = gzipSync(log);
  expect((await readContent(zipped)).records).toEqual(plain.records);
  const cut = await readContent(zipped.subarray(0, -200));
  expect(cut.unparsed.map(({ reason }) => reason).join()).toContain('compressed file is cut');
});

test('a statement of a megabyte, and bytes that are no UTF-8', async () => {
  const [first] = loggedStatements(1, { style: 'literal' });
  if (first === undefined) throw new Error('no statement');
  const long = { ...first, sql: `select '${'x'.repeat(2 ** 20)}'` };
  const latin = { ...first, sql: "select 'Zoë'" };
  const log = Buffer.concat([
    Buffer.from(loggedText(long, 'csvlog')),
    Buffer.from(loggedText(latin, 'csvlog'), 'latin1'),
  ]);
  const { records, unparsed } = await readContent(log);
  expect(records.map(({ sql }) => sql)).toEqual([long.sql, latin.sql]);
  expect(unparsed).toEqual([
    { source: 0, line: 2, reason: expect.stringContaining('not UTF-8') as string, count: 1 },
  ]);
});

test.each([
  ['csvlog', undefined],
  ['jsonlog', undefined],
  ['stderr', '%m [%p] %c %q%u@%d '],
] as const)('%s: the database of each statement', async (format, prefix) => {
  const lines = [...loggedStatements(2, { style: 'bind', seed: 7 })].map((each) =>
    loggedText(each, format).replaceAll(/(697e4a40\.\w+) (?=[A-Z])/g, '$1 app@shop '),
  );
  const { records } = await readContent(lines.join(''), prefix === undefined ? {} : { prefix });
  expect(records.map(({ database }) => database)).toEqual(['shop', 'shop']);
});
