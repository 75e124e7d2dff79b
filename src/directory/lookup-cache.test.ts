import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packKeys } from '../base/keys.ts';
import { KeyEntries } from './key-entries.ts';
import { LookupCache, unanswered } from './lookup-cache.ts';

const names = Array.from({ length: 12 }, (_, i) => `tenant-${'x'.repeat(i % 5)}${i}`);
const keys = packKeys('text', names);
const at = (key: number): [Uint8Array, number, number] => [
  keys.bytes,
  keys.offsets[key] ?? 0,
  keys.offsets[key + 1] ?? 0,
];

/** The same in the plainest way: a list of entries, the one used last at its end. */
class NaiveCache {
  entries: { key: number; shard: number; begun: number }[] = [];
  private readonly size: number;
  private readonly ttl: number;

  constructor(size: number, ttl: number) {
    this.size = size;
    this.ttl = ttl;
  }

  find(key: number, now: number): number | null {
    const found = this.entries.find((entry) => entry.key === key);
    if (found === undefined) return null;
    this.forget(key);
    if (now - found.begun >= this.ttl) return null;
    this.entries.push(found);
    return found.shard;
  }

  reserve(key: number, now: number): void {
    if (this.entries.length === this.size) this.entries.shift();
    this.entries.push({ key, shard: unanswered, begun: now });
  }

  answer(key: number, shard: number): void {
    for (const entry of this.entries) if (entry.key === key) entry.shard = shard;
  }

  forget(key: number): void {
    this.entries = this.entries.filter((entry) => entry.key !== key);
  }
}

const key = fc.nat(names.length - 1);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('ask' as const), key }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('answer' as const), key }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), key }) },
);

test('does what a plain list of entries does, whatever the size and the time to live', () => {
  const steps = fc.array(fc.tuple(fc.nat(4), step), { maxLength: 200 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(30), steps, (size, ttl, script) => {
      const cache = new LookupCache(size, 32, ttl);
      const naive = new NaiveCache(size, ttl);
      const found: (number | null)[] = [];
      const expected: (number | null)[] = [];
      let now = 0;
      for (const [index, [passed, todo]] of script.entries()) {
        now += passed;
        if (todo.kind === 'answer') {
          cache.answer(...at(todo.key), index);
          naive.answer(todo.key, index);
        } else if (todo.kind === 'forget') {
          cache.forget(...at(todo.key));
          naive.forget(todo.key);
        } else {
          const entry = cache.find(...at(todo.key), now);
          found.push(entry < 0 ? null : cache.shardIn(entry));
          if (entry < 0) cache.reserve(...at(todo.key), now);
          const right = naive.find(todo.key, now);
          expected.push(right);
          if (right === null) naive.reserve(todo.key, now);
        }
      }
      expect(found).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test('an entry lives for its time to live from the look-up on, however often it is used', () => {
  const cache = new LookupCache(2, 32, 100);
  cache.reserve(...at(0), 0);
  cache.answer(...at(0), 3);
  for (const now of [1, 50, 99]) expect(cache.shardIn(cache.find(...at(0), now))).toBe(3);
  expect(cache.find(...at(0), 100)).toBe(-1);
  expect(cache.find(...at(0), 100)).toBe(-1);
});

test('key entries: what is removed is gone and everything else stays', () => {
  const operations = fc.array(key, { maxLength: 300 });
  fc.assert(
    fc.property(operations, (toggled) => {
      const entries = new KeyEntries(names.length, 32);
      const held = new Set<number>();
      for (const each of toggled) {
        // Each key has its own entry: the table underneath is what is tested.
        if (held.delete(each)) entries.remove(each);
        else {
          held.add(each);
          entries.insert(each, ...at(each));
        }
        for (let k = 0; k < names.length; k += 1) {
          expect(entries.find(...at(k))).toBe(held.has(k) ? k : -1);
        }
      }
      for (const each of held) {
        const [bytes, start, end] = at(each);
        expect(entries.keyIn(each)).toEqual(bytes.slice(start, end));
      }
    }),
  );
});
