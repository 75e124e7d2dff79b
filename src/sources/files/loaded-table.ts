import type { FileEngine } from './file-engine.ts';
import { isNested, postgresType } from './postgres-type.ts';
import { sqlPath } from './sql-text.ts';

/** A file as DuckDB has it: columns c0, c1 ... of the file's, in its order. */
export interface LoadedTable {
  /** Name of the table or view. */
  readonly table: string;
  /** SQL of a row's place in the file. */
  readonly position: string;
  readonly rows: number;
  readonly columns: readonly LoadedColumn[];
}

export interface LoadedColumn {
  /** c0, c1 ... */
  readonly sql: string;
  /** As the file calls it. */
  readonly stored: string;
  /** As format_type writes it. */
  readonly type: string;
  readonly nulls: number;
}

export async function describeTable(
  engine: FileEngine,
  table: string,
  position: string,
  names: readonly string[],
): Promise<LoadedTable> {
  const types = await engine.query(`select column_type::varchar as type from (describe ${table})`);
  const sql = names.map((_, column) => `c${column}`);
  const counted = sql.map((column) => `count(${column})::double as ${column}`).join(', ');
  const counts = await engine.row(`select count(*)::double as n, ${counted} from ${table}`);
  const rows = Number(counts['n']);
  return {
    table,
    position,
    rows,
    columns: sql.map((column, index) => ({
      sql: column,
      stored: names[index] ?? column,
      type: postgresType(String(types[index]?.['type'])),
      nulls: rows - Number(counts[column]),
    })),
  };
}

/**
 * A view of a Parquet file, which is read column by column as it lies. Nested values stand as
 * JSON, which can be compared and shown.
 */
export async function viewParquet(
  engine: FileEngine,
  table: string,
  path: string,
): Promise<LoadedTable> {
  const read = `read_parquet(${sqlPath(path)}, hive_partitioning = false)`;
  const described = await engine.query(`select column_name::varchar as name,
    column_type::varchar as type from (describe from ${read})`);
  const names = described.map(({ name }) => String(name));
  const columns = described.map(({ type }, column) => {
    const own = `v.v${column}`;
    return `${isNested(String(type)) ? `to_json(${own})` : own} as c${column}`;
  });
  const aliases = [...names.map((_, column) => `v${column}`), 'place'].join(', ');
  await engine.query(`create view ${table} as select ${columns.join(', ')}, v.place as place
    from (from read_parquet(${sqlPath(path)}, hive_partitioning = false, file_row_number = true))
    as v(${aliases})`);
  return describeTable(engine, table, 'place', names);
}
