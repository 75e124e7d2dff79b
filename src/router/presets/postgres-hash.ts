// PostgreSQL's PARTITION BY HASH: postgres/postgres, src/backend/partitioning/partbounds.c.
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { remainderMovement } from '../expected-movement.ts';
import { partitionRouter } from './postgres-partition.ts';

/**
 * Reproduced: the remainder of every key, as satisfies_hash_partition gives it, for PostgreSQL 11
 * and later: int2, int4 and int8 (which hash alike), text and varchar, uuid, several columns, and
 * NULL. Shard i is the partition FOR VALUES WITH (MODULUS shards, REMAINDER i).
 *
 * Not reproduced: partitions of different moduli side by side, other types, text under a
 * nondeterministic collation, and operator classes of the user's own.
 *
 * Growing needs a new modulus for every partition: like mod, it moves 1 - gcd(N, M) / max(N, M).
 */
export const postgresHash: RouterDefinition = {
  name: 'postgres-hash',
  summary: "PostgreSQL's PARTITION BY HASH with one partition a shard",
  traits: {
    ...baseTraits,
    lookup: 'O(1)',
    memory: 'O(1)',
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  reproduces: {
    system: 'PostgreSQL 11 and later, PARTITION BY HASH, modulus = shards',
    except: 'mixed moduli, nondeterministic collations, types other than integers, text and uuid',
  },
  build: (topology, { keyType }) => partitionRouter('postgres-hash', topology, keyType),
  expectedMovement: remainderMovement,
};
