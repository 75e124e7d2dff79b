import type { ClientBase } from 'pg';
import pg from 'pg';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';

/**
 * What the transaction so far has named or made outside the schema $1. Every table that a statement
 * names is locked until the end of the transaction, by PREPARE too; what is made carries the
 * transaction's id. A lock without a table is one that was dropped: its own work (ALTER TABLE makes
 * and drops copies) has numbers above $2, the highest before it.
 */
const strangersQuery = `
  with own as (select (txid_current_if_assigned() % 4294967296)::text as xmin)
  select case when c.oid is null then 'a table that it drops'
              else format('%I.%I', n.nspname, c.relname) end as name
    from pg_locks l
    left join pg_class c on c.oid = l.relation
    left join pg_namespace n on n.oid = c.relnamespace
   where l.pid = pg_backend_pid() and l.locktype = 'relation'
     and l.database = (select oid from pg_database where datname = current_database())
     and case when c.oid is null then l.relation <= $2::oid
              else n.nspname !~ '^pg_' and n.nspname not in ('information_schema', $1) end
  union
  select format('schema %I', n.nspname) from pg_namespace n, own where n.xmin::text = own.xmin
  union
  select format('%I.%I', n.nspname, p.proname)
    from own, pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where p.xmin::text = own.xmin and n.nspname <> $1
  union
  select format('%I.%I', n.nspname, t.typname)
    from own, pg_type t join pg_namespace n on n.oid = t.typnamespace
   where t.xmin::text = own.xmin and n.nspname not in ('pg_toast', $1)
  order by 1`;

/**
 * Runs `work` and, on a server that is not ours, makes sure that it named no table but those of our
 * schema: SQL that says `public.orders` would else change the user's own data. What it did is
 * undone when it named another.
 * @param schema undefined on a server of our own, where `work` simply runs
 * @throws {UserError} exit 2, naming the tables
 */
export async function inOwnSchema(
  client: ClientBase,
  schema: string | undefined,
  work: () => Promise<void>,
): Promise<void> {
  if (schema === undefined) return work();
  await client.query('begin');
  try {
    const before = await client.query<{ top: string }>(
      'select max(oid)::text as top from pg_class',
    );
    await work();
    const { rows } = await client.query<{ name: string }>(strangersQuery, [
      schema,
      before.rows[0]?.top,
    ]);
    if (rows.length > 0) throw strangersError(rows.map(({ name }) => name));
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

const strangersError = (names: readonly string[]): UserError =>
  new UserError(
    `the SQL of the scenario uses ${names.join(', ')}, which is outside the schema of this run`,
    {
      exitCode: exitCodes.usage,
      hint:
        'write table names without a schema: on your own servers shardlab uses one new ' +
        'schema only',
    },
  );

/** libpq's `options` that makes a schema the only one that names are looked up in. */
export const searchPathOption = (schema: string): string =>
  `-c search_path=${pg.escapeIdentifier(schema).replaceAll(/[\\ ]/g, '\\$&')}`;
