import { present } from '../base/assert.ts';
import type { Generator } from '../scenario/types.ts';
import { choiceOf, timestampMsOf, userOf } from './column-values.ts';
import { idText } from './id-values.ts';
import { mix, saltOf, toUniform } from './mix.ts';
import type { Workload } from './types.ts';

/**
 * The value of a column in a row, in Postgres' text form (of a parameter, not escaped for COPY).
 * The row may be a loaded one or a new one (>= rows.count).
 */
export type ColumnValue = (tenant: number, row: number) => string;

/**
 * The values of the column of that name, which must exist. They follow from the seed, the column's
 * name, the tenant and the row alone, in any order and on every machine.
 */
export function columnValue(workload: Workload, columnName: string): ColumnValue {
  const column = workload.columns.find(({ name }) => name === columnName);
  const { generator } = present(column, `column ${columnName}`);
  const salt = saltOf(workload.seed, columnName);
  switch (generator.kind) {
    case 'tenant': {
      const { ids } = workload.tenants;
      return (tenant) => present(ids[tenant], `tenant ${tenant}`);
    }
    case 'user':
      return (tenant, row) => String(userOf(salt, generator.perTenant, tenant, row));
    case 'id': {
      const text = idText(generator.style, salt);
      return (_, row) => text(row);
    }
    case 'choice':
      return (tenant, row) =>
        present(generator.values[choiceOf(salt, generator, tenant, row)], 'choice');
    case 'timestamp':
      return (_, row) => new Date(timestampMsOf(row)).toISOString();
    case 'number':
      return numberValue(salt, generator);
    case 'text':
      return hexValue(salt, generator.bytes);
  }
}

/** All of the numbers with so many decimals from min to max are equally likely. */
export function drawnNumber(
  salt: number,
  { min, max, decimals }: Pick<Extract<Generator, { kind: 'number' }>, 'min' | 'max' | 'decimals'>,
): (tenant: number, row: number) => number {
  const scale = 10 ** decimals;
  const steps = Math.floor((max - min) * scale + 1e-6) + 1;
  return (tenant, row) => {
    const uniform = toUniform(mix(salt, tenant, row), mix(~salt, tenant, row));
    return min + Math.floor(uniform * steps) / scale;
  };
}

function numberValue(salt: number, generator: Extract<Generator, { kind: 'number' }>): ColumnValue {
  const number = drawnNumber(salt, generator);
  return (tenant, row) => number(tenant, row).toFixed(generator.decimals);
}

const hexDigits = new TextEncoder().encode('0123456789abcdef');

/** Incompressible; written into bytes first, as joining strings costs several times as much. */
export function hexValue(salt: number, length: number): ColumnValue {
  const bytes = new Uint8Array(length);
  const ascii = new TextDecoder('utf-8');
  return (tenant, row) => {
    const rowSalt = mix(salt, tenant, row);
    let word = 0;
    for (let i = 0; i < length; i += 1) {
      word = i % 8 === 0 ? mix(rowSalt, i, length) : word >>> 4;
      bytes[i] = hexDigits[word & 15] ?? 0;
    }
    return ascii.decode(bytes);
  };
}
