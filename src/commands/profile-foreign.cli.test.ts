import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer } from '../sources/postgres/test-server-fixture.ts';
import { musicSql, musicWork } from './foreign-music-fixture.ts';
import { rentalSql, rentalWork } from './foreign-rental-fixture.ts';
import { tradersSql, tradersWork } from './foreign-traders-fixture.ts';
import { resultIn, scratch, shardlab } from './shardlab-fixture.ts';

/** Databases of the kinds that everybody has met, with what libraries send to them. */
const schemas = {
  music: { sql: musicSql, work: musicWork },
  rental: { sql: rentalSql, work: rentalWork },
  traders: { sql: tradersSql, work: tradersWork },
};
type Name = keyof typeof schemas;

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start({ shared_preload_libraries: 'pg_stat_statements' });
}, 60_000);
afterAll(() => server.stop());

/** @param rounds how often each statement is sent; 0: the extension is not there either */
async function loaded(name: Name, rounds: number): Promise<string> {
  const database = `${name}_${rounds}`;
  const { sql, work } = schemas[name];
  await server.ask(`create database ${database}`);
  await server.ask(sql, database);
  if (rounds > 0) await server.ask('create extension pg_stat_statements schema public', database);
  const client = new pg.Client({ connectionString: server.url({ database }) });
  await client.connect();
  for (let round = 0; round < rounds; round += 1) {
    for (const [text, values] of work) await client.query(text, [...values(round)]);
  }
  await client.query('analyze');
  await client.end();
  return server.url({ database });
}

test.each([
  ['music', 60, 'customer_id'],
  ['rental', 60, 'customer_id'],
  ['traders', 60, 'order_id'],
] as const)(
  '%s is profiled, and what is written runs and grows',
  async (name, rounds, key) => {
    const cwd = scratch();
    const url = await loaded(name, rounds);
    const profiled = await shardlab(['profile', url, '--key', key, '--out', 'mine.yaml'], { cwd });
    expect(profiled.code, profiled.stderr).toBe(0);
    const text = readFileSync(join(cwd, 'mine.yaml'), 'utf8');
    expect(text).not.toContain('probe');
    expect(text.match(/^ {2}- name: /gm)?.length).toBeGreaterThanOrEqual(5);

    const cells = ['--strategy', `${key}/jump`];
    const flags = ['--duration', '2s', '--rate', '100/s', '--shards', '2', '--out', 'run'];
    const ran = await shardlab(['run', 'mine.yaml', ...cells, ...flags], { cwd });
    const result = resultIn(join(cwd, 'run'));
    expect(result.cells).toHaveLength(1);
    for (const { status, verdict } of result.cells) {
      expect(status, ran.stderr).toBe('ok');
      // Whether a busy machine keeps up in two seconds is not what this is about.
      expect(['FAILING', 'EMPTY']).not.toContain(verdict?.status);
    }
    const grown = await shardlab(
      ['grow', 'mine.yaml', '--to', '8', '--capacity', '500/s', '--out', 'grow'],
      { cwd },
    );
    expect(grown.code, grown.stderr).toBe(0);
  },
  90_000,
);

test('without statements it has operations read off the schema', async () => {
  const cwd = scratch();
  const url = await loaded('traders', 0);
  const profiled = await shardlab(['profile', url, '--out', 'mine.yaml'], { cwd });
  expect(profiled.code, profiled.stderr).toBe(0);
  const dry = await shardlab(['run', 'mine.yaml', '--dry-run'], { cwd });
  expect(dry.code, dry.stderr).toBe(0);
}, 60_000);
