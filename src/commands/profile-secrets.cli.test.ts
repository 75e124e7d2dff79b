import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../sources/postgres/test-server-fixture.ts';
import {
  plantedDatabase,
  plantedStatements,
  secretsIn,
  secretText,
} from './planted-secrets-fixture.ts';
import { addReader, temporaryFolder, writtenIn } from './profile-fixture.ts';
import { type Ended, makeScratch, shardlab } from './shardlab-fixture.ts';

let server: TestServer;
let url: string;
const folder = makeScratch();
const environment = { TMPDIR: temporaryFolder(folder) };
const rows = plantedDatabase();
const asked = plantedStatements('asked');
const filed = plantedStatements('filed');
const secrets = [...rows.secrets, ...asked.secrets, ...filed.secrets];

const work = (name: string): string => join(folder, name);

beforeAll(async () => {
  server = await TestServer.start({
    shared_preload_libraries: 'pg_stat_statements',
    log_line_prefix: '%m [%p] %q%u@%d ',
    log_min_duration_statement: '0',
  });
  await server.ask('create database planted');
  await server.ask('create extension pg_stat_statements', 'planted');
  await server.ask(rows.sql, 'planted');
  await addReader(server);
  await server.each(asked.statements, 'planted');
  await server.parameterized(
    'select * from orders where customer_id = $1 and note->>$2 = $3',
    rows.secrets.slice(0, 60).map((id) => [/^\d+$/.test(id) ? id : '1', 'note', id]),
    'planted',
  );
  // What fails is in the log as well: with the value that a key has twice, and as it was typed.
  const [, name] = rows.secrets;
  await server.fails(
    `insert into customers (id, name, code) values (1, '${name}', null)`,
    'planted',
  );
  await server.fails(`selec '${secretText('asked typed')}' from`, 'planted');
  url = server.url({ user: 'reader', database: 'planted' });
  writeFileSync(work('server.log'), await server.log());
  writeFileSync(work('queries.sql'), `${filed.statements.join(';\n')};\n${broken}`);
  writeFileSync(work('dump.csv'), dump());
  writeFileSync(work('rows.csv'), spoiltCsv());
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const broken = `selec '${secretText('filed typed')}' from;\nselect '${secretText('filed open')}`;

/** As COPY writes pg_stat_statements, with statements that kept their literals. */
const dump = (): string =>
  `query,calls,total_exec_time,rows\n${filed.statements
    .map((sql) => `"${sql.replaceAll('"', '""')}",7,12.5,7\n`)
    .join('')}`;

/** Rows of which some have too many fields, some an open quote and some another type. */
function spoiltCsv(): string {
  const lines = rows.secrets.slice(0, 300).map((secret, row) => `${row},${secret},${row % 7}`);
  const spoilt = rows.secrets.slice(300, 310).map((secret) => `${secret},${secret},x,${secret}`);
  return `id,customer,amount\n${[...lines, ...spoilt].join('\n')}\n9,"${rows.secrets[311]},1`;
}

/** The values that a run shows, and whether it shows the password. */
function shownBy({ stdout, stderr }: Ended, out: string): { secrets: string[]; password: boolean } {
  const files = [...writtenIn(folder)].filter(([path]) => path.startsWith(out));
  const all = [stdout, stderr, ...files.map(([, text]) => text)].join('\n');
  const others = ['asked typed', 'filed typed', 'filed open'].map(secretText);
  return {
    secrets: secretsIn(all, [...secrets, ...others]),
    password: all.includes(server.password),
  };
}

const nothing = { secrets: [], password: false };

test('a thousand values are planted', () => {
  expect(new Set(secrets).size).toBeGreaterThanOrEqual(1000);
});

test.each([
  ['the database', () => [url]],
  ['the database, counted, as JSON', () => [url, '--exact', '--json']],
  ['the database and its log', () => [url, 'server.log']],
  ['the database and a file of SQL', () => [url, 'queries.sql', '--wide']],
  ['the database and a dump', () => [url, 'dump.csv']],
  ['a log alone', () => ['server.log']],
  ['a file of SQL alone', () => ['queries.sql']],
  ['rows of which some are spoilt', () => ['rows.csv']],
  ['all at once', () => [url, 'server.log', 'queries.sql', 'dump.csv', 'rows.csv']],
])('%s: no value and no password is shown', async (name, args) => {
  const out = `out-${name.replaceAll(/\W+/g, '-')}`;
  const ended = await shardlab(['profile', ...args(), '--out', `${out}.yaml`], {
    cwd: folder,
    environment,
  });
  expect(ended.code, ended.stderr).toBe(0);
  const names = [...writtenIn(folder).keys()].filter((path) => path.startsWith(out));
  expect(names).toHaveLength(5);
  expect(shownBy(ended, out)).toEqual(nothing);
});

test('labels, checks and defaults are schema, and stay', () => {
  const scenario = writtenIn(folder).get('out-the-database.yaml') ?? '';
  for (const kept of ['labelkept', 'otherlabel', 'defaultkept']) expect(scenario).toContain(kept);
});

test('--keep-values keeps values, the password never', async () => {
  const args = ['profile', url, 'server.log', '--keep-values', '--out', 'kept.yaml'];
  const ended = await shardlab(args, { cwd: folder, environment });
  const shown = shownBy(ended, 'kept');
  expect(shown.password).toBe(false);
  expect(shown.secrets).not.toEqual([]);
});

test.each([
  ['a candidate that is none', ['DATABASE', '--key', 'nothing']],
  ['a database that is not there', ['DATABASE_absent']],
  ['a user that is not there', ['OTHER']],
  ['a port that is none', ['PORT']],
  ['words instead of a URL', ['WORDS']],
  ['a URL without its slashes', ['SLASHES']],
  ['a password that is cut in two', ['SPLIT']],
  ['a flag that is none', ['DATABASE', '--scale', '0', '--watch', '1ms']],
  ['a folder that is none', ['DATABASE', '--out', 'server.log/x.yaml']],
])('%s: an error shows none either', async (name, args) => {
  const words: Readonly<Record<string, string>> = {
    DATABASE: url,
    DATABASE_absent: server.url({ user: 'reader', database: 'absent' }),
    OTHER: server.url({ user: 'nobody', database: 'planted' }),
    PORT: `postgres://reader:${server.password}@127.0.0.1:99999/planted`,
    WORDS: `host=127.0.0.1 user=reader password=${server.password} dbname=planted`,
    SPLIT: `postgres://reader:12/${server.password}@127.0.0.1/planted`,
    SLASHES: `postgresql:/reader:${server.password}@127.0.0.1/planted`,
  };
  const out = `error-${name.replaceAll(' ', '-')}`;
  const typed = ['profile', '--out', `${out}.yaml`, ...args.map((word) => words[word] ?? word)];
  const ended = await shardlab(typed, { cwd: folder, environment });
  expect(shownBy(ended, out)).toEqual(nothing);
  expect([2, 3]).toContain(ended.code);
});
