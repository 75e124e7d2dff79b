import { vi } from 'vitest';
import { PostgresSession } from './read-only-session.ts';
import type { Query } from './session-types.ts';
import type { TestServer } from './test-server-fixture.ts';

/** For what is proved below: every statement in the log, with who sent it; nothing else writes. */
export const provingSettings = {
  log_statement: 'all',
  log_line_prefix: '%u ',
  log_duration: 'off',
  autovacuum: 'off',
};

export interface Proof {
  /** Statements that reached the server, each as its log has it. */
  readonly statements: readonly string[];
  /** Modes of all locks that a transaction held at its end. */
  readonly locks: ReadonlySet<string>;
  /** Every row of every table, the catalogue's as well, with its version. */
  readonly before: string;
  readonly after: string;
}

/** What a role does to the server while `work` runs. */
export async function proofOf(
  server: TestServer,
  role: string,
  work: () => Promise<void>,
): Promise<Proof> {
  const locks = new Set<string>();
  const restore = askingAfter(async (query) => {
    const held = await query('select mode from pg_locks where pid = pg_backend_pid()');
    for (const { mode } of held) locks.add(String(mode));
  });
  const before = await contentOf(server);
  const logged = (await server.log()).length;
  await work();
  const log = (await server.log()).slice(logged);
  restore();
  return { statements: statementsOf(log, role), locks, before, after: await contentOf(server) };
}

/** Every sample runs as it always does, and asks for something more at its end. */
function askingAfter(ask: (query: Query) => Promise<void>): () => void {
  const { sample } = Object.getOwnPropertyDescriptors(PostgresSession.prototype);
  const run = sample.value as Sample;
  const spy = vi.spyOn(PostgresSession.prototype, 'sample');
  spy.mockImplementation(function sampled(this: PostgresSession, work) {
    return run.call(this, async (query) => {
      const result = await work(query);
      await ask(query);
      return result;
    });
  });
  return () => spy.mockRestore();
}

type Sample = (this: PostgresSession, work: (query: Query) => Promise<unknown>) => Promise<unknown>;

/** A line that goes on begins with a tab. */
function statementsOf(log: string, role: string): string[] {
  return log
    .replaceAll('\n\t', ' ')
    .split('\n')
    .filter((line) => line.startsWith(`${role} LOG:`))
    .flatMap((line) => /(?:statement|execute [^:]*): .*/.exec(line) ?? []);
}

async function contentOf(server: TestServer): Promise<string> {
  const relations = await server.ask(
    `select format('select %L as name, count(*), md5(string_agg(md5(row(t.*)::text || t.ctid ||
        t.xmin || t.xmax), '''' order by t.ctid)) from only %s t', c.oid::regclass, c.oid::regclass)
      from pg_class c where c.relkind in ('r', 'm', 'S') and c.relpersistence <> 't'
      order by c.oid`,
  );
  const rows = await server.ask(relations.map(([sql]) => String(sql)).join(' union all '));
  return rows
    .map((row) => row.join(' '))
    .toSorted()
    .join('\n');
}
