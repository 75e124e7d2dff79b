import { Client, DatabaseError } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { RunningFleet } from '../fleet/types.ts';
import type { KeyValue, StatementLayout } from '../scenario/layout-types.ts';
import type { ScriptParameter, Table } from '../scenario/table-types.ts';
import { recreateDatabase } from '../postgres/database.ts';
import { startShards } from '../testing/embedded-shards.ts';
import { corpus } from './corpus-fixture.ts';
import type { CorpusStatement } from './corpus-statement-fixture.ts';
import { corpusLayout } from './corpus-layout-fixture.ts';
import { corpusDraws, corpusTables } from './corpus-schema-fixture.ts';
import { sqlReaderFixture as reader } from './sql-reader-fixture.ts';

/** One database that holds everything, and three shards of the same. */
const shardCount = 3;
const tenants = 12;

let fleet: RunningFleet;
let whole: Client;
let shards: Client[];

beforeAll(async () => {
  const started = await startShards(1);
  ({ fleet } = started);
  const server = present(started.servers[0], 'server');
  const names = ['whole', ...Array.from({ length: shardCount }, (_, shard) => `shard${shard}`)];
  const clients = await Promise.all(
    names.map(async (name) => {
      const client = new Client(await recreateDatabase(server, name));
      await client.connect();
      return client;
    }),
  );
  [whole, ...shards] = clients as [Client, ...Client[]];
  await whole.query(ddl(null));
  await whole.query(data);
  for (const [shard, client] of shards.entries()) {
    await client.query(ddl(shard));
    await copyTo(client, shard);
  }
});

afterAll(async () => {
  await Promise.all([whole, ...shards].map((client) => client.end()));
  await fleet.stop();
});

/** @param shard null: all constraints hold */
function ddl(shard: number | null): string {
  const { lost } = corpusLayout('select 1').layout;
  const isLost = (table: string, columns: readonly string[]): boolean =>
    shard !== null &&
    lost.some(
      (each) =>
        each.kind === 'foreign' && each.table === table && each.columns.join() === columns.join(),
    );
  const names = (columns: readonly string[]): string =>
    columns.map((each) => `"${each}"`).join(', ');
  const statements = corpusTables.tables.map(({ name, columns, primary, unique, foreign }) => {
    const parts = [
      ...columns.map((each) => `"${each.name}" ${each.type}`),
      `primary key (${names(primary)})`,
      ...unique.map((each) => `unique (${names(each)})`),
      ...foreign.flatMap((each) =>
        isLost(name, each.columns)
          ? []
          : [
              `foreign key (${names(each.columns)}) references "${each.table}"` +
                ` (${names(each.references)}) on delete ${each.onDelete}`,
            ],
      ),
    ];
    return `create table "${name}" (${parts.join(', ')});`;
  });
  const views = corpusTables.views.map(({ name, sql }) => `create view ${name} as ${sql};`);
  return [...statements, ...views].join('\n');
}

const data = `
insert into products select n, 'p' || n, n * 7 % 60 from generate_series(1, 10) n;
insert into audit select n, 'a' || n from generate_series(1, 9) n;
insert into settings select 's' || n, n from generate_series(1, 4) n;
insert into tenants select n, 't' || n from generate_series(1, ${tenants}) n;
insert into users select t, n, 'u' || t || '-' || n, 'r' || (t + n) % 3
  from generate_series(1, ${tenants}) t, generate_series(1, 4) n;
insert into follows select t, n, 1 + (t * n) % ${tenants}, n
  from generate_series(1, ${tenants}) t, generate_series(1, 4) n;
insert into orders select t, 1 + n % 3, n, (t * 31 + n * 17) % 90,
  case when n % 2 = 0 then 'new' else 'paid' end, 'l' || n
  from generate_series(1, ${tenants}) t, generate_series(1, 6) n;
insert into lines select t, o, n, 1 + (t + o * n) % 9, 1 + (t + o + n) % 7
  from generate_series(1, ${tenants}) t, generate_series(1, 5) o, generate_series(1, 3) n
  where o <> 1 + t % ${shardCount};
insert into nodes select t, n, (n + t % 2) / 2 from generate_series(1, ${tenants}) t,
  generate_series(1, 9) n;
insert into "Größe" select t, n, 'x' || n from generate_series(1, ${tenants}) t,
  generate_series(1, 3) n;`;

/** The router of the test: the key's remainder. */
const shardOf = (key: unknown): number => Number(key) % shardCount;

/** SQL of which rows of a table lie on a shard. */
function lies({ name }: Table, shard: number): string {
  const layout = present(
    corpusLayout('select 1').layout.tables.find((each) => each.table === name),
    name,
  );
  if (layout.placement === 'reference') return 'true';
  if (layout.placement === 'home') return String(shard === 0);
  return `"${layout.keyColumns[0]}" % ${shardCount} = ${shard}`;
}

async function copyTo(client: Client, shard: number): Promise<void> {
  for (const table of corpusTables.tables) {
    const { rows } = await whole.query<{ row: string }>(
      `select to_jsonb(t)::text as row from "${table.name}" t where ${lies(table, shard)}`,
    );
    for (const { row } of rows) {
      await client.query(
        `insert into "${table.name}"
         select * from jsonb_populate_record(null::"${table.name}", $1)`,
        [row],
      );
    }
  }
}

type Row = Readonly<Record<string, unknown>>;

/** Rows of all draws, of which one follows from another where the draws say so. */
async function drawnRows(round: number): Promise<Row[][]> {
  const pick = async (sql: string): Promise<Row[]> => (await whole.query<Row>(sql)).rows;
  const tenant = 1 + ((round * 5) % tenants);
  const some = 1 + ((round * 7) % 5);
  // One order of each shard's tenants has no lines.
  const order = some === 1 + (tenant % shardCount) ? 4 : some;
  const other = 1 + ((round * 11 + 4) % tenants);
  const [own] = await pick(`select * from orders where tenant_id = ${tenant} and id = ${order}`);
  const user = String(own?.['user_id']);
  const sqls: Readonly<Record<string, string>> = {
    orders: `select * from orders where tenant_id = ${tenant} and id = ${order}`,
    users: `select * from users where tenant_id = ${tenant} and id = ${user}`,
    lines: `select * from lines where tenant_id = ${tenant} and order_id = ${order} limit 1`,
    other: `select * from orders where tenant_id = ${other} and id = ${order}`,
    any: `select * from tenants where id in (${tenant}, ${other}, ${1 + (round % tenants)})`,
    some: `select * from orders where tenant_id = ${tenant} and id < 4`,
    products: `select * from products where id = ${1 + (round % 9)}`,
    audit: `select * from audit where id = ${1 + (round % 9)}`,
    settings: `select * from settings where value = ${1 + (round % 4)}`,
    nodes: `select * from nodes where tenant_id = ${tenant} limit 1`,
    'new.orders': `select ${tenant} as tenant_id, ${user} as user_id, 100 as id`,
    'new.lines': `select ${tenant} as tenant_id, ${order} as order_id, 99 as number`,
    'new.users': `select ${tenant} as tenant_id, 88 as id`,
    'new.audit': `select ${100 + round} as id`,
  };
  return Promise.all(corpusDraws.map(({ name }) => pick(present(sqls[name], name))));
}

function valueOf(parameter: ScriptParameter, draws: readonly Row[][]): unknown {
  if (parameter.kind !== 'row') return 5;
  const values = (draws[parameter.draw] ?? []).map((row) => row[parameter.column]);
  const numbers = values.map(Number);
  if (parameter.form === 'list') return values;
  if (parameter.form === 'from') return Math.min(...numbers);
  return parameter.form === 'to' ? Math.max(...numbers) : values[0];
}

/** Shards that a statement goes to. */
function shardsOf({ route }: StatementLayout, values: readonly unknown[], round: number): number[] {
  const all = shards.map((_, shard) => shard);
  if (route.to === 'all' || route.to === 'range') return all;
  if (route.to === 'any') return [round % shardCount];
  if (route.to === 'home') return [0];
  if (route.to === 'nowhere') return [];
  const keys = route.keys.flatMap(({ values: [value] }) => keyOf(present(value, 'key'), values));
  return [...new Set(keys.map(shardOf))];
}

function keyOf(value: KeyValue, values: readonly unknown[]): unknown[] {
  if ('constant' in value) return [value.constant];
  if ('draw' in value) throw new Error('the corpus has one statement each');
  return [values[value.parameter - 1]].flat();
}

const texts = (rows: readonly Row[]): string[] =>
  rows.map((row) => JSON.stringify(Object.values(row))).toSorted();

/** What the tables of some shards hold together; of a reference table each must hold all. */
async function contents(clients: readonly Client[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of corpusTables.tables) {
    const isReference = lies(table, 1) === 'true';
    const answers: string[][] = [];
    for (const client of clients) {
      answers.push(texts((await client.query<Row>(`select * from "${table.name}"`)).rows));
    }
    // Copies that differ are shown all, which is more than there should be.
    const isSame = new Set(answers.map((answer) => JSON.stringify(answer))).size === 1;
    found[table.name] =
      isReference && isSame ? present(answers[0], 'answer') : answers.flat().toSorted();
  }
  return found;
}

async function rolledBack<T>(run: () => Promise<T>): Promise<T> {
  const clients = [whole, ...shards];
  await Promise.all(clients.map((client) => client.query('begin')));
  try {
    return await run();
  } finally {
    await Promise.all(clients.map((client) => client.query('rollback')));
  }
}

test('the shards hold what the one database holds', async () => {
  expect(await contents(shards)).toStrictEqual(await contents([whole]));
});

interface Outcome {
  readonly rows: readonly string[];
  readonly contents: Readonly<Record<string, readonly string[]>> | null;
}

/** What a statement gives and leaves on some databases, answers put together. */
async function outcome(
  { sql, merged }: CorpusStatement,
  clients: readonly Client[],
  values: readonly unknown[],
  isWrite: boolean,
): Promise<Outcome> {
  const { text } = reader.read(sql);
  const answers: Row[] = [];
  for (const client of clients) answers.push(...(await client.query<Row>(text, [...values])).rows);
  const all = texts(answers);
  const isDistinct = text.startsWith('select distinct');
  const rows = merged === true ? [] : isDistinct ? [...new Set(all)] : all;
  return {
    rows,
    contents: isWrite ? await contents(clients[0] === whole ? [whole] : shards) : null,
  };
}

/** Both outcomes, for parameters that follow from a number. */
async function outcomes(of: CorpusStatement, round: number): Promise<[Outcome, Outcome]> {
  const { script, statement } = corpusLayout(of.sql);
  const draws = await drawnRows(round);
  const values = (script.statements[0]?.parameters ?? []).map((each) => valueOf(each, draws));
  const isRefused = statement.fate === 'notRunnable';
  const isWrite = statement.locks || isRefused;
  const to = isRefused ? shards.map((_, shard) => shard) : shardsOf(statement, values, round);
  const clients = to.map((shard) => present(shards[shard], 'shard'));
  return rolledBack(async () => [
    await outcome(of, [whole], values, isWrite),
    await outcome(of, clients, values, isWrite),
  ]);
}

/** Whether a statement gives or leaves something else on all shards than on the one database. */
async function differs(of: CorpusStatement, round: number): Promise<boolean> {
  try {
    const [expected, found] = await outcomes(of, round);
    return JSON.stringify(expected) !== JSON.stringify(found);
  } catch (error) {
    // A constraint holds here and not there, or a row is on two shards.
    if (error instanceof DatabaseError && error.code?.startsWith('23') === true) return true;
    throw error;
  }
}

const rounds = [0, 1, 2, 3, 4, 5];
const runs = corpus.filter(({ fate }) => fate !== 'notRunnable');
const refused = corpus.filter(({ fate }) => fate === 'notRunnable');

test.each(runs)('$fate: $sql', async (each) => {
  for (const round of rounds) {
    const [expected, found] = await outcomes(each, round);
    expect(found).toStrictEqual(expected);
  }
});

test.each(refused)('not by shards: $sql', async (each) => {
  const differing: boolean[] = [];
  for (const round of rounds) differing.push(await differs(each, round));
  expect(differing.includes(true)).toBe(each.careful !== true);
});
