import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CandidateKey } from '../../profile/evidence.ts';
import { healthFacts } from './health/health-facts.ts';
import { measureKeys } from './keys/measure-keys.ts';
import { openPostgres, type PostgresSource } from './open-postgres.ts';
import { proofOf, provingSettings } from './read-only-proof-fixture.ts';
import { richAnalyze, richSchema } from './rich-schema-fixture.ts';
import { TestServer } from './test-server-fixture.ts';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start({
    ...provingSettings,
    shared_preload_libraries: 'pg_stat_statements',
  });
  await server.ask('create extension pg_stat_statements');
  await server.ask(richSchema);
  await server.ask(richAnalyze);
  // It may write whatever it likes.
  await server.ask(
    `create role writer superuser login password '${server.password}';
     alter role writer set default_transaction_isolation = 'serializable'`,
  );
});

afterAll(() => server.stop());

const signal = new AbortController().signal;
const report = (): void => undefined;

const candidates: readonly CandidateKey[] = [
  {
    key: 'tenant_id',
    columns: [
      { table: 'orders', columns: ['tenant_id'] },
      { table: 'order_lines', columns: ['tenant_id'] },
      { table: 'events', columns: ['tenant_id'] },
      { table: 'tenants', columns: ['id'] },
    ],
    root: 'tenants',
    because: ['foreign key'],
  },
];

const measured = (exact: { rowsMost: number; timeMs: number } | null) => (source: PostgresSource) =>
  measureKeys(source.session, source.schema, candidates, {
    exact,
    sampleRows: 500,
    signal,
    report,
  });

const works: readonly [string, (source: PostgresSource) => Promise<unknown>][] = [
  ['schema, statistics and statements', async () => undefined],
  ['health', ({ session, schema }) => healthFacts(session, schema)],
  ['keys by a sample', measured(null)],
  ['keys exactly', measured({ rowsMost: 1e6, timeMs: 1e4 })],
];

const limits = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
const begin =
  'BEGIN READ ONLY, ISOLATION LEVEL READ COMMITTED; ' +
  limits.map((limit) => String.raw`SET LOCAL ${limit} = \d+; `).join('') +
  'SET LOCAL search_path = pg_catalog; SET LOCAL row_security = on; ' +
  String.raw`SELECT /\* shardlab profile \*/ set_config\('client_encoding', 'SQL_ASCII', true\) ` +
  String.raw`WHERE current_setting\('server_encoding'\) = 'SQL_ASCII'`;

const allowed = [
  new RegExp(`^statement: ${begin}$`),
  /^statement: (COMMIT|ROLLBACK)$/,
  /^statement: SET LOCAL statement_timeout = \d+$/i,
  // Named statements would have their name here.
  /^(statement|execute <unnamed>): +(select|with) \/\* shardlab profile \*\/ /,
];

test.each(works)('%s: only reads reach the server, under ACCESS SHARE', async (_, work) => {
  const proof = await proofOf(server, 'writer', async () => {
    const source = await openPostgres(server.url({ user: 'writer' }), {
      watchMs: 50,
      signal,
      report,
    });
    await work(source);
    await source.session.close();
  });
  expect(proof.statements.length).toBeGreaterThan(20);
  expect(proof.statements.filter((text) => !allowed.some((each) => each.test(text)))).toEqual([]);
  // Every transaction has a lock on its own number.
  expect([...proof.locks].toSorted()).toEqual(['AccessShareLock', 'ExclusiveLock']);
  expect(proof.after).toBe(proof.before);
  expect(proof.before).toMatch(/^sales\.order_lines 3000 /m);
});

test('what would write is seen by this', async () => {
  const proof = await proofOf(server, 'writer', async () => {
    await server.ask('set role writer; insert into audit.log values (now(), $$more$$)');
  });
  expect(proof.after).not.toBe(proof.before);
});
