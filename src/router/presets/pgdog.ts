// PgDog: pgdogdev/pgdog, docs/SHARDING.md and pgdog/src/frontend/router/sharding/mod.rs.
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { remainderMovement } from '../expected-movement.ts';
import { partitionRouter } from './postgres-partition.ts';

/**
 * Reproduced: the `postgres` hasher, its default, for columns of data_type bigint, varchar and
 * uuid: PostgreSQL's partition hash of the one column, modulo the number of shards.
 *
 * Not reproduced: the sha1 hasher, centroids, and ranges and lists (whose unmatched values PgDog
 * sends to every shard); and its guess for a value of unknown type, by which a text of digits is
 * hashed as an integer and one that looks like a UUID as a uuid.
 *
 * Growing changes the modulus: like mod, it moves 1 - gcd(N, M) / max(N, M) of the keys.
 */
export const pgdog: RouterDefinition = {
  name: 'pgdog',
  summary: "PgDog's default: PostgreSQL's partition hash of one column modulo the shards",
  traits: {
    ...baseTraits,
    lookup: 'O(1)',
    memory: 'O(1)',
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid'],
  reproduces: {
    engine: 'PgDog',
    system: 'PgDog, hasher = "postgres"',
    except: 'sha1, centroids, ranges, lists, and values whose type PgDog has to guess',
  },
  build: (topology, { keyType }) => partitionRouter('pgdog', topology, keyType),
  expectedMovement: remainderMovement,
};
