import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import { chiSquareTest } from '../../testing/chi-square.ts';
import { rendezvous } from './rendezvous.ts';
import { highestScore, type ShardScores } from './rendezvous-scores.ts';
import { slowScores } from './rendezvous-scores.suite.ts';
import {
  buildFor,
  countsOf,
  keysOf,
  knownKeys,
  movedFraction,
  shardsOf,
  someKeys,
  tenantTexts,
} from '../fixtures.suite.ts';

/** CRC-32C of the key's bytes followed by the node's name: the reference's inner hash. */
class Crc32cScores implements ShardScores {
  readonly #names: readonly Uint8Array[];
  #key = 0;

  constructor(names: readonly string[]) {
    this.#names = names.map((name) => new TextEncoder().encode(name));
  }

  readKey(bytes: Uint8Array, start: number, end: number): void {
    this.#key = this.#absorb(0xffff_ffff, bytes.subarray(start, end));
  }

  of(shard: number): number {
    return ~this.#absorb(this.#key, this.#names[shard] ?? new Uint8Array()) >>> 0;
  }

  #absorb(crc: number, bytes: Uint8Array): number {
    let rest = crc;
    for (const byte of bytes) {
      rest ^= byte;
      for (let bit = 0; bit < 8; bit += 1) {
        rest = (rest >>> 1) ^ ((rest & 1) === 1 ? 0x82f63b78 : 0);
      }
    }
    return rest;
  }
}

/** The best nodes for a key, best first: each is the best of those that the others leave. */
function ranked(names: readonly string[], key: string, count: number): string[] {
  const bytes = new TextEncoder().encode(key);
  const scores = new Crc32cScores(names);
  let shards = Uint32Array.from(names.keys());
  const best: string[] = [];
  while (best.length < count && shards.length > 0) {
    scores.readKey(bytes, 0, bytes.length);
    const winner = highestScore(scores, shards);
    best.push(names[winner] ?? '');
    shards = shards.filter((shard) => shard !== winner);
  }
  return best;
}

const shape = z.object({
  nodes: z.array(z.string()),
  top1: z.array(z.object({ key: z.string(), node: z.string() })),
  topN: z.array(z.object({ n: z.int(), key: z.string(), nodes: z.array(z.string()) })),
});

describe('rendezvous', () => {
  const nodes = ['a', 'b', 'c', 'd', 'e'];
  // tysonmote/rendezvous, rendezvous_test.go, commit 7d9edf8: CRC-32C as the inner hash.
  it.each([
    ['', 1, ['d']],
    ['bar', 2, ['c', 'e']],
    ['baz', 3, ['d', 'a', 'b']],
    ['floo', 100, ['d', 'a', 'b', 'c', 'e']],
  ])('of the key "%s" ranks %i nodes as the reference does', (key, count, expected) => {
    expect(ranked(nodes, key, count)).toEqual(expected);
  });

  const file = readVectors('rendezvous-crc32c.json', shape);
  it.skipIf(file === null)('agrees with every vector', () => {
    expect(file?.topN.length).toBeGreaterThan(0);
    const names = file?.nodes ?? [];
    for (const { key, node } of file?.top1 ?? []) expect(ranked(names, key, 1)).toEqual([node]);
    for (const { n, key, nodes: best } of file?.topN ?? []) {
      expect(ranked(names, key, n)).toEqual(best);
    }
  });

  it('agrees with an oracle', () => {
    const salts = fc.constantFrom('', 'a', 'Zoë/');
    const shards = fc.integer({ min: 1, max: 40 });
    const property = fc.property(someKeys('text', 1), shards, salts, (keys, n, salt) => {
      const expected = keysOf(keys).map((key) => {
        const scores = slowScores(key, n, salt);
        return scores.indexOf(Math.max(...scores));
      });
      expect(shardsOf(buildFor(rendezvous, n, keys, { hash: 'sha256', salt }), keys)).toEqual(
        expected,
      );
    });
    fc.assert(property, { seed: 43, numRuns: 40 });
  });

  it('gives ties to the first shard', () => {
    const equal: ShardScores = { readKey: () => undefined, of: () => 7 };
    expect(highestScore(equal, Uint32Array.of(2, 3, 5))).toBe(2);
  });

  it.each([
    ['xxh64', 2],
    ['xxh64', 8],
    ['xxh64', 100],
    ['fnv1a-32', 8],
    ['fnv1a-64', 8],
    ['murmur3-32', 100],
  ] as const)('with %s spreads sequential tenants over %i shards', (hash, n) => {
    const keys = knownKeys('text', tenantTexts(100_000));
    const counts = countsOf(buildFor(rendezvous, n, keys, { hash }), keys);
    const even = counts.map(() => 1);
    expect(chiSquareTest(counts, even).p).toBeGreaterThan(1e-4);
  });

  it('spreads small integers without a hash of the key', () => {
    const keys = knownKeys(
      'int8',
      Array.from({ length: 100_000 }, (_, key) => String(key)),
    );
    const counts = countsOf(buildFor(rendezvous, 16, keys, { hash: 'identity' }), keys);
    const even = counts.map(() => 1);
    expect(chiSquareTest(counts, even).p).toBeGreaterThan(1e-4);
  });

  it('deals the keys of a shard that goes evenly to all others', () => {
    const keys = knownKeys('text', tenantTexts(50_000));
    const before = shardsOf(buildFor(rendezvous, 8, keys), keys);
    const weights = [1, 1, 1, 0, 1, 1, 1, 1];
    const without = buildFor(rendezvous, 8, keys, { weights });
    expect(without.warnings).toEqual([]);
    const gained = weights.map(() => 0);
    const strays: number[] = [];
    for (const [key, shard] of shardsOf(without, keys).entries()) {
      if (before[key] === 3) gained[shard] = (gained[shard] ?? 0) + 1;
      else if (shard !== before[key]) strays.push(key);
    }
    expect(strays).toEqual([]);
    expect(chiSquareTest(gained, weights).p).toBeGreaterThan(1e-4);
  });

  it.each([
    [4, 5],
    [8, 16],
    [5, 8],
  ])('from %i to %i shards moves (M - N) / M of the keys', (from, to) => {
    const keys = knownKeys('text', tenantTexts(20_000));
    const [few, many] = [buildFor(rendezvous, from, keys), buildFor(rendezvous, to, keys)];
    const due = (to - from) / to;
    // Four standard deviations of a binomial.
    const bound = 4 * Math.sqrt((due * (1 - due)) / 20_000);
    expect(Math.abs(movedFraction(few, many, keys) - due)).toBeLessThan(bound);
  });
});
