import type { FileEngine } from './file-engine.ts';
import { valueText } from './column-groups.ts';
import type { LoadedColumn, LoadedTable } from './loaded-table.ts';
import { fixedWidth, isOrdered } from './postgres-type.ts';

/** What part of the rows shows about a column; of a small file all of them. */
export interface ColumnSample {
  /** Bytes of a value, as Postgres would store it. */
  readonly averageWidth: number;
  /** 101 bounds of parts with equally many values; empty where they have no order. */
  readonly histogram: readonly string[];
  /** Between place in the file and value; null: fewer than two values. */
  readonly physicalCorrelation: number | null;
  /** Of neighbours in the sample, the share where the later value is smaller; null: as above. */
  readonly descents: number | null;
}

/** As many as ANALYZE looks at, unless a file is very wide. */
const sampled = { rows: 30_000, cells: 3e6 };

/**
 * By the hash of a row's place: the same rows each time, and spread over all of the file. The
 * others are not read where a type has no order and a fixed width.
 */
export async function sampleColumns(
  engine: FileEngine,
  from: LoadedTable,
): Promise<readonly ColumnSample[]> {
  const wanted = Math.min(sampled.rows, Math.ceil(sampled.cells / from.columns.length));
  const every = Math.max(1, Math.floor(from.rows / wanted));
  const sample = `${from.table}_sample`;
  const columns = from.columns.map(({ sql }) => sql).join(', ');
  const chosen = every === 1 ? '' : `where hash(${from.position}) % ${every} = 0`;
  await engine.query(`create temp table ${sample} as
    select ${from.position} as place, ${columns} from ${from.table} ${chosen}`);
  const found: ColumnSample[] = [];
  for (const column of from.columns) found.push(await sampleColumn(engine, sample, column));
  await engine.query(`drop table ${sample}`);
  return found;
}

async function sampleColumn(
  engine: FileEngine,
  sample: string,
  column: LoadedColumn,
): Promise<ColumnSample> {
  const { sql, type } = column;
  const boundsSql = isOrdered(type)
    ? `list_transform(quantile_disc(${sql}, list_transform(range(0, 101), x -> x / 100.0)),
         x -> ${valueText({ sql: 'x', type })})`
    : 'null';
  const about = await engine.row(`with ordered as (
      select place, ${sql}, lag(${sql}) over (order by place) as before,
        rank() over (order by ${sql}) as high
      from ${sample} where ${sql} is not null)
    select count(*)::double as n, corr(place, high) as correlation,
      count(*) filter (${sql} < before)::double as descents,
      avg(strlen(${sql}::varchar)) as width,
      to_json(${boundsSql})::varchar as bounds from ordered`);
  const n = Number(about['n']);
  const correlation = Number(about['correlation']);
  const { bounds: found } = about;
  return {
    averageWidth: fixedWidth(type) ?? Number(about['width'] ?? 0),
    histogram: n > 1 && typeof found === 'string' ? (JSON.parse(found) as string[]) : [],
    physicalCorrelation: n > 1 && Number.isFinite(correlation) ? correlation : null,
    descents: n > 1 ? Number(about['descents']) / (n - 1) : null,
  };
}
