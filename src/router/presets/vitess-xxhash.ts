// Vitess' `xxhash` vindex: vitessio/vitess, go/vt/vtgate/vindexes/xxhash.go.
import { swapBytes } from '../../base/hash/bytes.ts';
import { xxh64 } from '../../base/hash/xxh64.ts';
import type { RoutedKeyType } from '../../base/keys.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { KeyText } from './key-text.ts';
import { type KeyspaceId, vitessRouter } from './vitess-shards.ts';

/** XXH64 of the value's text, its eight bytes little-endian. */
export function xxhashKeyspaceId(type: RoutedKeyType): KeyspaceId {
  const text = new KeyText(type);
  return (bytes, start, end, out) => {
    text.read(bytes, start, end);
    xxh64.hash(text.bytes, text.start, text.end, out);
    const { hi } = out;
    out.hi = swapBytes(out.lo);
    out.lo = swapBytes(hi);
  };
}

/**
 * Reproduced: the keyspace id of a text or an integer (by its decimal digits, as Vitess has it from
 * the query), and the ranges of N shards as GenerateShardRanges cuts them.
 *
 * Growing and shrinking: as vitess-hash, by splitting and merging ranges.
 *
 * Not reproduced: uuid, a type that MySQL does not have: the keyspace id depends on whether the
 * column holds its text or its 16 bytes. Give the text of those that are text.
 */
export const vitessXxhash: RouterDefinition = {
  name: 'vitess-xxhash',
  summary: "Vitess' xxhash vindex: XXH64 of the value's text, keyspace ids in equal ranges",
  traits: {
    ...baseTraits,
    monotone: true,
    lookup: 'O(log n)',
    memory: 'O(n)',
  },
  parameter: null,
  keyTypes: ['text', 'int8'],
  reproduces: {
    engine: 'Vitess',
    system: 'Vitess, vindex xxhash, shards of equal ranges',
    except: 'uuid and NULL; on growth the half that Vitess copies to a new shard of the same range',
  },
  build: (topology, { keyType }, previous) =>
    vitessRouter(
      'vitess-xxhash',
      topology,
      { name: 'xxhash', keyspaceId: xxhashKeyspaceId(keyType) },
      previous,
    ),
};
