import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { isLog, openLog } from './open-log.ts';
import { readContent } from './opened-log-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'shardlab-format-'));
afterAll(() => rmSync(folder, { recursive: true }));

const secret = 'hunter2';

test.each([
  ['a CSV of tenants', `id,weight\n${secret},5\n`, /line 1 to line 2/],
  ['a table with a column that is a verb', `update time;id\n${secret};5\n`, /csvlog/],
  ['a table with messages', `id,said\n1,"ERROR:  ${secret}"\n2,x\n`, /csvlog/],
  ['a table whose columns are words of SQL', `table,start date;x\n${secret},5\n`, /csvlog/],
  ['nothing', '', /is empty/],
  ['zstd', '\u0028\u00b5\u002f\u00fd', /zstd/],
  ['UTF-16', '\u00ff\u00feh\u0000', /UTF-16/],
  ['JSON of something else', `[{"name":"${secret}"}]`, /nothing from line 1/],
])('%s is refused, and its contents are not shown', async (_, content, message) => {
  const path = join(folder, 'file');
  writeFileSync(path, content, 'latin1');
  const error = await openLog(path, {
    signal: new AbortController().signal,
    report: () => undefined,
  }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).message).toMatch(message);
  expect((error as UserError).exitCode).toBe(exitCodes.usage);
  expect(`${(error as UserError).message} ${(error as UserError).hint}`).not.toContain(secret);
});

test('files that are not there, and folders', async () => {
  await expect(readPathOf(join(folder, 'none'))).rejects.toThrow(/no such file/);
  await expect(readPathOf(folder)).rejects.toThrow(/is a folder/);
});

const readPathOf = (path: string): Promise<boolean> =>
  isLog(path, { signal: new AbortController().signal, report: () => undefined });

const line = '2026-01-31 18:00:00.000 UTC [1] LOG:  statement: select 1\n';

test('a prefix that fits no line is told, with the one that does', async () => {
  const reading = readContent(line, { prefix: '%t:%r:%u@%d:[%p]:' });
  const error = (await reading.catch((reason: unknown) => reason)) as UserError;
  expect(error).toBeInstanceOf(UserError);
  expect(error.hint).toContain("'%m [%p] '");
});

test('a log without statements says how to log them', async () => {
  const { unparsed } = await readContent(line.replace('statement: select 1', 'Anweisung: select'));
  expect(unparsed).toEqual([
    expect.objectContaining({
      line: null,
      reason: expect.stringContaining('lc_messages') as string,
    }),
  ]);
});

test('lines of others, and a DETAIL without its message, are counted', async () => {
  const other = line.replace('LOG', 'DETAIL').replace('[1]', '[2]');
  const { records, unparsed } = await readContent(
    `\tcontinued\n${line}npm warn something\n\tof it\n${other}`,
  );
  expect(records).toHaveLength(1);
  expect(unparsed.map(({ line: at, count }) => [at, count])).toEqual([
    [1, 3],
    [5, 1],
  ]);
});

test.each([
  ['select\n1;'],
  ['update t\nset a = 1;'],
  ['-- x\nnothing;'],
  ['begin;\nselect 1;'],
  ['create table t (a int);'],
])('%s is SQL', async (sql) => {
  expect((await readContent(sql, { name: 'queries' })).evidence.kind).toBe('sql');
});

test('what stands for a time zone is not shown unless it is one', async () => {
  const zoned = (zone: string): string => line.replace('UTC [1]', `${zone} {1}`);
  const about = async (zone: string): Promise<unknown> =>
    (await readContent(zoned(zone))).evidence.about['timeZone'];
  expect(await about('CET')).toBe('CET');
  expect(await about(secret.replace(/\d/, ''))).toBe('not known, taken for UTC');
});

test('a log by way of syslog, with lines in parts', async () => {
  const head = 'Jan 31 18:00:00 db1 postgres[4711]:';
  const { records, unparsed } = await readContent(
    [
      `${head} [3-1] LOG:  duration: 1.5 ms  execute <unnamed>: select *`,
      `${head} [3-2] #011from t where a = `,
      `${head} [3-3] $1`,
      `${head} [3-4] DETAIL:  Parameters: $1 = 'x`,
      `${head} [3-5] #011y'`,
      'Jan 31 18:00:00 db1 sshd[1]: something else',
      `${head} [4-1] LOG:  duration: 2.5 ms  statement: commit`,
      '',
    ].join('\n'),
  );
  expect(records.map(({ sql, parameters, session }) => [sql, parameters, session])).toEqual([
    ['select *\nfrom t where a = $1', ['x\ny'], '4711'],
    ['commit', null, '4711'],
  ]);
  expect(unparsed).toMatchObject([{ line: 6, count: 1 }]);
});

test('csvlog that a database wrote out again', async () => {
  const { records } = await readContent(
    '2026-01-31 18:00:00.123+00,app,shop,77,10.0.0.1:5,abc.1,1,SELECT,2026-01-31 18:00:00+00,' +
      '3/1,0,LOG,00000,"statement: select 1",,,,,,,,,web\n',
  );
  expect(records).toMatchObject([{ sql: 'select 1', atMs: Date.UTC(2026, 0, 31, 18) + 123 }]);
});

test('reading ends when it is told to', async () => {
  const path = join(folder, 'log');
  writeFileSync(path, line.repeat(20_000));
  const controller = new AbortController();
  const source = await openLog(path, { signal: controller.signal, report: () => undefined });
  const read = async (): Promise<void> => {
    for await (const batch of source.records()) if (batch.length > 0) controller.abort();
  };
  await expect(read()).rejects.toThrow(/abort/i);
});
