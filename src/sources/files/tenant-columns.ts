import type { TableEvidence } from '../../profile/evidence.ts';
import { isNumber } from './postgres-type.ts';

/** Columns of a file with a line for each tenant, as a scenario's `tenants: { file }` takes it. */
export interface TenantColumns {
  /** Names as the file has them. */
  readonly id: string;
  readonly weight: string;
  readonly bytes: string | null;
}

const holders =
  'id|key|name|tenant|customer|account|org|organi[sz]ation|user|shop|store|workspace|company';
const loads =
  'weight|load|traffic|requests|queries|operations|ops|qps|rps|hits|calls|events|packages|rows';
const times = '_?(per|a)_?(s|sec|second|minute|hour|day|month)';
const units = 'bytes|kb|mb|gb|kib|mib|gib';

const names = {
  id: new RegExp(`^(${holders})(_?(id|key|name|uuid))?$`),
  weight: new RegExp(`^(${loads})(${times})?$`),
  bytes: new RegExp(`^(size|storage|disk|stored|data)$|(^|_)(${units})$`),
};

/** A table of rows has more columns, or others: then it is no list of tenants. */
const mostColumns = 4;

const isNegative = (value: string): boolean => value.startsWith('-');

/**
 * null unless one column's values identify the rows and is called like a tenant's id, and another
 * is a number above zero that is called like a load. Rows of anything else would become tenants.
 */
export function tenantColumns(table: TableEvidence): TenantColumns | null {
  const { columns, primary } = table;
  if (columns.length > mostColumns || table.rows.count < 2) return null;
  const id = columns.find(({ name }) => primary.length === 1 && name === primary[0]);
  if (id === undefined || !names.id.test(id.name)) return null;
  const numbers = columns.filter(
    ({ name, type, stats }) =>
      name !== id.name &&
      isNumber(type) &&
      stats !== null &&
      stats.nullFraction === 0 &&
      ![...stats.histogram, ...stats.mostCommon.map(({ value }) => value)].some(isNegative),
  );
  const weight = numbers.find(({ name }) => names.weight.test(name));
  if (weight === undefined) return null;
  const bytes = numbers.find((each) => each !== weight && names.bytes.test(each.name));
  return { id: id.stored, weight: weight.stored, bytes: bytes?.stored ?? null };
}
