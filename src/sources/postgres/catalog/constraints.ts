import type { Query } from '../session-types.ts';
import { rowsOf } from '../typed-rows.ts';

export interface Constraint {
  readonly table: string;
  readonly name: string;
  readonly kind: 'primary' | 'exclusion' | 'foreign' | 'check';
  /** Numbers of columns. */
  readonly columns: readonly number[];
  /** Of a foreign key. */
  readonly references: string;
  readonly referenced: readonly number[];
  /** a: no action, r: restrict, c: cascade, n: set null, d: set default. */
  readonly onDelete: string;
  /** Over time: WITHOUT OVERLAPS, PERIOD (from Postgres 18 on). */
  readonly temporal: boolean;
  /** SQL of a check, the definition of an exclusion; null where the table is locked. */
  readonly sql: string | null;
}

// What writes SQL takes a lock, and would wait for who has the table. By to_jsonb, what older
// servers do not have is NULL instead of an error. A foreign key from or to a partitioned table has
// entries for its partitions as well, below the one that was declared.
const constraintsSql = `
  select c.conrelid::text as "table", c.conname as name,
    case c.contype when 'p' then 'primary' when 'x' then 'exclusion' when 'f' then 'foreign'
      else 'check' end as kind,
    coalesce(c.conkey, '{}') as columns, c.confrelid::text as "references",
    coalesce(c.confkey, '{}') as referenced, c.confdeltype as "onDelete",
    coalesce(to_jsonb(c) ->> 'conperiod' = 'true', false) as temporal,
    case when c.conrelid <> all ($2::oid[]) then
      case c.contype when 'c' then pg_get_expr(c.conbin, c.conrelid)
        when 'x' then pg_get_constraintdef(c.oid)
        when 'p' then pg_get_constraintdef(c.oid) end end as sql
  from pg_constraint c
  where c.contype in ('p', 'x', 'f', 'c') and c.conrelid = any ($1::oid[])
    and (c.contype <> 'f' or c.conparentid = 0)
  order by c.conrelid, c.contype, c.conname collate "C"`;

export const readConstraints = (
  query: Query,
  tables: readonly string[],
  locked: readonly string[],
): Promise<readonly Constraint[]> => rowsOf<Constraint>(query, constraintsSql, [tables, locked]);
