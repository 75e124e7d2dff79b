import type { Query } from '../session-types.ts';
import { rowsOf } from '../typed-rows.ts';

export interface Index {
  readonly id: string;
  readonly table: string;
  readonly name: string;
  /** Of its key, without the columns that INCLUDE adds; 0 is an expression. */
  readonly columns: readonly number[];
  /** For each column of the key, NULL where it is a plain one. */
  readonly expressions: readonly (string | null)[];
  readonly unique: boolean;
  readonly primary: boolean;
  /** Whether it keeps an exclusion, WITHOUT OVERLAPS included. */
  readonly exclusion: boolean;
  readonly partial: boolean;
  readonly valid: boolean;
  readonly pages: number;
}

const indexesSql = `
  select i.indexrelid::text as id, i.indrelid::text as "table", c.relname as name,
    (i.indkey::int2[])[0:i.indnkeyatts - 1] as columns,
    array(select case when i.indkey[k] <> 0 then null
        when i.indrelid = any ($2::oid[]) then '?'
        else pg_get_indexdef(i.indexrelid, k + 1, true) end
      from generate_series(0, i.indnkeyatts - 1) k order by k) as expressions,
    i.indisunique as "unique", i.indisprimary as "primary", i.indisexclusion as exclusion,
    i.indpred is not null as partial, i.indisvalid as valid, c.relpages as pages
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = any ($1::oid[])
  order by i.indrelid, c.relname collate "C"`;

/**
 * Of tables and partitions.
 *
 * @param locked expressions of their indexes cannot be read
 */
export const readIndexes = (
  query: Query,
  tables: readonly string[],
  locked: readonly string[],
): Promise<readonly Index[]> => rowsOf<Index>(query, indexesSql, [tables, locked]);
