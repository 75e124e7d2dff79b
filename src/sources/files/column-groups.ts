import type { FileEngine } from './file-engine.ts';
import { type CountOfCounts, type CountShape, countShape } from './count-shape.ts';
import type { LoadedColumn, LoadedTable } from './loaded-table.ts';

/** How the rows spread over the values of columns, counted; rows where any is NULL stay out. */
export interface ColumnGroups extends CountShape {
  readonly nulls: number;
  /** The largest first; of equals the smaller text. Columns are joined by U+001F. */
  readonly top: readonly { readonly value: string; readonly rows: number }[];
}

const topValues = 1000;

/**
 * One GROUP BY. Values that occur once are not kept, for their number follows from the others': a
 * column of identifiers would otherwise be written to disk again.
 */
export async function groupColumns(
  engine: FileEngine,
  from: LoadedTable,
  columns: readonly LoadedColumn[],
): Promise<ColumnGroups> {
  const keys = columns.map(({ sql }) => sql).join(', ');
  const known = columns.map(({ sql }) => `${sql} is not null`).join(' and ');
  const groups = `${from.table}_groups`;
  await engine.query(`create temp table ${groups} as select ${keys}, count(*) as n
    from ${from.table} where ${known} group by ${keys} having count(*) > 1`);
  const looked = await knownRows(engine, from, columns, known);
  const counts = await countsOf(engine, groups);
  const single = looked - counts.reduce((sum, each) => sum + each.rows * each.values, 0);
  if (single > 0) counts.push({ rows: 1, values: single });
  const text = textSql(columns);
  const top = await engine.query(`select ${text} as value, n::double as n from ${groups}
    order by ${groups}.n desc, ${keys} limit ${topValues}`);
  const room = topValues - top.length;
  const singles = single > 0 && room > 0 ? await singleValues(engine, from, columns, room) : [];
  await engine.query(`drop table ${groups}`);
  const shown = top.map(({ value, n }) => ({ value: String(value), rows: Number(n) }));
  return { ...countShape(counts), nulls: from.rows - looked, top: [...shown, ...singles] };
}

/**
 * Whether each row's value is above that of the row before: then each value occurs once, which
 * costs one look at each row to see, and a GROUP BY of all rows otherwise.
 */
export async function risesStrictly(
  engine: FileEngine,
  { table }: LoadedTable,
  { sql, nulls }: LoadedColumn,
): Promise<boolean> {
  if (nulls > 0) return false;
  const { rising, starts } = await engine.row(`select bool_and(${sql} > before) as rising,
    count(*) filter (before is null)::double as starts
    from (select ${sql}, lag(${sql}) over () as before from ${table})`);
  // More than one start: the rows were looked at in several pieces.
  return rising === true && starts === 1;
}

/** Of a column whose values are all different. */
export async function differentValues(
  engine: FileEngine,
  from: LoadedTable,
  column: LoadedColumn,
): Promise<ColumnGroups> {
  const found = await engine.query(`select ${valueText(column)} as value from
    (select ${column.sql} from ${from.table} order by ${column.sql} limit ${topValues})`);
  const top = found.map(({ value }) => ({ value: String(value), rows: 1 }));
  return { ...countShape([{ rows: 1, values: from.rows }]), nulls: 0, top };
}

async function knownRows(
  engine: FileEngine,
  { table, rows }: LoadedTable,
  columns: readonly LoadedColumn[],
  known: string,
): Promise<number> {
  const [only, ...others] = columns;
  if (only !== undefined && others.length === 0) return rows - only.nulls;
  const { n } = await engine.row(`select count(*)::double as n from ${table} where ${known}`);
  return Number(n);
}

async function countsOf(engine: FileEngine, groups: string): Promise<CountOfCounts[]> {
  const counts = await engine.query(
    `select n::double as size, count(*)::double as values_n from ${groups} group by n`,
  );
  return counts.map(({ size, values_n: values }) => ({
    rows: Number(size),
    values: Number(values),
  }));
}

/** The smallest of the values that occur once: those that are not among the groups. */
async function singleValues(
  engine: FileEngine,
  { table }: LoadedTable,
  columns: readonly LoadedColumn[],
  most: number,
): Promise<{ value: string; rows: number }[]> {
  const keys = columns.map(({ sql }) => sql).join(', ');
  const same = columns.map(({ sql }) => `g.${sql} = f.${sql}`).join(' and ');
  const known = columns.map(({ sql }) => `${sql} is not null`).join(' and ');
  const found = await engine.query(`select ${textSql(columns)} as value from
    (select ${keys} from ${table} as f where ${known}
      and not exists (select 1 from ${table}_groups as g where ${same})
      order by ${keys} limit ${most})`);
  return found.map(({ value }) => ({ value: String(value), rows: 1 }));
}

const textSql = (columns: readonly LoadedColumn[]): string =>
  columns.map(valueText).join(' || chr(31) || ');

/** A value as Postgres writes it. */
export function valueText({ sql, type }: Pick<LoadedColumn, 'sql' | 'type'>): string {
  if (type === 'bytea') return `'\\x' || lower(hex(${sql}))`;
  const text = `${sql}::varchar`;
  // DuckDB writes 1.0 where Postgres writes 1.
  return /^(real|double)/.test(type) ? `regexp_replace(${text}, '\\.0$', '')` : text;
}
