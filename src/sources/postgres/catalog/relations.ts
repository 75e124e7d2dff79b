import type { Query } from '../session-types.ts';
import { rowsOf } from '../typed-rows.ts';

/** Ids are oids as texts. */
export interface Relation {
  readonly id: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'partitioned' | 'foreign' | 'view' | 'materialized view';
  readonly isPartition: boolean;
  /** -1: never analysed (0 as well before Postgres 14). */
  readonly tuples: number;
  readonly pages: number;
  /** Whether this role may read rows, of at least one column. */
  readonly readable: boolean;
  /** Postgres allows tables without any. */
  readonly hasColumns: boolean;
  /** Whether policies hide rows from this role. */
  readonly rowSecurity: boolean;
  readonly partitionKey: string | null;
  /** The extension that made it. */
  readonly extension: string | null;
  /** Whether somebody has it to themselves: what takes a lock would wait. */
  readonly locked: boolean;
}

/** System schemas begin with pg_, which Postgres allows nobody else. */
const relationsSql = `
  select c.oid::text as id, n.nspname as schema, c.relname as name,
    case c.relkind when 'r' then 'table' when 'p' then 'partitioned' when 'f' then 'foreign'
      when 'v' then 'view' else 'materialized view' end as kind,
    c.relispartition as "isPartition", c.reltuples as tuples, c.relpages as pages,
    has_schema_privilege(n.oid, 'USAGE') and has_any_column_privilege(c.oid, 'SELECT') as readable,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
      and not a.attisdropped) as "hasColumns",
    row_security_active(c.oid) as "rowSecurity",
    case c.relkind when 'p' then pg_get_partkeydef(c.oid) end as "partitionKey",
    (select e.extname from pg_depend d join pg_extension e on e.oid = d.refobjid
      where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
        and d.refclassid = 'pg_extension'::regclass limit 1) as extension,
    c.oid in (select l.relation from pg_locks l
      where l.mode = 'AccessExclusiveLock' and l.granted
        and l.database = (select oid from pg_database where datname = current_database())
        and l.relation is not null) as locked
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'f', 'v', 'm') and c.relpersistence <> 't'
    and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  order by n.nspname <> 'public', n.nspname collate "C", c.relname collate "C"`;

export const readRelations = (query: Query): Promise<readonly Relation[]> =>
  rowsOf<Relation>(query, relationsSql);

export interface Inheritance {
  readonly child: string;
  readonly parent: string;
}

const inheritanceSql = `
  select i.inhrelid::text as child, i.inhparent::text as parent
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where c.relkind in ('r', 'p', 'f', 'i', 'I') order by i.inhrelid, i.inhseqno`;

/** Of tables, partitions and the indexes of partitions. */
export const readInheritance = (query: Query): Promise<readonly Inheritance[]> =>
  rowsOf<Inheritance>(query, inheritanceSql);
