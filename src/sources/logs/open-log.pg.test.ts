import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LoggingServer, startLoggingServer } from './logging-server-fixture.ts';
import { type ReadFixture, readPath } from './opened-log-fixture.ts';

const settings = {
  /** Durations in the line of the statement, and those of parse and bind. */
  'log_min_duration_statement = 0': ['log_min_duration_statement = 0'],
  /** Durations in a line of their own. */
  'log_statement = all, with durations': ['log_statement = all', 'log_duration = on'],
  'log_statement = all': ['log_statement = all'],
  'log_error_verbosity = verbose': [
    'log_min_duration_statement = 0',
    'log_error_verbosity = verbose',
  ],
} as const;

const marker = "select 'the last one'";
const strange = 'it\'s "quoted",\n\tsecond line, ünïcode 🐘 \\ $1 = NULL';

async function speak(client: pg.Client): Promise<void> {
  await client.query('create table orders (id int8, tenant_id int4, note text, at date)');
  await client.query('begin');
  const insert = 'insert into orders (id, tenant_id, note) values ($1, $2, $3)';
  await client.query(insert, [1, 7, strange]);
  await client.query({ name: 'named: one', text: insert, values: [2, 7, null] });
  await client.query({ name: 'named: one', text: insert, values: [3, 8, 'cut...'] });
  await client.query('commit');
  await client.query(`select *\nfrom orders -- it's\n\n\twhere note = 'a "b"' and tenant_id = 7`);
  await client.query('select nothing_like_it from orders').catch(() => undefined);
  await client.query('selekt 1').catch(() => undefined);
  await client.query('select id from orders where id = $1', ['no number']).catch(() => undefined);
  await client.query('select 1; select 2');
  await client.query(`do $$ begin raise log 'statement: select 666'; end $$`);
  await client.query(
    'prepare by_id(int8, text) as select * from orders where id = $1 and note = $2',
  );
  await client.query(`execute by_id(5, 'it''s')`);
  await client.query(marker);
}

const logs = new Map<string, Record<'csv' | 'json' | 'log', ReadFixture>>();

beforeAll(async () => {
  // One server after the other: they share two cores.
  for (const [name, lines] of Object.entries(settings)) {
    const server: LoggingServer = await startLoggingServer(lines);
    try {
      const clients = [await server.client(), await server.client()];
      const [first, second] = clients;
      await second?.query("select 'the other session'");
      if (first !== undefined) await speak(first);
      for (const client of clients) await client.end();
      const read = async (format: 'csv' | 'json' | 'log'): Promise<ReadFixture> =>
        readPath(await server.log(format, marker));
      logs.set(name, { csv: await read('csv'), json: await read('json'), log: await read('log') });
    } finally {
      await server.stop();
    }
  }
});

afterAll(() => logs.clear());

const comparable = ({ records }: ReadFixture): unknown =>
  records.map(({ session, sql, parameters, atMs, durationMs }) => ({
    session,
    sql,
    parameters,
    atMs,
    durationMs,
  }));

test.each(Object.keys(settings))('%s: all formats have the same records', (name) => {
  const read = logs.get(name);
  if (read === undefined) throw new Error('no log');
  expect(read.csv.evidence.about['format']).toBe('csvlog');
  expect(read.json.evidence.about['format']).toBe('jsonlog');
  expect(read.log.evidence.about['format']).toBe('stderr');
  expect(read.csv.records.length).toBeGreaterThan(10);
  expect(comparable(read.json)).toEqual(comparable(read.csv));
  expect(comparable(read.log)).toEqual(comparable(read.csv));
  for (const { unparsed } of Object.values(read)) expect(unparsed).toEqual([]);
});

test.each(Object.keys(settings))('%s: statements are those that were sent', (name) => {
  const read = logs.get(name)?.csv;
  const records = read?.records;
  const insert = 'insert into orders (id, tenant_id, note) values ($1, $2, $3)';
  expect(records?.map(({ sql, parameters }) => [sql, parameters])).toEqual([
    ["select 'the other session'", null],
    ['create table orders (id int8, tenant_id int4, note text, at date)', null],
    ['begin', null],
    [insert, ['1', '7', strange]],
    [insert, ['2', '7', null]],
    [insert, ['3', '8', 'cut...']],
    ['commit', null],
    [`select *\nfrom orders -- it's\n\n\twhere note = 'a "b"' and tenant_id = 7`, null],
    ['select 1; select 2', null],
    [`do $$ begin raise log 'statement: select 666'; end $$`, null],
    ['prepare by_id(int8, text) as select * from orders where id = $1 and note = $2', null],
    ['select * from orders where id = $1 and note = $2', ['5', "it's"]],
    [marker, null],
  ]);
  expect(read?.evidence.read['failedStatements']).toBe(3);
  const timed = records?.filter(({ durationMs }) => durationMs !== null).length;
  expect(timed).toBe(name === 'log_statement = all' ? 0 : records?.length);
});
