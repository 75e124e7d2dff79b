// A fixed partition: key -> slot -> shard, as in Redis Cluster and Citus. Only the map changes.
import { assert, present } from '../../base/assert.ts';
import type { Hash64, KeyHash } from '../../base/hash/key-hash.ts';
import { remainder64, remainders64 } from '../../base/hash/word64.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { baseTraits } from '../base-traits.ts';
import type { Router, RouterDefinition, RouterTopology } from '../contract.ts';
import type { Recipe } from '../recipe.ts';
import { hashRecipe } from './hash-recipe.ts';
import { saltedHash } from './salted-hash.ts';
import { contiguousSlots, resizedSlots, slotsMovement } from './slot-table.ts';

const usualSlots = 1024;

class SlotRouter implements Router {
  readonly shardCount: number;
  /** Shard of each slot. */
  readonly table: Uint32Array;
  readonly byHash: NonNullable<Router['byHash']>;
  readonly slots: NonNullable<Router['slots']>;
  readonly #hash: KeyHash;
  readonly #salt: string;
  readonly #out: Hash64 = { hi: 0, lo: 0 };

  /** `salt`: of the hash already. */
  constructor(shardCount: number, table: Uint32Array, hash: KeyHash, salt: string) {
    this.shardCount = shardCount;
    this.table = table;
    this.#hash = hash;
    this.#salt = salt;
    const slotCount = table.length;
    this.slots = {
      count: slotCount,
      of: (bytes, start, end) => {
        hash.hash(bytes, start, end, this.#out);
        return remainder64(this.#out.hi, this.#out.lo, slotCount);
      },
    };
    this.byHash = {
      hash,
      placing: { kind: 'table', table },
      place(hi, lo, count, shards) {
        remainders64(hi, lo, count, slotCount, shards);
        for (let i = 0; i < count; i += 1) shards[i] = table[shards[i] ?? 0] ?? 0;
      },
    };
  }

  recipe(): Recipe {
    const { shardCount, table } = this;
    return hashRecipe(this.#hash, this.#salt, shardCount, { kind: 'table', table });
  }

  route(bytes: Uint8Array, start: number, end: number): number {
    this.#hash.hash(bytes, start, end, this.#out);
    return this.table[remainder64(this.#out.hi, this.#out.lo, this.table.length)] ?? 0;
  }
}

function requireEnough(slots: number, topology: RouterTopology): void {
  if (slots >= topology.shardCount) return;
  throw new UserError(`slots:${slots} has too few slots for ${topology.shardCount} shards`, {
    exitCode: exitCodes.usage,
    hint: `use at least ${topology.shardCount} slots; 100 for each shard are better`,
  });
}

/** max/mean of the shards' shares is ceil(S / n) n / S; growing moves ~ (M - N) / M of the keys. */
export const slots: RouterDefinition = {
  name: 'slots',
  summary: 'S fixed slots dealt to the shards: growth moves whole slots, as few as possible',
  traits: {
    ...baseTraits,
    monotone: true,
    weighted: true,
    removesAny: true,
    hashes: true,
    lookup: 'O(1)',
    memory: 'O(S)',
  },
  parameter: { name: 'slots', default: usualSlots, min: 1, max: 65_536 },
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options, previous) {
    const count = options.parameter ?? usualSlots;
    requireEnough(count, topology);
    const hash = saltedHash(present(options.hash, 'hash for slots'), options.salt);
    if (previous === undefined) {
      const table = contiguousSlots(count, topology.weights);
      return new SlotRouter(topology.shardCount, table, hash, options.salt);
    }
    assert(previous instanceof SlotRouter, 'slots grow from a slots router only');
    assert(previous.table.length === count, 'the number of slots never changes');
    const table = resizedSlots(previous.table, previous.shardCount, topology.weights);
    return new SlotRouter(topology.shardCount, table, hash, options.salt);
  },
  expectedMovement: (path, from, parameter) => slotsMovement(path, from, parameter ?? usualSlots),
};
