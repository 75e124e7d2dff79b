import type { Query, ReadOnlySession } from '../session-types.ts';
import { rowsOf } from '../typed-rows.ts';
import type { Index } from './indexes.ts';
import type { Relation } from './relations.ts';

export interface Sizes {
  readonly blockBytes: number;
  /** By id of a table, partition or index; without those that could not be looked at. */
  readonly exact: ReadonlyMap<string, { readonly main: number; readonly toast: number }>;
}

const sizesSql = `
  select c.oid::text as id, coalesce(pg_relation_size(c.oid), 0)::float8 as main,
    case when c.reltoastrelid = 0 then 0
      else coalesce(pg_total_relation_size(c.reltoastrelid), 0) end::float8 as toast
  from pg_class c where c.oid = any ($1::oid[])`;

/** lock_not_available, query_canceled (too many relations for the time). */
const waited = new Set(['55P03', '57014']);

/**
 * Sizes as they are now. Looking at one takes an ACCESS SHARE lock, which waits where somebody has
 * the table to themselves: then those of the planner (relpages) must do.
 */
export async function readSizes(
  session: ReadOnlySession,
  relations: readonly Relation[],
  indexes: readonly Index[],
): Promise<Sizes> {
  const locked = new Set(relations.filter((each) => each.locked).map(({ id }) => id));
  const stored = relations.filter(({ kind }) => kind === 'table').map(({ id }) => id);
  const ids = [
    ...stored.filter((id) => !locked.has(id)),
    ...indexes.filter(({ table }) => !locked.has(table)).map(({ id }) => id),
  ];
  try {
    return await session.sample(async (query) => {
      const rows = await rowsOf<{ id: string; main: number; toast: number }>(query, sizesSql, [
        ids,
      ]);
      return {
        blockBytes: await readBlockBytes(query),
        exact: new Map(rows.map(({ id, main, toast }) => [id, { main, toast }])),
      };
    });
  } catch (error) {
    if (!waited.has((error as { code?: string }).code ?? '')) throw error;
    const blockBytes = await session.sample(readBlockBytes);
    return { blockBytes, exact: new Map() };
  }
}

async function readBlockBytes(query: Query): Promise<number> {
  const [row] = await rowsOf<{ bytes: number }>(
    query,
    "select current_setting('block_size')::int as bytes",
  );
  return row?.bytes ?? 8192;
}
