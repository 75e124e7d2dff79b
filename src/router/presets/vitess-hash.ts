// Vitess' `hash` vindex: vitessio/vitess, go/vt/vtgate/vindexes/hash.go.
import { readUint32 } from '../../base/hash/bytes.ts';
import { nullKeyDes } from '../../base/hash/null-key-des.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { type KeyspaceId, vitessRouter } from './vitess-shards.ts';

/** DES with a zero key of the integer as eight bytes big-endian; negative ones as unsigned. */
export const hashKeyspaceId: KeyspaceId = (bytes, start, _end, out) => {
  nullKeyDes(readUint32(bytes, start + 4), readUint32(bytes, start), out);
};

const vindex = { name: 'hash', keyspaceId: hashKeyspaceId } as const;

/**
 * Reproduced: the keyspace id of an integer, and the ranges of N shards as GenerateShardRanges
 * cuts them; shard i is the i-th range of a new keyspace.
 *
 * Growing: each new shard takes the upper half of the widest range, as when -80 becomes -40 and
 * 40-80. Vitess copies both halves to new shards and retires the old one; the lower half is
 * counted here as staying. Shrinking merges a range into the one below it.
 *
 * Not reproduced: NULL, which this vindex maps nowhere, and integers written as text.
 */
export const vitessHash: RouterDefinition = {
  name: 'vitess-hash',
  summary: "Vitess' hash vindex: DES of an integer, keyspace ids in equal ranges",
  traits: {
    ...baseTraits,
    monotone: true,
    lookup: 'O(log n)',
    memory: 'O(n)',
  },
  parameter: null,
  keyTypes: ['int8'],
  reproduces: {
    engine: 'Vitess',
    system: 'Vitess, vindex hash, shards of equal ranges',
    except: 'NULL; on growth the half that Vitess copies to a new shard of the same range',
  },
  build: (topology, _options, previous) => vitessRouter('vitess-hash', topology, vindex, previous),
};
