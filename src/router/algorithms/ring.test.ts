import { describe, expect, it } from 'vitest';
import { keyHash } from '../../base/hash/key-hashes.ts';
import type { KeyHashName } from '../../base/hash/key-hash.ts';
import { ring } from './ring.ts';
import { ringPoints } from './ring-points.ts';
import { shareCvDue, shareCvOf, sharesOf } from './ring-shares.ts';
import { buildFor, knownKeys, movedFraction, tenantTexts, topologyOf } from '../fixtures.suite.ts';

const pointsOf = (hash: KeyHashName, salt: string, shards: number, vnodes: number) =>
  ringPoints(
    keyHash(hash),
    salt,
    Array.from({ length: shards }, () => vnodes),
  );

describe('ring', () => {
  it('has the hashes of its labels as points', () => {
    const hash = keyHash('md5');
    const points = ringPoints(hash, 'salt/', [1, 0, 12]);
    const labels = ['salt/shard-0:0'];
    for (let vnode = 0; vnode < 12; vnode += 1) labels.push(`salt/shard-2:${vnode}`);
    const expected = labels.map((label) => {
      const bytes = new TextEncoder().encode(label);
      const out = { hi: 0, lo: 0 };
      hash.hash(bytes, 0, bytes.length, out);
      return { hi: out.hi, lo: out.lo, owner: Number(label.charAt(11)) };
    });
    expected.sort((a, b) => a.hi - b.hi || a.lo - b.lo);
    expect([...points.hi]).toEqual(expected.map(({ hi }) => hi));
    expect([...points.lo]).toEqual(expected.map(({ lo }) => lo));
    expect([...points.owner]).toEqual(expected.map(({ owner }) => owner));
  });

  it('gives equal points to the lower shard', () => {
    const constant = {
      name: 'xxh64' as const,
      bits: 64 as const,
      hash(_bytes: Uint8Array, _start: number, _end: number, out: { hi: number; lo: number }) {
        out.hi = 5;
        out.lo = 7;
      },
    };
    expect([...ringPoints(constant, '', [1, 2, 1]).owner]).toEqual([0, 1, 1, 2]);
  });

  // sqrt((n - 1) / (n V + 1)), as the root mean square over salts.
  it.each([
    [4, 150],
    [8, 100],
    [10, 20],
  ])('of %i shards with %i points has the share CV that is due', (shards, vnodes) => {
    let squares = 0;
    const salts = 200;
    for (let salt = 0; salt < salts; salt += 1) {
      const points = pointsOf('xxh64', `${salt}/`, shards, vnodes);
      squares += shareCvOf(points, topologyOf(shards), 64) ** 2;
    }
    const due = shareCvDue(vnodes, shards);
    expect(Math.abs(Math.sqrt(squares / salts) / due - 1)).toBeLessThan(0.1);
  });

  // Lamping & Veach 2014, table 1: measured standard errors of many buckets with V points each.
  it.each([
    [1, 0.997906],
    [10, 0.315181],
    [100, 0.0996996],
    [1000, 0.0315723],
  ])(
    'of %i points a bucket is due the standard error that the jump paper measured',
    (vnodes, published) => {
      expect(Math.abs(shareCvDue(vnodes, 1000) / published - 1)).toBeLessThan(0.005);
    },
  );

  it('records the excess of FNV-1a: share CV 0.87 where 0.07 is due', () => {
    const wide = shareCvOf(pointsOf('fnv1a-64', '', 4, 150), topologyOf(4), 64);
    expect(wide).toBeCloseTo(0.87, 2);
    expect(shareCvDue(150, 4)).toBeCloseTo(0.07, 2);
    const narrow = shareCvOf(pointsOf('fnv1a-32', '', 4, 150), topologyOf(4), 32);
    expect(narrow).toBeCloseTo(0.18, 2);
  });

  it('warns of FNV-1a with its figures, and of no other hash', () => {
    const keys = knownKeys('text', []);
    expect(buildFor(ring, 4, keys, { hash: 'fnv1a-64' }).warnings).toEqual([
      expect.stringContaining("the CV of the shards' shares is 0.87, but 0.07 is expected"),
    ]);
    expect(buildFor(ring, 4, keys, { hash: 'xxh64' }).warnings).toEqual([]);
    expect(buildFor(ring, 1, keys, { hash: 'fnv1a-64' }).warnings).toEqual([]);
  });

  it('has shares that add up to the whole', () => {
    for (const [hash, bits] of [
      ['murmur3-32', 32],
      ['sha256', 64],
    ] as const) {
      const shares = sharesOf(pointsOf(hash, '', 7, 20), 7, bits);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });

  it('moves (M - N) / M of the keys on average over salts', () => {
    const keys = knownKeys('text', tenantTexts(1000));
    let moved = 0;
    for (let salt = 0; salt < 100; salt += 1) {
      const choice = { salt: String(salt) };
      moved += movedFraction(
        buildFor(ring, 4, keys, choice),
        buildFor(ring, 5, keys, choice),
        keys,
      );
    }
    // Beta(150, 600) and 1,000 keys: the mean of 100 has a standard deviation below 0.002.
    expect(Math.abs(moved / 100 - 0.2)).toBeLessThan(0.008);
  });

  it('refuses a ring too large for memory', () => {
    const keys = knownKeys('text', []);
    const weights = [1e6, 1e6];
    expect(() => buildFor(ring, 2, keys, { weights })).toThrow('a ring of 300000000 points');
  });
});
