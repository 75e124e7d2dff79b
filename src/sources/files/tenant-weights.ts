import type { KeyValues } from '../../profile/evidence.ts';
import type { FileEngine } from './file-engine.ts';
import type { FileRows } from './file-rows.ts';
import type { TenantColumns } from './tenant-columns.ts';

const topValues = 1000;

/**
 * Of a file with a line for each tenant: shares are those of the weights, where the rows of another
 * file would be counted. `rowsPerValue` are weights too.
 */
export async function tenantWeights(
  engine: FileEngine,
  { evidence, loaded }: FileRows,
  { id, weight }: TenantColumns,
  key: string,
): Promise<KeyValues> {
  const sqlOf = (stored: string): string =>
    loaded.columns.find((each) => each.stored === stored)?.sql ?? 'null';
  const [who, load] = [sqlOf(id), `${sqlOf(weight)}::double`];
  const { total, squares, quantiles } = await engine.row(`select sum(${load}) as total,
    sum(${load} * ${load}) as squares,
    quantile_cont(${load}, ${JSON.stringify(hundredths)}) as quantiles from ${loaded.table}`);
  const whole = Number(total);
  const top = await engine.query(`select ${who}::varchar as value, ${load} as weight
    from ${loaded.table} order by 2 desc, 1 limit ${topValues}`);
  return {
    key,
    table: evidence.name,
    basis: 'exact',
    // Each stands for as many rows as it weighs.
    rows: Math.round(whole),
    looked: loaded.rows,
    distinct: loaded.rows,
    distinctDoubtful: false,
    nullFraction: 0,
    top: top.map((each) => ({
      value: String(each['value']),
      share: Number(each['weight']) / whole,
    })),
    sumOfSquares: Number(squares) / whole ** 2,
    rowsPerValue: Array.isArray(quantiles) ? quantiles.map(Number) : [],
    physicalCorrelation: null,
    monotonic: false,
  };
}

const hundredths = Array.from({ length: 101 }, (_, index) => index / 100);
