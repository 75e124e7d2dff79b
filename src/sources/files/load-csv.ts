import type { CsvDialect } from './csv-dialect.ts';
import type { EngineRow, FileEngine } from './file-engine.ts';
import { sqlPath, sqlText } from './sql-text.ts';
import { listedLines } from './unparsed-lines.ts';
import { type ValueKind, valueKinds } from './value-kinds.ts';

export interface CsvFile {
  readonly path: string;
  readonly gzip: boolean;
  readonly dialect: CsvDialect;
}

/** Records that DuckDB left out for one reason. */
export interface Rejects {
  readonly type: string;
  readonly message: string;
  /** Whether one of them may have swallowed records that follow it. */
  readonly torn: boolean;
  readonly count: number;
  /** Of the first bytes of the first of them, in the unzipped file. */
  readonly offsets: readonly number[];
}

/**
 * Makes `table` with a column c0, c1 ... for each of the file's: one pass over the file. Each value
 * is read as text and as its column's likely type at once, and kept as text where the type would
 * lose anything of it; so a column that turns out to be of another type is no reason to read the
 * file again, nor to lose a row.
 */
export async function loadCsv(
  engine: FileEngine,
  table: string,
  file: CsvFile,
): Promise<readonly Rejects[]> {
  const { kinds } = file.dialect;
  await engine.query(`create table ${table} as select ${kinds.flatMap(columnSql).join(', ')}
    from ${readSql(table, file)}`);
  await settleTypes(engine, table, kinds);
  return takeRejects(engine, table);
}

async function takeRejects(engine: FileEngine, table: string): Promise<readonly Rejects[]> {
  const rows = await engine.query(`with records as (
      select line_byte_position::bigint - 1 as place, min(error_type::varchar) as type,
        arg_max(coalesce(error_message, ''), coalesce(column_idx, 0)) as message,
        bool_or(error_type in ('UNQUOTED VALUE', 'LINE SIZE OVER MAXIMUM')
          or regexp_matches(trim(csv_line, e'\\r\\n'), '[\\r\\n]')) as torn
      from ${table}_errors group by line_byte_position)
    select type, message, bool_or(torn) as torn, count(*)::double as count,
      array_to_string(min(place, ${listedLines + 1}), ',') as offsets
    from records group by type, message order by min(place) limit 1000`);
  await engine.query(`drop table ${table}_errors`);
  await engine.query(`drop table ${table}_scans`);
  return rows.map(({ type, message, torn, count, offsets }) => ({
    type: String(type),
    message: String(message),
    torn: torn === true,
    count: Number(count),
    offsets: String(offsets).split(',').map(Number),
  }));
}

function readSql(table: string, { path, gzip, dialect }: CsvFile): string {
  const columns = dialect.kinds.map((_, index) => `'v${index}': 'VARCHAR'`);
  return `read_csv(${sqlPath(path)}, auto_detect = false, delim = ${sqlText(dialect.delimiter)},
    quote = '"', escape = '"', header = ${dialect.header}, skip = ${dialect.preamble},
    columns = {${columns.join(', ')}},
    nullstr = ['', '\\N'], compression = '${gzip ? 'gzip' : 'none'}', hive_partitioning = false,
    store_rejects = true, rejects_table = '${table}_errors', rejects_scan = '${table}_scans')`;
}

const oddOf = (column: number): string => `odd${column}`;

function columnSql(kind: ValueKind | null, column: number): string[] {
  const value = `v${column}`;
  if (kind === null) return [`${value} as c${column}`];
  const typed = `try_cast(${value} as ${kind.duckdb})`;
  // The comparison is cheap and mostly enough; the pattern is for other spellings of the same.
  const odd = `case when ${value} is null or ${typed}::varchar = ${value} then null
    when ${typed} is not null and ${fits(value, kind)} then null else ${value} end`;
  return [`${typed} as c${column}`, `${odd} as ${oddOf(column)}`];
}

const fits = (value: string, { pattern }: ValueKind): string =>
  `regexp_full_match(trim(${value}), ${sqlText(pattern)})`;

async function settleTypes(
  engine: FileEngine,
  table: string,
  kinds: readonly (ValueKind | null)[],
): Promise<void> {
  const typed = kinds.flatMap((kind, column) => (kind === null ? [] : [{ kind, column }]));
  if (typed.length === 0) return;
  const counts = typed.map(({ column }) => `count(${oddOf(column)})::double as c${column}`);
  const odd: EngineRow = await engine.row(`select ${counts.join(', ')} from ${table}`);
  for (const { kind, column } of typed) {
    if (odd[`c${column}`] !== 0) await widen(engine, table, column, kind);
    await engine.query(`alter table ${table} drop column ${oddOf(column)}`);
  }
}

async function widen(
  engine: FileEngine,
  table: string,
  column: number,
  { wider }: ValueKind,
): Promise<void> {
  const odd = oddOf(column);
  const candidates = valueKinds.filter(({ duckdb }) => wider.includes(duckdb));
  for (const kind of candidates) {
    const { all } = await engine.row(`select bool_and(${fits(odd, kind)}
      and try_cast(${odd} as ${kind.duckdb}) is not null) as all from ${table}
      where ${odd} is not null`);
    if (all === true) return retype(engine, table, column, kind.duckdb);
  }
  return retype(engine, table, column, 'VARCHAR');
}

async function retype(
  engine: FileEngine,
  table: string,
  column: number,
  type: string,
): Promise<void> {
  const cast = (value: string): string => `cast(${value} as ${type})`;
  const using = `case when ${oddOf(column)} is null then ${cast(`c${column}`)}
    else ${cast(oddOf(column))} end`;
  await engine.query(`alter table ${table} alter c${column} type ${type} using ${using}`);
}
