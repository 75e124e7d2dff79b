import type { ReadOnlySession } from '../session-types.ts';
import { rowsOf } from '../typed-rows.ts';

/** SQL by id of a view; null: somebody has a table below one of them to themselves. */
export async function readViews(
  session: ReadOnlySession,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string> | null> {
  if (ids.length === 0) return new Map();
  try {
    const rows = await session.sample((query) =>
      rowsOf<{ id: string; sql: string }>(
        query,
        `select c.oid::text as id, rtrim(btrim(pg_get_viewdef(c.oid, true)), ';') as sql
         from pg_class c where c.oid = any ($1::oid[])`,
        [ids],
      ),
    );
    return new Map(rows.map(({ id, sql }) => [id, sql]));
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') return null;
    throw error;
  }
}
