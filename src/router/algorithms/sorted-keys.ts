import type { RoutedKeyType } from '../../base/keys.ts';
import type { KnownKeys } from '../contract.ts';
import { keyOrder } from '../key-order.ts';
import type { SortedKeys } from './range-segments.ts';

/** Known keys in the order of their type, with the rows before each. */
export function sortKeys(keys: KnownKeys, type: RoutedKeyType): SortedKeys {
  const order = keyOrder(type);
  const { bytes, offsets, count } = keys;
  const startOf = (key: number): number => offsets[key] ?? 0;
  const sorted = new Uint32Array(count).map((_, index) => index);
  sorted.sort((a, b) =>
    order(bytes, startOf(a), startOf(a + 1), bytes, startOf(b), startOf(b + 1)),
  );
  const rowsBefore = new Float64Array(count + 1);
  for (const [position, key] of sorted.entries()) {
    rowsBefore[position + 1] = (rowsBefore[position] ?? 0) + (keys.rows[key] ?? 0);
  }
  return {
    count,
    rowsBefore,
    keyAt(position) {
      const key = sorted[position] ?? 0;
      return bytes.slice(startOf(key), startOf(key + 1));
    },
  };
}
