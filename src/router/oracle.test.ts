import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KnownKeys, RouterDefinition } from './contract.ts';
import { jump } from './algorithms/jump.ts';
import { mod } from './algorithms/mod.ts';
import { range } from './algorithms/range.ts';
import { ring } from './algorithms/ring.ts';
import { slots } from './algorithms/slots.ts';
import { buildFor, shardsOf, someKeys } from './fixtures.suite.ts';

// Every router again, slowly and obviously, on BigInt and strings.

const two64 = 2n ** 64n;

function sha64(...parts: readonly (string | Uint8Array)[]): bigint {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest().readBigUInt64BE();
}

function keysOf(keys: KnownKeys): Uint8Array[] {
  return Array.from({ length: keys.count }, (_, key) =>
    keys.bytes.slice(keys.offsets[key], keys.offsets[key + 1]),
  );
}

const value = (key: Uint8Array): bigint => Buffer.from(key).readBigInt64LE();

function slowJump(hash: bigint, shards: number): number {
  let key = hash;
  let bucket = -1;
  let next = 0;
  while (next < shards) {
    bucket = next;
    key = (key * 2862933555777941757n + 1n) % two64;
    next = Math.floor((bucket + 1) * (2 ** 31 / Number((key >> 33n) + 1n)));
  }
  return bucket;
}

function slowRing(hash: bigint, shards: number, vnodes: number, salt: string): number {
  const points: { at: bigint; shard: number }[] = [];
  for (let shard = 0; shard < shards; shard += 1) {
    for (let vnode = 0; vnode < vnodes; vnode += 1) {
      points.push({ at: sha64(`${salt}shard-${shard}:${vnode}`), shard });
    }
  }
  // How far it is from the key to each point, going up and around.
  const away = points.map(({ at, shard }) => ({ far: (at - hash + two64) % two64, shard }));
  return away.reduce((best, each) => (each.far < best.far ? each : best)).shard;
}

function slowSlots(hash: bigint, shards: number, count: number): number {
  const slot = Number(hash % BigInt(count));
  let end = 0;
  for (let shard = 0; shard < shards; shard += 1) {
    end += Math.floor(count / shards) + (shard < count % shards ? 1 : 0);
    if (slot < end) return shard;
  }
  return -1;
}

const salts = fc.constantFrom('', 'a', 'Zoë/');
const shardCounts = fc.integer({ min: 1, max: 20 });
const anyKeys = fc.oneof(someKeys('text', 1), someKeys('int8', 1), someKeys('uuid', 1));

type Slow = (key: Uint8Array, shards: number, salt: string) => number;
const cases: readonly (readonly [RouterDefinition, number | null, Slow])[] = [
  [mod, null, (key, shards, salt) => Number(sha64(salt, key) % BigInt(shards))],
  [jump, null, (key, shards, salt) => slowJump(sha64(salt, key), shards)],
  [ring, 7, (key, shards, salt) => slowRing(sha64(key), shards, 7, salt)],
  [slots, 101, (key, shards, salt) => slowSlots(sha64(salt, key), shards, 101)],
];

describe('routers agree with an oracle', () => {
  it.each(cases)('$name', (router, parameter, slow) => {
    const property = fc.property(anyKeys, shardCounts, salts, (keys, shards, salt) => {
      const named = parameter === null ? {} : { parameter };
      const built = buildFor(router, shards, keys, { hash: 'sha256', salt, ...named });
      const expected = keysOf(keys).map((key) => slow(key, shards, salt));
      expect(shardsOf(built, keys)).toEqual(expected);
    });
    fc.assert(property, { seed: 41, numRuns: 40 });
  });

  it('range', () => {
    const property = fc.property(someKeys('int8', 1), shardCounts, (keys, shards) => {
      const sorted = keysOf(keys)
        .map((key, index) => ({ at: value(key), rows: keys.rows[index] ?? 0 }))
        .toSorted((a, b) => (a.at < b.at ? -1 : 1));
      const total = sorted.reduce((sum, { rows }) => sum + rows, 0);
      const used = Math.min(shards, sorted.length);
      const bounds: bigint[] = [];
      let from = 0;
      for (let shard = 1; shard < used; shard += 1) {
        // Of all cuts that leave a key for every shard, the nearest to the quantile.
        let best = from + 1;
        const error = (cut: number): number => {
          const before = sorted.slice(0, cut).reduce((sum, { rows }) => sum + rows, 0);
          return Math.abs(before - (total * shard) / used);
        };
        for (let cut = from + 1; cut <= sorted.length - (used - shard); cut += 1) {
          if (error(cut) < error(best)) best = cut;
        }
        bounds.push(sorted[best]?.at ?? 0n);
        from = best;
      }
      const expected = keysOf(keys).map((key) => bounds.filter((at) => at <= value(key)).length);
      expect(shardsOf(buildFor(range, shards, keys), keys)).toEqual(expected);
    });
    fc.assert(property, { seed: 42, numRuns: 60 });
  });
});
