import { expect, test } from 'vitest';
import { readContent } from './opened-log-fixture.ts';

test('a script: statements of applications are records, the rest is counted', async () => {
  const dump = `--
-- PostgreSQL database dump
--
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.t (a int);
COPY public.t (a) FROM stdin;
1
2
\\.
\\connect shop
begin;
select * from t
 where a = 1;
commit;
insert into t values ('never ends
`;
  const { records, unparsed, evidence } = await readContent(dump, { name: 'dump.sql' });
  expect(evidence.kind).toBe('sql');
  expect(records.map(({ line, sql }) => [line, sql])).toEqual([
    [12, 'begin'],
    [13, 'select * from t\n where a = 1'],
    [15, 'commit'],
  ]);
  expect(new Set(records.map(({ session }) => session)).size).toBe(1);
  expect(evidence.read).toMatchObject({ statements: 3, definitions: 1, settings: 3, lines: 16 });
  expect(unparsed.map(({ line, count }) => [line, count])).toEqual([
    [8, 2],
    [11, 1],
    [16, 1],
  ]);
});

test('the last statement needs no semicolon, and no name ending is needed', async () => {
  const { records } = await readContent('/* x */ select 1;\r\nselect\r\n2', { name: 'queries' });
  expect(records.map(({ sql }) => sql)).toEqual(['select 1', 'select\n2']);
});
