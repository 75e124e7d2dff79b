import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDigest } from './digest.ts';
import { keyHashNames } from './key-hash.ts';
import { keyHash, keyHashes } from './key-hashes.ts';
import { hex64 } from './vectors.suite.ts';
import { addHigh, multiplyHigh, remainder64 } from './word64.ts';

function hashOf(name: (typeof keyHashNames)[number], bytes: Uint8Array): string {
  const out = { hi: 0, lo: 0 };
  keyHashes[name].hash(bytes, 0, bytes.length, out);
  return hex64(out);
}

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const joined = (hi: number, lo: number): bigint => (BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0);

describe('key hashes', () => {
  it('are found by their names', () => {
    for (const name of keyHashNames) expect(keyHash(name).name).toBe(name);
  });

  it('of an unknown name say what is meant and what is allowed', () => {
    expect(() => keyHash('xxh46')).toThrow(
      'unknown key hash "xxh46" (did you mean xxh64?); the key hashes are xxh64, fnv1a-32, ' +
        'fnv1a-64, murmur3-32, murmur3-128, md5, sha256, identity',
    );
    // A property of every object is no hash.
    expect(() => keyHash('constructor')).toThrow('unknown key hash "constructor"');
  });

  it('md5 and sha256 are the first 8 bytes of the published digests of "abc"', () => {
    const abc = new TextEncoder().encode('abc');
    expect(hashOf('md5', abc)).toBe('900150983cd24fb0'); // RFC 1321, A.5
    expect(hashOf('sha256', abc)).toBe('ba7816bf8f01cfea'); // FIPS 180-4 examples
  });

  it('identity reads 8 bytes little-endian, unsigned, and refuses others', () => {
    expect(hashOf('identity', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 0x88))).toBe('8807060504030201');
    expect(() => hashOf('identity', new Uint8Array(7))).toThrow('8-byte');
  });

  it('depend on the bytes between start and end alone', () => {
    for (const name of keyHashNames) {
      const property = fc.property(
        fc.uint8Array({ minLength: 8, maxLength: name === 'identity' ? 8 : 100 }),
        fc.nat(40),
        (key, offset) => {
          const buffer = new Uint8Array(key.length + offset + 9).fill(0xa5);
          buffer.set(key, offset);
          const out = { hi: 0, lo: 0 };
          keyHashes[name].hash(buffer, offset, offset + key.length, out);
          expect(hex64(out)).toBe(hashOf(name, key));
          expect(out.hi === 0 || keyHashes[name].bits === 64).toBe(true);
        },
      );
      fc.assert(property, { seed: 1, numRuns: 50 });
    }
  });
});

describe('64-bit words', () => {
  it('multiply, add and divide as BigInt does', () => {
    const property = fc.property(word, word, word, word, (aHi, aLo, bHi, bLo) => {
      const a = joined(aHi, aLo);
      const b = joined(bHi, bLo);
      const product = joined(multiplyHigh(aHi, aLo, bHi, bLo), Math.imul(aLo, bLo));
      expect(product).toBe(BigInt.asUintN(64, a * b));
      const sumLo = (aLo + bLo) | 0;
      expect(joined(addHigh(aHi, bHi, bLo, sumLo), sumLo)).toBe(BigInt.asUintN(64, a + b));
    });
    fc.assert(property, { seed: 2, numRuns: 500 });
  });

  it('have exact remainders for every number of shards', () => {
    const divisor = fc.oneof(
      fc.integer({ min: 1, max: 65_536 }),
      fc.integer({ min: 1, max: 2 ** 21 }),
    );
    const property = fc.property(word, word, divisor, (hi, lo, by) => {
      expect(remainder64(hi, lo, by)).toBe(Number(joined(hi, lo) % BigInt(by)));
    });
    fc.assert(property, { seed: 3, numRuns: 1000 });
    expect(remainder64(0xffff_ffff, 0xffff_ffff, 65_536)).toBe(65_535);
    expect(remainder64(0xffff_ffff, 0xffff_ffff, 2 ** 21)).toBe(2 ** 21 - 1);
  });
});

describe('createDigest', () => {
  it('is the SHA-256 of all pieces, and goes on after it was read', () => {
    const digest = createDigest();
    digest.update(new TextEncoder().encode('a'));
    // Of "a" and "abc": FIPS 180-4 and the NIST CAVP short messages.
    expect(digest.hex()).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
    digest.update(new TextEncoder().encode('bc'));
    expect(digest.hex()).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
