import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Random64, SplitMix64 } from '../../base/hash/split-mix64.ts';
import { readVectors } from '../../base/hash/vectors.suite.ts';
import { computedRouterBehaves } from './computed-router.suite.ts';
import { jumpback, jumpBackBucket } from './jumpback.ts';
import { komihashOfBlocks } from './komihash.suite.ts';

/** hash4j's variant without a mixer: the seed is the first number, xorshift gives the others. */
class XorshiftL7R9 implements Random64 {
  hi = 0;
  lo = 0;
  #state = 0n;
  #first = true;

  seed(hi: number, lo: number): void {
    this.#state = (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);
    this.#first = true;
  }

  next(): void {
    if (!this.#first) {
      this.#state = BigInt.asUintN(64, this.#state ^ (this.#state << 7n));
      this.#state ^= this.#state >> 9n;
    }
    this.#first = false;
    this.hi = Number(this.#state >> 32n) | 0;
    this.lo = Number(this.#state & 0xffff_ffffn) | 0;
  }
}

/** Java's SplittableRandom: its long is SplitMix64's, its int another mix of the same state. */
class SplittableRandom {
  readonly #random = new SplitMix64();
  #state: bigint;

  constructor(seed: bigint) {
    this.#state = seed;
  }

  #step(): bigint {
    this.#state = BigInt.asUintN(64, this.#state + 0x9e3779b97f4a7c15n);
    return this.#state;
  }

  int(): number {
    let mixed = this.#step();
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 33n)) * 0x62a9d9ed799705f5n);
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 28n)) * 0xcb24d0a5c88c35b3n);
    return Number(mixed >> 32n) | 0;
  }

  /** Seeds `random` with the next long. */
  seed(random: Random64): void {
    const before = this.#state;
    this.#step();
    this.#random.seed(Number(before >> 32n), Number(before & 0xffff_ffffn));
    this.#random.next();
    random.seed(this.#random.hi, this.#random.lo);
  }
}

function checksum(random: Random64): string {
  const keys = new SplittableRandom(0x0a55871a9d9103b7n);
  const buckets = new Int32Array(1_000_000);
  for (let i = 0; i < buckets.length; i += 1) {
    const count = keys.int() >>> 1;
    const bucketCount = Math.max(1, count >>> keys.int());
    keys.seed(random);
    buckets[i] = jumpBackBucket(random, bucketCount);
  }
  return komihashOfBlocks(new Uint8Array(buckets.buffer)).toString(16);
}

function bucketOf(key: bigint, buckets: number): number {
  const random = new SplitMix64();
  random.seed(Number(BigInt.asIntN(32, key >> 32n)), Number(BigInt.asIntN(32, key)));
  return jumpBackBucket(random, buckets);
}

const shape = z.object({
  published_checksums: z.object({
    jumpBackHash_splitmix64: z.string(),
    xorshiftL7R9: z.string(),
  }),
  n: z.array(z.int()),
  rows: z.array(z.object({ key_i64: z.string(), buckets: z.array(z.int()) })),
});

describe('jumpback', () => {
  // Outputs of the author's Java (dynatrace-research/jumpbackhash-paper, commit e79b7cf).
  const counts = [1, 2, 3, 4, 5, 7, 8, 10, 16, 17, 100, 1000, 1024, 65537, 1000000, 2147483647];
  it.each([
    [1n, [0, 1, 1, 1, 1, 5, 5, 5, 12, 12, 33, 492, 492, 23745, 667116, 285879788]],
    [-1n, [0, 1, 2, 2, 2, 2, 7, 7, 7, 16, 73, 288, 288, 27680, 863264, 1533357088]],
    [-(2n ** 63n), [0, 1, 1, 1, 1, 1, 1, 1, 11, 11, 98, 674, 674, 8354, 390107, 1209974946]],
  ])('of key %s agrees with the author', (key, buckets) => {
    expect(counts.map((count) => bucketOf(key, count))).toEqual(buckets);
  });

  // dynatrace-oss/hash4j, commit 41d814f: a million keys and numbers of buckets up to 2^31 - 1.
  it.each([
    ['SplitMix64', new SplitMix64(), '23d7a0d288cd67e7'],
    ['xorshift L7 R9', new XorshiftL7R9(), '4230b4d46f271c99'],
  ])('with %s has the published checksum', (_, random, published) => {
    expect(checksum(random)).toBe(published);
  });

  const file = readVectors('jumpback.json', shape);
  it.skipIf(file === null)('agrees with every vector', () => {
    expect(file?.rows.length).toBe(40);
    for (const { key_i64, buckets } of file?.rows ?? []) {
      expect(file?.n.map((count) => bucketOf(BigInt(key_i64), count))).toEqual(buckets);
    }
    const published = file?.published_checksums;
    expect(published?.jumpBackHash_splitmix64).toBe('0x23d7a0d288cd67e7');
    expect(published?.xorshiftL7R9).toBe('0x4230b4d46f271c99');
  });

  it('only ever moves a key to the newest of up to 10,000 buckets', () => {
    for (const key of [-1n, 0n, 1n, 2n, 2n ** 63n - 1n, -(2n ** 63n)]) {
      const owners = Array.from({ length: 10_000 }, (_, index) => bucketOf(key, index + 1));
      const strays = owners.filter(
        (bucket, index) => bucket !== index && bucket !== (owners[index - 1] ?? 0),
      );
      expect(strays).toEqual([]);
    }
  });
});

computedRouterBehaves(jumpback, (hi, lo, buckets) => {
  const random = new SplitMix64();
  random.seed(hi, lo);
  return jumpBackBucket(random, buckets);
});
