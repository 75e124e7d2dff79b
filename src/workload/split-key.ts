// As index.routing_partition_size in Elasticsearch: the key says which shards, a second column
// which of them:
// https://elastic.co/docs/reference/elasticsearch/mapping-reference/mapping-routing-field
import type { Hash64 } from '../base/hash/key-hash.ts';
import { remainder64 } from '../base/hash/word64.ts';
import { xxh64 } from '../base/hash/xxh64.ts';
import { pieceSuffixBytes, writePieceSuffix } from '../base/key-pieces.ts';
import { keyColumn } from './key-column.ts';
import type { KeyColumn, Workload } from './types.ts';

/** A shard key some of whose values are split into pieces by the hash of a second column. */
export interface SplitKey {
  /** The second column. */
  readonly by: string;
  /** Pieces of each split value. */
  readonly over: number;
  /** How many values are split. */
  readonly count: number;
  /**
   * The shard key's column, in which each piece of a split value is a value of its own: a negative
   * number, and bytes as base/key-pieces.ts has them.
   */
  readonly column: KeyColumn;
  /** Which of the split values the row has, from 0; -1 for a value that is whole. */
  splitOf(tenant: number, row: number): number;
  /** The value that stands for a piece in `column`. */
  pieceValue(split: number, piece: number): number;
}

/** `values` are those that are split, as numbers of the shard key's column. */
export function splitKey(
  workload: Workload,
  keyName: string,
  { by, over }: { readonly by: string; readonly over: number },
  values: readonly number[],
): SplitKey {
  const key = keyColumn(workload, keyName);
  const second = keyColumn(workload, by);
  const places = new Map(values.map((value, split) => [value, split]));
  const bytes = new Uint8Array(second.maxBytes);
  const hash: Hash64 = { hi: 0, lo: 0 };
  const splitOf = (tenant: number, row: number): number =>
    places.get(key.valueOf(tenant, row)) ?? -1;
  const pieceOf = (tenant: number, row: number): number => {
    xxh64.hash(bytes, 0, second.write(tenant, row, bytes), hash);
    return remainder64(hash.hi, hash.lo, over);
  };
  const pieceValue = (split: number, piece: number): number => -1 - split * over - piece;
  const encode = (value: number, out: Uint8Array): number => {
    if (value >= 0) return key.encode(value, out);
    const number = -1 - value;
    const length = key.encode(values[Math.floor(number / over)] ?? 0, out);
    return writePieceSuffix(number % over, out, length);
  };
  const column: KeyColumn = {
    type: key.type,
    maxBytes: key.maxBytes + pieceSuffixBytes,
    valueOf(tenant, row) {
      const split = splitOf(tenant, row);
      return split < 0 ? key.valueOf(tenant, row) : pieceValue(split, pieceOf(tenant, row));
    },
    encode,
    write(tenant, row, out) {
      const length = key.write(tenant, row, out);
      if (splitOf(tenant, row) < 0) return length;
      return writePieceSuffix(pieceOf(tenant, row), out, length);
    },
  };
  return { by, over, count: values.length, column, splitOf, pieceValue };
}
