import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import { buildFor, knownKeys, shardsOf } from '../fixtures.suite.ts';
import { redisCluster, redisSlot } from './redis-cluster.ts';
import { createdSlots, firstSlots, rebalancedSlots } from './redis-slots.ts';

const shape = z.object({
  equal_slot_pairs: z.array(z.tuple([z.string(), z.string()])),
  cases: z.array(z.object({ key: z.string(), slot: z.int() })),
  cases_hex: z.array(z.object({ key_hex: z.string(), slot: z.int() })),
  known_wrong_peer: z.object({ key: z.string(), correct: z.int() }),
});
const file = readVectors('redis-slots.json', shape);

const slotOfBytes = (bytes: Uint8Array): number => redisSlot(bytes, 0, bytes.length);
const slotOf = (key: string): number => slotOfBytes(Buffer.from(key));

describe('slot', () => {
  // redis/go-redis, internal/hashtag/hashtag_test.go, and redis.io, CLUSTER KEYSLOT.
  it.each([
    ['123456789', 12739],
    ['foo{hash_tag}', 2515],
    ['bar{hash_tag}', 2515],
    ['{}foo', 9500],
    // An empty tag means the whole key, whatever follows.
    ['foo{}{bar}', 8363],
    ['汉字', 16196],
    ['', 0],
  ])('of %j is %i', (key, slot) => {
    expect(slotOf(key)).toBe(slot);
  });

  it.skipIf(file === null)('agrees with every vector', () => {
    const vectors = shape.parse(file);
    for (const [one, other] of vectors.equal_slot_pairs) expect(slotOf(one)).toBe(slotOf(other));
    for (const { key, slot } of vectors.cases) expect(slotOf(key)).toBe(slot);
    for (const { key_hex: hex, slot } of vectors.cases_hex) {
      expect(slotOfBytes(Buffer.from(hex, 'hex'))).toBe(slot);
    }
    const { key, correct } = vectors.known_wrong_peer;
    expect(slotOf(key)).toBe(correct);
  });

  it('does not see braces outside the key', () => {
    const wide = Buffer.from('{x}foo}{');
    expect(redisSlot(wide, 3, 6)).toBe(slotOf('foo'));
    expect(redisSlot(Buffer.from('foo{barX}'), 0, 7)).toBe(slotOf('foo{bar'));
  });

  it('of integers and UUIDs is that of their text', () => {
    for (const [type, text] of [
      ['int8', '-9223372036854775808'],
      ['int8', '123456789'],
      ['uuid', '40e142fd-1038-48e6-93ae-15edba5c5c43'],
    ] as const) {
      const keys = knownKeys(type, [text]);
      const table = createdSlots(Array.from({ length: 1000 }, (_, master) => master));
      const router = buildFor(redisCluster, 1000, keys);
      expect(shardsOf(router, keys)).toEqual([table[slotOf(text)]]);
    }
  });
});

/** `0-5460 5461-10922 ...`: the runs of slots in order. */
function runsOf(table: Uint32Array): string {
  const starts = [...table.keys()].filter((slot) => slot === 0 || table[slot] !== table[slot - 1]);
  return starts.map((start, i) => `${start}-${(starts[i + 1] ?? table.length) - 1}`).join(' ');
}

const masters = (count: number): number[] => Array.from({ length: count }, (_, master) => master);
const even = (count: number): number[] => masters(count).map(() => 1);

function countsOf(table: Uint32Array): number[] {
  const counts: number[] = [];
  for (const master of table) counts[master] = (counts[master] ?? 0) + 1;
  return counts;
}

describe('redis-cli', () => {
  it('deals 16,384 slots to 3 masters as its output says', () => {
    // Master[0] -> Slots 0 - 5460 and so on, in the Redis Cluster tutorial's transcript.
    expect(runsOf(createdSlots(masters(3)))).toBe('0-5460 5461-10922 10923-16383');
  });

  it('moves the lowest slots of each old master to a new one', () => {
    const grown = rebalancedSlots(createdSlots(masters(3)), even(4));
    expect(countsOf(grown)).toEqual([4096, 4096, 4096, 4096]);
    // 1,365, 1,366 and 1,365 slots too many.
    expect(runsOf(grown)).toBe('0-1364 1365-5460 5461-6826 6827-10922 10923-12287 12288-16383');
    expect([grown[0], grown[5461], grown[10_923]]).toEqual([3, 3, 3]);
  });

  it('follows weights', () => {
    expect(countsOf(firstSlots([1, 1, 2]))).toEqual([4096, 4096, 8192]);
    expect(runsOf(firstSlots([0, 1, 1]))).toBe('0-8191 8192-16383');
    // Within its threshold of 2 % nothing moves.
    const three = createdSlots(masters(3));
    expect(rebalancedSlots(three, [1, 1.01, 1])).toEqual(three);
  });

  it('empties masters that go, and takes nothing else from those that stay', () => {
    const four = createdSlots(masters(4));
    for (const weights of [even(3), [1, 1, 1, 0], [0, 1, 1, 1]]) {
      const after = rebalancedSlots(four, weights);
      for (const [slot, master] of after.entries()) {
        const was = four[slot] ?? 0;
        expect(weights[master]).toBe(1);
        expect(master === was || (weights[was] ?? 0) === 0).toBe(true);
      }
    }
  });

  it('moves slots to new masters only, up to 400 of them', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });
    const property = fc.property(fc.integer({ min: 1, max: 100 }), steps, (first, more) => {
      let count = first;
      let table = createdSlots(masters(count));
      for (const step of more) {
        const grown = rebalancedSlots(table, even(count + step));
        const moved = grown.filter((master, slot) => master !== table[slot]);
        expect(moved.every((master) => master >= count)).toBe(true);
        const counts = countsOf(grown);
        expect(counts.every((each) => each > 0)).toBe(true);
        table = grown;
        count += step;
      }
    });
    fc.assert(property, { seed: 34, numRuns: 40 });
  });
});
