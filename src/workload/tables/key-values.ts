import { type KeyType, packKeys } from '../../base/keys.ts';
import { idKeyTypes } from '../../scenario/id-styles.ts';
import type { TableGenerator } from '../../scenario/table-types.ts';
import { drawnNumber } from '../attributes.ts';
import { userOf } from '../column-values.ts';
import { idWriter } from '../id-values.ts';
import { longestKey, packedWriter, writeInt8 } from '../key-column.ts';
import type { Tenants } from '../types.ts';
import type { ColumnSource } from './column-source.ts';
import { choiceIndex, plainText } from './plain-values.ts';
import { textKeys } from './text-keys.ts';

/** Values of a column as keys: those that follow from a row's tenant and number. */
export interface KeyValues {
  readonly type: KeyType;
  readonly maxBytes: number;
  /**
   * Columns with the same one give the same number to the same value; of others, and where it is
   * null, only the bytes can be compared.
   */
  readonly domain: string | null;
  /** Numbers in loaded rows are below this; null where that is not known. */
  readonly size: number | null;
  /** A whole number that stands for the value. */
  readonly valueOf: (tenant: number, row: number) => number;
  /** Encodes (base/keys.ts) what such a number stands for; returns the length. */
  readonly encode: (value: number, out: Uint8Array) => number;
  /** Both at once. */
  readonly write: (tenant: number, row: number, out: Uint8Array) => number;
}

/** Of a sequence the row is its value. A pick's values are those of the column that it picks. */
export function keyValues(source: ColumnSource, tenants: Tenants): KeyValues {
  const { node, column, generator, salt } = source;
  const name = `${node.table.name}.${column.name}`;
  switch (generator.kind) {
    case 'tenant': {
      const { keys, count } = tenants;
      const type = singleType(keys.type);
      const shape = { type, maxBytes: longestKey(keys), domain: 'tenant', size: count };
      return numbered(shape, (tenant) => tenant, packedWriter(keys));
    }
    case 'user': {
      const { perTenant } = generator;
      const size = tenants.count * perTenant + 1;
      return integers((tenant, row) => userOf(salt, perTenant, tenant, row), size);
    }
    case 'sequence':
      return integers((_, row) => row);
    case 'id': {
      const type = idKeyTypes[generator.style];
      const size = node.loaded.count;
      const shape = { type, maxBytes: type === 'uuid' ? 16 : 8, domain: name, size };
      return numbered(shape, (_, row) => row, idWriter(generator.style, salt, writeInt8));
    }
    case 'number': {
      // Numbers that stand for values are not negative.
      const { min, decimals } = generator;
      if (decimals > 0 || min < 0 || columnKeyType(column.type) !== 'int8') break;
      const number = drawnNumber(salt, generator);
      return integers((_, row) => number(0, row));
    }
    case 'choice':
      return choices(columnKeyType(column.type), generator, salt);
    case 'pick':
      throw new Error(`assertion failed: ${name} is picked`);
    case 'date':
    case 'json':
    case 'padded':
    case 'text':
    case 'timestamp':
    case 'words':
  }
  const text = plainText(generator, salt, tenants, node.loaded.count);
  return textKeys(columnKeyType(column.type), generator, text);
}

const integerTypes = /^(smallint|integer|bigint|int|int[248]|(small|big)?serial|serial[248])$/i;

/** Type of a column's values as keys, by Postgres' type; what is no integer or uuid is its text. */
export function columnKeyType(type: string): KeyType {
  const name = type.trim();
  if (integerTypes.test(name)) return 'int8';
  return /^uuid$/i.test(name) ? 'uuid' : 'text';
}

function singleType(type: Tenants['keys']['type']): KeyType {
  if (type === 'composite') throw new Error('assertion failed: ids of tenants are single keys');
  return type;
}

function integers(valueOf: KeyValues['valueOf'], size: number | null = null): KeyValues {
  return numbered({ type: 'int8', maxBytes: 8, domain: 'int8', size }, valueOf, writeInt8);
}

function numbered(
  shape: Pick<KeyValues, 'type' | 'maxBytes' | 'domain' | 'size'>,
  valueOf: KeyValues['valueOf'],
  encode: KeyValues['encode'],
): KeyValues {
  const write: KeyValues['write'] = (tenant, row, out) => encode(valueOf(tenant, row), out);
  return { ...shape, valueOf, encode, write };
}

/** A value that is listed twice is one value. */
function choices(
  type: KeyType,
  generator: Extract<TableGenerator, { kind: 'choice' }>,
  salt: number,
): KeyValues {
  const { values } = generator;
  const keys = packKeys(type, values);
  const first = values.map((value) => values.indexOf(value));
  const index = choiceIndex(generator, salt);
  const domain = `choice/${type}/${values.join('\0')}`;
  return numbered(
    { type, maxBytes: longestKey(keys), domain, size: values.length },
    (tenant, row) => first[index(tenant, row)] ?? 0,
    packedWriter(keys),
  );
}
