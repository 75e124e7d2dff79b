import pg from 'pg';
import type { ColumnEvidence, SchemaEvidence, TableEvidence } from '../../profile/evidence.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import type { AnswerRow, ReadOnlySession } from './session-types.ts';

/** A session and a reader of schemas as small as tests need them. */
export interface TestDatabase extends ReadOnlySession {
  /** Runs statements that write, in a connection of their own. */
  write(...statements: readonly string[]): Promise<void>;
  /** Of all tables of the schema public. */
  schema(): Promise<SchemaEvidence>;
}

export async function testDatabase(address: ShardAddress): Promise<TestDatabase> {
  const reader = await connected(address);
  const writer = await connected(address);
  const rowsOf = async (client: pg.Client, sql: string, values: readonly unknown[] = []) =>
    (await client.query<AnswerRow>(sql, [...values])).rows;
  return {
    async sample(work) {
      await reader.query('begin read only; set local search_path = pg_catalog');
      try {
        return await work((sql, values) => rowsOf(reader, sql, values));
      } finally {
        await reader.query('rollback');
      }
    },
    async close() {
      await Promise.all([reader.end(), writer.end()]);
    },
    async write(...statements) {
      for (const statement of statements) await writer.query(statement);
    },
    async schema() {
      return { tables: (await rowsOf(writer, tablesSql)).map(tableOf), views: [] };
    },
  };
}

async function connected(address: ShardAddress): Promise<pg.Client> {
  const client = new pg.Client({ ...address });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const columnsOf = (array: string): string =>
  `(select coalesce(json_agg(attname::text order by at), '[]') from unnest(${array}) with ordinality
    as each (number, at) join pg_attribute on attrelid = c.oid and attnum = number)`;

const tablesSql = `
  select c.relname as name, c.relkind as kind, c.reltuples::float8 as rows,
    (select coalesce(sum(pg_relation_size(relid)), 0)::float8 from pg_partition_tree(c.oid))
      + pg_relation_size(c.oid) * (c.relkind = 'r')::int as heap,
    (select coalesce(json_agg(json_build_object('name', a.attname, 'type',
      format_type(atttypid, null), 'notnull', attnotnull, 'identity', attidentity,
      'default', (select pg_get_expr(adbin, adrelid) from pg_attrdef d
        where d.adrelid = c.oid and d.adnum = attnum and attgenerated = ''),
      'distinct', n_distinct, 'nulls', null_frac, 'values', most_common_vals::text::text[],
      'shares', most_common_freqs, 'correlation', correlation) order by attnum), '[]')
      from pg_attribute a left join pg_stats s on s.schemaname = 'public'
        and s.tablename = c.relname and s.attname = a.attname and not s.inherited
      where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
    (select coalesce(json_agg(${columnsOf('indkey::int2[]')}), '[]') from pg_index
      where indrelid = c.oid) as indexes,
    (select coalesce(json_agg(${columnsOf('conkey')}), '[]') from pg_constraint
      where conrelid = c.oid and contype in ('p', 'u')) as unique_keys,
    (select coalesce(json_agg(json_build_object('columns', ${columnsOf('conkey')},
      'table', confrelid::regclass::text, 'references', (select json_agg(attname order by at)
        from unnest(confkey) with ordinality as each (number, at)
        join pg_attribute on attrelid = confrelid and attnum = number))), '[]')
      from pg_constraint where conrelid = c.oid and contype = 'f') as foreign_keys
  from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    and not relispartition order by relname`;

interface StoredColumn {
  readonly name: string;
  readonly type: string;
  readonly notnull: boolean;
  readonly identity: string;
  readonly default: string | null;
  readonly distinct: number | null;
  readonly nulls: number | null;
  readonly values: readonly string[] | null;
  readonly shares: readonly number[] | null;
  readonly correlation: number | null;
}

function tableOf(row: AnswerRow): TableEvidence {
  const rows = Number(row.rows);
  const name = String(row.name);
  const unique = row.unique_keys as string[][];
  const foreign = row.foreign_keys as { columns: string[]; table: string; references: string[] }[];
  return {
    name,
    stored: { schema: 'public', name },
    kind: row.kind === 'p' ? 'partitioned' : 'table',
    columns: (row.columns as StoredColumn[]).map((column) => columnOf(column, rows)),
    primary: [],
    unique,
    exclusions: [],
    foreign: foreign.map(({ columns, table, references }) => ({
      columns,
      table,
      references,
      onDelete: 'no action',
    })),
    checks: [],
    indexes: (row.indexes as string[][]).map((columns) => ({
      name: 'some_index',
      columns,
      unique: false,
      partial: false,
      bytes: 0,
      scans: null,
    })),
    rows: rows < 0 ? { count: 0, basis: 'none' } : { count: rows, basis: 'estimated' },
    bytes: { heap: Number(row.heap), indexes: 0, toast: 0 },
    partitions: row.kind === 'p' ? { count: 1, by: '' } : null,
    inherits: [],
    activity: null,
    readable: true,
  };
}

function columnOf(column: StoredColumn, rows: number): ColumnEvidence {
  const { name, type, distinct } = column;
  return {
    name,
    stored: name,
    type,
    typeKind: type.endsWith('[]') ? 'array' : 'base',
    base: type.replace('[]', ''),
    enumLabels: [],
    notNull: column.notnull,
    default: column.default,
    generated: null,
    identity: column.identity === '' ? null : 'always',
    stats:
      distinct === null
        ? null
        : {
            distinct: distinct < 0 ? -distinct * rows : distinct,
            nullFraction: column.nulls ?? 0,
            averageWidth: 8,
            mostCommon: (column.values ?? []).map((value, at) => ({
              value,
              fraction: column.shares?.[at] ?? 0,
            })),
            histogram: [],
            physicalCorrelation: column.correlation,
          },
    readable: true,
  };
}
