import type { Query } from '../session-types.ts';
import { rowsOf } from '../typed-rows.ts';

/** A type that columns have, or that one of these is made of. */
export interface ColumnType {
  readonly id: string;
  readonly kind: 'base' | 'enum' | 'domain' | 'array' | 'range' | 'composite';
  /** As SQL writes it, with its schema unless that is pg_catalog. */
  readonly name: string;
  /** Its schema as SQL writes it. */
  readonly schema: string;
  /** Of a domain or an array the type below it. */
  readonly below: string | null;
  /** `below` with the modifiers that a domain gives it: `numeric(12,2)`. */
  readonly belowName: string | null;
  /** Of a domain. */
  readonly notNull: boolean;
  readonly labels: readonly string[];
}

// Of types with elements only those are arrays that their element type says are: name and oidvector
// have elements as well.
const typesSql = `
  with recursive used(id) as (
    select distinct unnest($1::oid[])
    union
    select below.id from used join pg_type t on t.oid = used.id
      cross join lateral (values (t.typbasetype), (t.typelem)) below(id) where below.id <> 0
  ),
  kinds as (
    select t.*, case
        when exists (select from pg_type e where e.oid = t.typelem and e.typarray = t.oid)
          then 'array'
        when t.typtype = 'e' then 'enum' when t.typtype = 'd' then 'domain'
        when t.typtype in ('r', 'm') then 'range' when t.typtype = 'c' then 'composite'
        else 'base' end as kind
    from used join pg_type t on t.oid = used.id
  )
  select k.oid::text as id, k.kind, format_type(k.oid, null) as name,
    quote_ident(n.nspname) as schema,
    case k.kind when 'domain' then k.typbasetype when 'array' then k.typelem end::text as below,
    case k.kind when 'domain' then format_type(k.typbasetype, k.typtypmod)
      when 'array' then format_type(k.typelem, null) end as "belowName",
    k.typnotnull as "notNull",
    array(select e.enumlabel::text from pg_enum e where e.enumtypid = k.oid
      order by e.enumsortorder) as labels
  from kinds k join pg_namespace n on n.oid = k.typnamespace`;

export async function readTypes(
  query: Query,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ColumnType>> {
  const rows = await rowsOf<ColumnType>(query, typesSql, [ids]);
  return new Map(rows.map((type) => [type.id, type]));
}
