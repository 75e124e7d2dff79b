import type { KeyType } from '../base/keys.ts';
import type { CsvTable } from './csv-table.ts';
import { checkRecords, fail, findColumn, readIds, readTable } from './tenant-columns.ts';
import { normalised } from './normalised.ts';

export interface TenantColumns {
  readonly idColumn: string;
  readonly weightColumn: string;
  readonly bytesColumn: string | null;
}

export interface TenantList {
  /** Canonical text of each id, in the order of the file. */
  readonly ids: readonly string[];
  /** Share of the load of each tenant; sums to 1. */
  readonly weights: Float64Array;
  /** Share of the stored bytes of each tenant; sums to 1. The weights where no column is named. */
  readonly bytes: Float64Array;
}

const decimal = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/**
 * Tenants from CSV text with a header. All problems are reported by one UserError, each as
 * `path:line:column: what, found and allowed`.
 */
export function parseTenantFile(
  text: string,
  path: string,
  columns: TenantColumns,
  idType: KeyType,
): TenantList {
  const table = readTable(text, path);
  const problems: string[] = [];
  const idAt = findColumn(table, columns.idColumn, problems);
  const weightAt = findColumn(table, columns.weightColumn, problems);
  const bytesAt =
    columns.bytesColumn === null ? null : findColumn(table, columns.bytesColumn, problems);
  checkRecords(table, path, problems);
  const ids = readIds(table, idAt, idType, problems);
  const weights = readSizes(table, weightAt, problems);
  const bytes = bytesAt === null ? null : readSizes(table, bytesAt, problems);
  if (problems.length > 0) fail(problems);
  return { ids, weights: normalised(weights), bytes: normalised(bytes ?? weights.slice()) };
}

function readSizes(table: CsvTable, column: number, problems: string[]): Float64Array {
  const name = JSON.stringify(table.header[column] ?? '');
  const before = problems.length;
  const sizes = Float64Array.from(table.records, (record, i) => {
    const field = record[column];
    if (field === undefined) return 0;
    const size = decimal.test(field) ? Number(field) : Number.NaN;
    if (Number.isFinite(size) && size >= 0) return size;
    const found = size < 0 ? `${field.trim()}, below zero` : JSON.stringify(field);
    problems.push(`${table.where(i, column)}: ${name} is ${found}; a number >= 0 was expected`);
    return 0;
  });
  if (problems.length === before && !sizes.some((size) => size > 0)) {
    problems.push(`${table.where(-1, column)}: ${name} is 0 for every tenant; one must be above 0`);
  }
  return sizes;
}
