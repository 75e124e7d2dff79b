import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openPostgres } from './open-postgres.ts';
import { PostgresSession } from './read-only-session.ts';
import { TestServer } from './test-server-fixture.ts';

let server: TestServer;
const { signal } = new AbortController();

beforeAll(async () => {
  server = await TestServer.start({ autovacuum: 'off' });
});

afterAll(() => server.stop());

test('five thousand tables are read in seconds, by few queries', async () => {
  // One transaction would need more locks than the server has room for.
  await server.ask(
    `do $$ begin for i in 1..5000 loop
       execute 'create table t_' || i || ' (id int, tenant_id int not null)';
       if i % 200 = 0 then commit; end if;
     end loop; end $$`,
  );
  const fill = 'insert into t_77 select i, i % 3 from generate_series(1, 5) i; analyze t_77';
  await server.ask(fill);
  const sample = vi.spyOn(PostgresSession.prototype, 'sample');
  const started = performance.now();
  const source = await openPostgres(server.url(), {
    watchMs: null,
    signal,
    report: () => undefined,
  });
  const tookMs = performance.now() - started;
  expect(sample.mock.calls.length).toBeLessThan(20);
  sample.mockRestore();
  await source.session.close();
  expect(source.schema.tables.length).toBe(5000);
  expect(source.schema.tables.find(({ name }) => name === 't_77')).toMatchObject({
    rows: { count: 5, basis: 'estimated' },
    columns: [{ stats: { distinct: 5 } }, { stats: { distinct: 3 } }],
  });
  expect(tookMs).toBeLessThan(15_000);
});

test.each(['5000 tables', 'sizes', 'statistics of columns'])(
  'the signal ends it after "%s": the backend is gone within a second',
  async (moment) => {
    const stop = new AbortController();
    let abortedMs = 0;
    const report = (done: string): void => {
      if (done !== moment) return;
      setTimeout(() => {
        abortedMs = performance.now();
        stop.abort(new Error('interrupted'));
      }, 50);
    };
    const reading = openPostgres(server.url(), { watchMs: null, signal: stop.signal, report });
    await expect(reading).rejects.toThrow('interrupted');
    const sessions =
      "select count(*)::int from pg_stat_activity where backend_type = 'client backend' " +
      'and pid <> pg_backend_pid()';
    while (Number((await server.ask(sessions))[0]?.[0]) > 0) await sleep(10);
    expect(performance.now() - abortedMs).toBeLessThan(1_000);
  },
);
