// Maglev: Eisenbud et al., NSDI 2016, https://www.usenix.org/conference/nsdi16, section 3.4
import { assert, present } from '../../base/assert.ts';
import { isPrime } from './primes.ts';

/** A shard's order of preference of the places of a table of M: offset + i x skip modulo M. */
export interface Preference {
  /** From 0 to M - 1. */
  readonly offset: number;
  /** From 1 to M - 1: prime to M, since M is a prime. */
  readonly skip: number;
}

/** The shard whose turn it is to take a place, when `filled` places are taken. */
export type Turns = (filled: number) => number;

/**
 * Turns in proportion to the weights, by Envoy's rule: in round i a shard takes a turn unless i
 * times its weight is below the largest weight times the turns it had. Equal weights take one turn
 * a round, as in the paper; weight 0 takes none.
 */
export function weightedTurns(weights: readonly number[]): Turns {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  assert(largest > 0, 'a shard with a weight');
  const takers = weights.flatMap((weight, shard) =>
    weight > 0 ? [{ shard, weight, had: 0 }] : [],
  );
  let round = 1;
  let at = 0;
  return () => {
    for (;;) {
      if (at === takers.length) {
        at = 0;
        round += 1;
      }
      const taker = present(takers[at], 'taker');
      at += 1;
      if (round * taker.weight < taker.had * largest) continue;
      taker.had += 1;
      return taker.shard;
    }
  };
}

/**
 * The shard of each of `size` places, a prime: each in its turn takes its next place still free.
 */
export function maglevTable(
  size: number,
  preferences: readonly Preference[],
  turns: Turns,
): Uint32Array {
  assert(isPrime(size), 'a prime number of places');
  const free = 0xffff_ffff;
  const table = new Uint32Array(size).fill(free);
  const next = preferences.map(({ offset }) => offset);
  for (let filled = 0; filled < size; filled += 1) {
    const shard = turns(filled);
    const { skip } = present(preferences[shard], 'preference of a shard');
    let place = next[shard] ?? 0;
    while (table[place] !== free) place = place + skip < size ? place + skip : place + skip - size;
    table[place] = shard;
    next[shard] = place;
  }
  return table;
}
