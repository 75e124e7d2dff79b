import { present } from '../base/assert.ts';
import { packKeys, type PackedKeys } from '../base/keys.ts';
import { idKeyTypes, type IdStyle } from '../scenario/id-styles.ts';
import { keyBits, keyColumns } from '../scenario/shard-key.ts';
import type { Column } from '../scenario/types.ts';
import { choiceOf, userOf } from './column-values.ts';
import { compositeColumn } from './composite-column.ts';
import { idWriter } from './id-values.ts';
import { saltOf } from './mix.ts';
import { type BitField, bitsOf } from './tables/key-bits.ts';
import type { KeyColumn, Workload } from './types.ts';

/** Kinds of column that can be shard keys: those whose values are keys and come back. */
export const keyKinds: readonly Column['generator']['kind'][] = ['tenant', 'user', 'id', 'choice'];

/** The key of that name: one column, or several of `tenant_id+user_id`; all must be `keyKinds`. */
export function keyColumn(workload: Workload, keyName: string): KeyColumn {
  const columns = keyColumns(keyName).map((name) => singleColumn(workload, name));
  const [first] = columns;
  if (columns.length > 1 || first === undefined) return compositeColumn(columns);
  const bits = keyBits(keyName);
  return bits === null ? first : bitsColumn(first, bits);
}

/** Some bits of the integers of another column. */
function bitsColumn(column: KeyColumn, bits: BitField): KeyColumn {
  const scratch = new Uint8Array(column.maxBytes);
  return integerColumn((tenant, row) => {
    column.write(tenant, row, scratch);
    return bitsOf(bits, scratch);
  });
}

function singleColumn(workload: Workload, columnName: string): KeyColumn {
  const column = present(
    workload.columns.find((candidate) => candidate.name === columnName),
    `column ${columnName}`,
  );
  const { generator } = column;
  const salt = saltOf(workload.seed, columnName);
  switch (generator.kind) {
    case 'tenant':
      return packedColumn(workload.tenants.keys, (tenant) => tenant);
    case 'user': {
      const { perTenant } = generator;
      return integerColumn((tenant, row) => userOf(salt, perTenant, tenant, row));
    }
    case 'id':
      return idColumn(generator.style, salt);
    case 'choice': {
      // A value that is listed twice is one value.
      const { values } = generator;
      const first = values.map((value) => values.indexOf(value));
      return packedColumn(
        packKeys('text', values),
        (tenant, row) => first[choiceOf(salt, generator, tenant, row)] ?? 0,
      );
    }
    case 'timestamp':
    case 'number':
    case 'text':
      throw new Error(`assertion failed: ${columnName} (${generator.kind}) is no key`);
  }
}

type ValueOf = KeyColumn['valueOf'];

function integerColumn(valueOf: ValueOf): KeyColumn {
  return {
    type: 'int8',
    maxBytes: 8,
    valueOf,
    encode: writeInt8,
    write: (tenant, row, out) => writeInt8(valueOf(tenant, row), out),
  };
}

/** Ids are unique, so that a row's number stands for its id. */
function idColumn(style: IdStyle, salt: number): KeyColumn {
  const encode = idWriter(style, salt, writeInt8);
  const type = idKeyTypes[style];
  return {
    type,
    maxBytes: type === 'uuid' ? 16 : 8,
    valueOf: (_, row) => row,
    encode,
    write: (_, row, out) => encode(row, out),
  };
}

/** A safe integer as 8 bytes, little-endian. */
export function writeInt8(value: number, out: Uint8Array): number {
  let low = value | 0;
  let high = Math.floor(value / 2 ** 32);
  for (let i = 0; i < 4; i += 1) {
    out[i] = low;
    out[i + 4] = high;
    low >>>= 8;
    high >>>= 8;
  }
  return 8;
}

/** Writes key number `value` of those that are packed. */
export function packedWriter({ bytes, offsets }: PackedKeys): KeyColumn['encode'] {
  return (value, out) => {
    const start = offsets[value] ?? 0;
    const length = (offsets[value + 1] ?? 0) - start;
    for (let i = 0; i < length; i += 1) out[i] = bytes[start + i] ?? 0;
    return length;
  };
}

/** Of the longest. */
export function longestKey({ count, offsets }: PackedKeys): number {
  let longest = 0;
  for (let i = 0; i < count; i += 1) {
    longest = Math.max(longest, (offsets[i + 1] ?? 0) - (offsets[i] ?? 0));
  }
  return longest;
}

function packedColumn(keys: PackedKeys, valueOf: ValueOf): KeyColumn {
  const encode = packedWriter(keys);
  return {
    type: keys.type,
    maxBytes: longestKey(keys),
    valueOf,
    encode,
    write: (tenant, row, out) => encode(valueOf(tenant, row), out),
  };
}
