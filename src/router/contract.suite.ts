import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyType, keyTypes } from '../base/keys.ts';
import type { KnownKeys, RouterDefinition } from './contract.ts';
import {
  buildFor,
  countsOf,
  knownKeys,
  shardsOf,
  someKeys,
  tenantTexts,
} from './fixtures.suite.ts';

/** What holds for some routers only and is no trait. */
export interface ContractExceptions {
  /** Why adding a shard and removing it again leaves some keys elsewhere. */
  readonly addThenRemove?: string;
}

const shardCounts = fc.integer({ min: 1, max: 12 });
const copyOf = (keys: KnownKeys): KnownKeys => ({
  ...keys,
  bytes: keys.bytes.slice(),
  offsets: keys.offsets.slice(),
  rows: Array.from(keys.rows),
  weights: Array.from(keys.weights),
});

/** What every router promises, whatever its algorithm; `npx vitest src/router/contract.test.ts`. */
export function routerContract(
  definition: RouterDefinition,
  exceptions: ContractExceptions = {},
): void {
  describe(`contract of ${definition.name}`, () => {
    for (const type of keyTypes) {
      const reason = definition.keyTypes.includes(type) ? null : `takes no ${type} keys`;
      describe(`${type} keys`, () => {
        routingContract(definition, type, reason);
      });
    }
    growthContract(definition, exceptions);
    weightContract(definition);
    traitContract(definition);
  });
}

const plainTypes = (definition: RouterDefinition): KeyType[] =>
  keyTypes.filter((type) => definition.keyTypes.includes(type));

function routingContract(definition: RouterDefinition, type: KeyType, reason: string | null): void {
  it('go to one shard in range, the same for every build and every call', ({ skip }) => {
    skip(reason !== null, reason ?? '');
    const property = fc.property(
      someKeys(type, 1),
      someKeys(type, 1),
      shardCounts,
      (known, others, n) => {
        const router = buildFor(definition, n, known);
        const twin = buildFor(definition, n, copyOf(known));
        expect(router.shardCount).toBe(n);
        for (const keys of [known, others]) {
          const shards = shardsOf(router, keys);
          for (const shard of shards) {
            expect(Number.isInteger(shard) && shard >= 0 && shard < n).toBe(true);
          }
          expect(shardsOf(router, keys)).toEqual(shards);
          expect(shardsOf(twin, keys)).toEqual(shards);
        }
      },
    );
    fc.assert(property, { seed: 11, numRuns: 60 });
  });

  it('go to the same shard wherever they lie in a buffer', ({ skip }) => {
    skip(reason !== null, reason ?? '');
    const property = fc.property(someKeys(type, 1), shardCounts, fc.nat(50), (keys, n, offset) => {
      const router = buildFor(definition, n, keys);
      const shards = shardsOf(router, keys);
      for (let key = 0; key < keys.count; key += 1) {
        const bytes = keys.bytes.subarray(keys.offsets[key], keys.offsets[key + 1]);
        const buffer = new Uint8Array(offset + bytes.length + 9).fill(0xa5);
        buffer.set(bytes, offset);
        expect(router.route(buffer, offset, offset + bytes.length)).toBe(shards[key]);
      }
    });
    fc.assert(property, { seed: 12, numRuns: 40 });
  });

  it('stay where they are when what the router was built from changes', ({ skip }) => {
    skip(reason !== null, reason ?? '');
    const property = fc.property(someKeys(type, 2), shardCounts, (keys, n) => {
      const given = copyOf(keys);
      const weights = Array.from({ length: n }, () => 1);
      const router = buildFor(definition, n, given, { weights });
      const shards = shardsOf(router, keys);
      given.bytes.fill(0);
      given.offsets.fill(0);
      Object.assign(given.rows, { 0: 1e9 });
      Object.assign(given.weights, { 0: 1e9 });
      weights.fill(0);
      buildFor(definition, n + 1, keys, { previous: router });
      expect(shardsOf(router, keys)).toEqual(shards);
    });
    fc.assert(property, { seed: 13, numRuns: 40 });
  });

  it('of one shard are all on it, and one key is on one of many', ({ skip }) => {
    skip(reason !== null, reason ?? '');
    const property = fc.property(someKeys(type, 1), shardCounts, (keys, n) => {
      expect(new Set(shardsOf(buildFor(definition, 1, keys), keys))).toEqual(new Set([0]));
      const single = { ...keys, count: 1, offsets: keys.offsets.slice(0, 2) };
      const [shard] = shardsOf(buildFor(definition, n, single), single);
      expect(shard).toBeGreaterThanOrEqual(0);
      expect(shard).toBeLessThan(n);
    });
    fc.assert(property, { seed: 14, numRuns: 30 });
  });
}

function growthContract(definition: RouterDefinition, exceptions: ContractExceptions): void {
  const { traits } = definition;
  const notMonotone = traits.monotone ? null : 'not monotone by its traits';
  const steps = fc.tuple(shardCounts, fc.integer({ min: 1, max: 5 }));

  for (const type of plainTypes(definition)) {
    it(`${type} keys move to new shards only when shards are added`, ({ skip }) => {
      skip(notMonotone !== null, notMonotone ?? '');
      const property = fc.property(
        someKeys(type, 1),
        someKeys(type, 1),
        steps,
        (known, others, [n, more]) => {
          const previous = buildFor(definition, n, known);
          const grown = buildFor(definition, n + more, known, { previous });
          for (const keys of [known, others]) {
            const before = shardsOf(previous, keys);
            for (const [key, shard] of shardsOf(grown, keys).entries()) {
              expect(shard >= n || shard === before[key]).toBe(true);
            }
          }
        },
      );
      fc.assert(property, { seed: 15, numRuns: 60 });
    });
  }

  it('adding shards and removing them again moves no key', ({ skip }) => {
    const remembersNot = exceptions.addThenRemove ?? null;
    skip(remembersNot !== null, remembersNot ?? '');
    const property = fc.property(someKeys('text', 1), steps, (keys, [n, more]) => {
      const first = buildFor(definition, n, keys);
      const grown = buildFor(definition, n + more, keys, { previous: first });
      const again = buildFor(definition, n, keys, { previous: grown });
      expect(shardsOf(again, keys)).toEqual(shardsOf(first, keys));
    });
    fc.assert(property, { seed: 16, numRuns: 60 });
  });

  const notAny = traits.removesAny ? null : 'only the last shard can be removed';
  it('a shard of weight 0 in the middle gives up all its keys', ({ skip }) => {
    skip(notAny !== null, notAny ?? '');
    const keys = knownKeys('text', tenantTexts(500));
    const previous = buildFor(definition, 4, keys);
    const without = buildFor(definition, 4, keys, { previous, weights: [1, 0, 1, 1] });
    const before = shardsOf(previous, keys);
    expect(before).toContain(1);
    for (const [key, shard] of shardsOf(without, keys).entries()) {
      expect(shard).not.toBe(1);
      const mayMove = before[key] === 1 || !traits.monotone;
      expect(mayMove || shard === before[key]).toBe(true);
    }
  });
}

function weightContract(definition: RouterDefinition): void {
  const keys = knownKeys('text', tenantTexts(4000));
  const weights = [1, 1, 2, 4];

  const { weighted } = definition.traits;
  it('gives shards keys in proportion to their weights', ({ skip }) => {
    skip(!weighted, 'not weighted by its traits');
    const counts = countsOf(buildFor(definition, 4, keys, { weights }), keys);
    for (const [shard, count] of counts.entries()) {
      // A ring of 150 points a shard has a share CV of 7 %; 0.03 of all keys is far outside it.
      expect(Math.abs(count / 4000 - (weights[shard] ?? 0) / 8)).toBeLessThan(0.03);
    }
  });

  it('says that it ignores weights', ({ skip }) => {
    skip(weighted, 'weighted by its traits');
    const router = buildFor(definition, 4, keys, { weights });
    expect(shardsOf(router, keys)).toEqual(shardsOf(buildFor(definition, 4, keys), keys));
    expect(router.warnings?.join()).toContain(`${definition.name} cannot honour shard weights`);
    expect(buildFor(definition, 4, keys).warnings ?? []).toEqual([]);
  });
}

/** The sign of a - b in the documented order, by BigInt or Buffer.compare. */
function compareKeys(type: KeyType, a: Uint8Array, b: Uint8Array): number {
  if (type !== 'int8') return Buffer.compare(a, b);
  const difference = Buffer.from(a).readBigInt64LE() - Buffer.from(b).readBigInt64LE();
  return Number(difference);
}

function traitContract(definition: RouterDefinition): void {
  const { traits } = definition;
  const notOrdered = traits.ordered ? null : 'not ordered by its traits';
  it('routes ranges if, and only if, it is ordered', () => {
    const router = buildFor(definition, 2, knownKeys('text', ['a', 'b']));
    expect(router.routeRange !== undefined).toBe(traits.ordered);
  });

  for (const type of plainTypes(definition)) {
    it(`a range of ${type} keys visits the shards of its keys`, ({ skip }) => {
      skip(notOrdered !== null, notOrdered ?? '');
      const property = fc.property(
        someKeys(type, 2),
        shardCounts,
        shardCounts,
        fc.nat(),
        fc.nat(),
        (keys, n, more, i, j) => {
          const previous = buildFor(definition, n, keys);
          const router = buildFor(definition, n + more, keys, { previous });
          const keyAt = (key: number): Uint8Array =>
            keys.bytes.slice(keys.offsets[key], keys.offsets[key + 1]);
          const all = Array.from({ length: keys.count }, (_, key) => keyAt(key));
          const [from, to] = [keyAt(i % keys.count), keyAt(j % keys.count)];
          const visited: number[] = [];
          router.routeRange?.(from, to, (shard) => visited.push(shard));
          // Every bound is a known key, so no shard can lie within the range without one.
          const inside = all.filter(
            (key) => compareKeys(type, from, key) <= 0 && compareKeys(type, key, to) <= 0,
          );
          const shards = new Set(inside.map((key) => router.route(key, 0, key.length)));
          expect(visited).toEqual([...shards].toSorted((a, b) => a - b));
        },
      );
      fc.assert(property, { seed: 17, numRuns: 150 });
    });
  }

  const noHash = traits.hashes ? null : 'reads no hash';
  it('places keys elsewhere under another salt', ({ skip }) => {
    skip(noHash !== null, noHash ?? '');
    const keys = knownKeys('text', tenantTexts(200));
    const plain = shardsOf(buildFor(definition, 4, keys), keys);
    expect(shardsOf(buildFor(definition, 4, keys, { salt: 'a' }), keys)).not.toEqual(plain);
    expect(shardsOf(buildFor(definition, 4, keys, { salt: '' }), keys)).toEqual(plain);
  });

  const noKeys = traits.placesKnownKeys ? 'places known keys' : null;
  it('does not look at the known keys', ({ skip }) => {
    skip(noKeys !== null, noKeys ?? '');
    const keys = knownKeys('text', tenantTexts(200));
    const none = buildFor(definition, 4, knownKeys('text', []));
    expect(shardsOf(none, keys)).toEqual(shardsOf(buildFor(definition, 4, keys), keys));
  });
}
