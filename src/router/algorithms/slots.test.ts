import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contiguousSlots, resizedSlots, slotQuotas } from './slot-table.ts';
import { slots } from './slots.ts';
import { buildFor, knownKeys } from '../fixtures.suite.ts';

const even = (shards: number): number[] => Array.from({ length: shards }, () => 1);

function countSlots(table: Uint32Array, shards: number): number[] {
  const counts = even(shards).map(() => 0);
  for (const shard of table) counts[shard] = (counts[shard] ?? 0) + 1;
  return counts;
}

describe('slots', () => {
  it('are dealt in neighbouring runs, larger ones first', () => {
    expect([...contiguousSlots(10, even(4))]).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 3, 3]);
    expect([...slotQuotas(8, [1, 2, 1])]).toEqual([2, 4, 2]);
  });

  // ceil(S / n) n / S: 32 slots on 5 nodes 1.094, on 6 1.125, on 10 1.25, on 24 1.5.
  it.each([
    [5, 1.09375],
    [6, 1.125],
    [10, 1.25],
    [24, 1.5],
  ])('32 of them on %i shards have max/mean %f', (shards, expected) => {
    const counts = countSlots(contiguousSlots(32, even(shards)), shards);
    expect((Math.max(...counts) * shards) / 32).toBe(expected);
  });

  it('move the minimum when shards are added, however often', () => {
    const growth = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });
    const property = fc.property(fc.integer({ min: 1, max: 8 }), growth, (first, steps) => {
      let shards = first;
      let table = contiguousSlots(240, even(shards));
      for (const step of steps) {
        const next = resizedSlots(table, shards, even(shards + step));
        const moved = next.filter((shard, slot) => shard !== table[slot]);
        const counts = countSlots(next, shards + step);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        expect(moved.every((shard) => shard >= shards)).toBe(true);
        expect(moved.length).toBe(counts.slice(shards).reduce((sum, count) => sum + count, 0));
        table = next;
        shards += step;
      }
    });
    fc.assert(property, { seed: 21, numRuns: 100 });
  });

  it('of removed shards alone move, and end up even', () => {
    const table = contiguousSlots(1024, even(8));
    const next = resizedSlots(table, 8, even(5));
    expect(next.filter((_, slot) => (table[slot] ?? 0) < 5)).toEqual(
      table.filter((shard) => shard < 5),
    );
    const counts = countSlots(next, 5);
    expect(counts.toSorted((a, b) => a - b)).toEqual([204, 205, 205, 205, 205]);
  });

  it('cannot be fewer than shards', () => {
    const keys = knownKeys('text', []);
    expect(() => buildFor(slots, 5, keys, { parameter: 4 })).toThrow(
      'slots:4 has too few slots for 5 shards',
    );
  });

  it('say which slot a key is in, and a slot is on one shard', () => {
    const keys = knownKeys(
      'int8',
      Array.from({ length: 500 }, (_, i) => String(i)),
    );
    const router = buildFor(slots, 3, keys, { parameter: 16 });
    const owners = new Map<number, number>();
    for (let key = 0; key < keys.count; key += 1) {
      const at = [keys.offsets[key] ?? 0, keys.offsets[key + 1] ?? 0] as const;
      const slot = router.slots?.of(keys.bytes, ...at) ?? -1;
      const shard = router.route(keys.bytes, ...at);
      expect(owners.get(slot) ?? shard).toBe(shard);
      owners.set(slot, shard);
    }
    expect(router.slots?.count).toBe(16);
    expect([...owners.keys()].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 16 }, (_, slot) => slot),
    );
  });
});
