import type { ReadOnlySession } from '../session-types.ts';
import { rowsOf } from '../typed-rows.ts';

// Writing a view's SQL takes locks on what it reads, also through other views.
const viewsSql = `
  with recursive blocked(id) as (
    select unnest($2::oid[])
    union
    select r.ev_class from blocked b
      join pg_depend d on d.refclassid = 'pg_class'::regclass and d.refobjid = b.id
        and d.classid = 'pg_rewrite'::regclass
      join pg_rewrite r on r.oid = d.objid
  )
  select c.oid::text as id, rtrim(btrim(pg_get_viewdef(c.oid, true)), ';') as sql
  from pg_class c where c.oid = any ($1::oid[]) and c.oid not in (select id from blocked)`;

/** These locks last as long as the transaction, and the server has room for a few thousand. */
const viewsAtOnce = 100;

/**
 * SQL by id of a view, without those above tables that somebody has to themselves.
 *
 * @param locked ids of such tables and their partitions
 */
export async function readViews(
  session: ReadOnlySession,
  ids: readonly string[],
  locked: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const views = new Map<string, string>();
  for (let from = 0; from < ids.length; from += viewsAtOnce) {
    const some = ids.slice(from, from + viewsAtOnce);
    const rows = await session.sample((query) =>
      rowsOf<{ id: string; sql: string }>(query, viewsSql, [some, locked]),
    );
    for (const { id, sql } of rows) views.set(id, sql);
  }
  return views;
}
