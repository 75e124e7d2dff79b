/** Types of DuckDB as Postgres' format_type would write what holds the same values. */
const plain: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'smallint',
  SMALLINT: 'smallint',
  UTINYINT: 'smallint',
  INTEGER: 'integer',
  USMALLINT: 'integer',
  BIGINT: 'bigint',
  UINTEGER: 'bigint',
  UBIGINT: 'numeric(20,0)',
  HUGEINT: 'numeric(39,0)',
  UHUGEINT: 'numeric(39,0)',
  FLOAT: 'real',
  DOUBLE: 'double precision',
  DATE: 'date',
  TIME: 'time without time zone',
  TIME_NS: 'time without time zone',
  'TIME WITH TIME ZONE': 'time with time zone',
  TIMESTAMP: 'timestamp without time zone',
  TIMESTAMP_S: 'timestamp without time zone',
  TIMESTAMP_MS: 'timestamp without time zone',
  TIMESTAMP_NS: 'timestamp without time zone',
  'TIMESTAMP WITH TIME ZONE': 'timestamp with time zone',
  INTERVAL: 'interval',
  UUID: 'uuid',
  BLOB: 'bytea',
  JSON: 'jsonb',
};

export function postgresType(duckdb: string): string {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(duckdb);
  if (decimal !== null) return `numeric(${decimal[1]},${decimal[2]})`;
  if (isNested(duckdb)) return 'jsonb';
  return plain[duckdb] ?? 'text';
}

/** Lists, arrays, structs, maps, unions and variants, which are compared as JSON. */
export const isNested = (duckdb: string): boolean =>
  /\]$|^(STRUCT|MAP|UNION|VARIANT)\b/.test(duckdb);

/** Types whose values lie on a line, so that bounds of equal parts say something. */
export const isOrdered = (postgres: string): boolean =>
  /^(smallint|integer|bigint|numeric|real|double|date|time)/.test(postgres);

export const isTime = (postgres: string): boolean => /^(date|timestamp)/.test(postgres);

/** Fractions do not identify anything, even where each occurs once. */
export const canIdentify = (postgres: string): boolean =>
  !/^(real|double|jsonb|boolean|interval|bytea)/.test(postgres) &&
  !/^numeric\(\d+,[1-9]/.test(postgres);

const widths: Readonly<Record<string, number>> = {
  boolean: 1,
  smallint: 2,
  integer: 4,
  real: 4,
  date: 4,
  bigint: 8,
  'double precision': 8,
  'time without time zone': 8,
  'timestamp without time zone': 8,
  'timestamp with time zone': 8,
  interval: 16,
  uuid: 16,
};

/** Bytes of a value of fixed width; null: it varies. */
export const fixedWidth = (postgres: string): number | null => widths[postgres] ?? null;

export const isNumber = (postgres: string): boolean =>
  /^(smallint|integer|bigint|numeric|real|double)/.test(postgres);
