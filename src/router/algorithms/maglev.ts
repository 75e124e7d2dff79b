// Maglev: Eisenbud et al., NSDI 2016, https://www.usenix.org/conference/nsdi16, section 3.4
import { present } from '../../base/assert.ts';
import type { Hash64 } from '../../base/hash/key-hash.ts';
import { remainder64, remainders64 } from '../../base/hash/word64.ts';
import { xxh64 } from '../../base/hash/xxh64.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { baseTraits } from '../base-traits.ts';
import type { RouterDefinition } from '../contract.ts';
import { maglevTable, type Preference, weightedTurns } from './maglev-table.ts';
import { isPrime, neighbouringPrimes } from './primes.ts';
import { hashRecipe } from './hash-recipe.ts';
import { saltedHash } from './salted-hash.ts';
import { takersOf } from '../weights.ts';

/** The paper's smaller table. */
const usualSize = 65_537;

/** Places a shard from which shares are equal within 1 %: the paper's advice. */
const placesAdvised = 100;

/**
 * The preferences come from XXH64 of `shard-<i>`, whatever hash the keys take: the upper word gives
 * the offset and the lower one the skip. A salt moves the keys, and leaves the table alone.
 */
function preferenceOf(shard: number, size: number): Preference {
  const label = new TextEncoder().encode(`shard-${shard}`);
  const out: Hash64 = { hi: 0, lo: 0 };
  xxh64.hash(label, 0, label.length, out);
  return { offset: out.hi % size, skip: (out.lo % (size - 1)) + 1 };
}

/**
 * The latest tables by size and weights: a table takes 3 to 4 ms for 65,537 places, salts share it,
 * and a band tries 1,000 salts. At most so many places in all, 4 MB.
 */
const recentTables = new Map<string, Uint32Array>();
const recentPlacesMax = 2 ** 20;

function tableOf(size: number, weights: readonly number[]): Uint32Array {
  const key = `${size}:${weights.join(',')}`;
  const known = recentTables.get(key);
  if (known !== undefined) return known;
  const preferences = weights.map((_, shard) => preferenceOf(shard, size));
  const table = maglevTable(size, preferences, weightedTurns(weights));
  let places = size;
  for (const recent of recentTables.values()) places += recent.length;
  for (const [oldest, recent] of recentTables) {
    if (places <= recentPlacesMax) break;
    recentTables.delete(oldest);
    places -= recent.length;
  }
  recentTables.set(key, table);
  return table;
}

function requireSize(size: number, takers: number): void {
  if (!isPrime(size)) {
    const [below, above] = neighbouringPrimes(size);
    throw new UserError(`maglev:${size} is not possible: ${size} is not a prime number`, {
      exitCode: exitCodes.usage,
      hint:
        `only with a prime number each shard's preferences reach every place; use ${below} ` +
        `or ${above}`,
    });
  }
  if (size < takers) {
    throw new UserError(`maglev:${size} has too few places for ${takers} shards`, {
      exitCode: exitCodes.usage,
      hint:
        `use a prime above ${placesAdvised * takers}, which is ${placesAdvised} places for ` +
        'each shard',
    });
  }
}

function coarseWarnings(size: number, takers: number): string[] {
  if (size >= placesAdvised * takers) return [];
  const percent = ((100 * takers) / size).toFixed(1);
  return [
    `maglev:${size} has few places for ${takers} shards: one place is ${percent} % of a ` +
      'mean share, so shares may differ by that much; with a prime above ' +
      `${placesAdvised * takers} it is below 1 %`,
  ];
}

/** Growing from N to M moves (M - N) / M of the keys and a little more, between old shards too. */
export const maglev: RouterDefinition = {
  name: 'maglev',
  summary:
    'Maglev: a table of M places (a prime), even within one place; growth moves a few more keys',
  traits: {
    ...baseTraits,
    weighted: true,
    removesAny: true,
    hashes: true,
    lookup: 'O(1)',
    memory: 'O(M)',
  },
  parameter: { name: 'prime', default: usualSize, min: 2, max: 1_048_573 },
  keyTypes: ['text', 'int8', 'uuid', 'composite'],
  build(topology, options) {
    const { shardCount, weights } = topology;
    const size = options.parameter ?? usualSize;
    const takers = takersOf(topology).length;
    requireSize(size, takers);
    const hash = saltedHash(present(options.hash, 'hash for maglev'), options.salt);
    const table = tableOf(size, weights);
    const out: Hash64 = { hi: 0, lo: 0 };
    return {
      shardCount,
      route(bytes, start, end) {
        hash.hash(bytes, start, end, out);
        return table[remainder64(out.hi, out.lo, size)] ?? 0;
      },
      warnings: coarseWarnings(size, takers),
      recipe: () => hashRecipe(hash, options.salt, shardCount, { kind: 'table', table }),
      byHash: {
        hash,
        placing: { kind: 'table', table },
        place(hi, lo, count, shards) {
          remainders64(hi, lo, count, size, shards);
          for (let i = 0; i < count; i += 1) shards[i] = table[shards[i] ?? 0] ?? 0;
        },
      },
    };
  },
};
