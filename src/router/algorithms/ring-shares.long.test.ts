import { describe, expect, it } from 'vitest';
import { keyHash } from '../../base/hash/key-hashes.ts';
import { mean, sampleSd } from '../../base/statistics/moments.ts';
import { topologyOf } from '../fixtures.suite.ts';
import { ringPoints } from './ring-points.ts';
import { shareCvOf } from './ring-shares.ts';

/** The squared CV of the shares, for each of so many salts. */
function squaredCvs(salts: number, shards: number, vnodes: number): number[] {
  const points = Array.from({ length: shards }, () => vnodes);
  return Array.from({ length: salts }, (_, salt) => {
    const ring = ringPoints(keyHash('xxh64'), `${salt}/`, points);
    return shareCvOf(ring, topologyOf(shards), 64) ** 2;
  });
}

// Lamping & Veach 2014, table 1: standard error of the bucket size for V points a bucket.
describe('the shares of a ring have the CV of the jump paper', () => {
  it.each([
    [1, 0.997906, 1000, 200],
    [10, 0.315181, 1000, 60],
    [100, 0.0996996, 500, 20],
    [1000, 0.0315723, 100, 30],
  ])('V = %i: %f, over %i shards and %i salts', (vnodes, published, shards, salts) => {
    const squares = squaredCvs(salts, shards, vnodes);
    const error = sampleSd(squares) / Math.sqrt(salts);
    // The shares of n shards add up to 1, which takes 1 / n from the variance of very many.
    const due = published ** 2 * (1 - 1 / shards);
    expect(Math.abs(mean(squares) - due) / error).toBeLessThan(4);
    // The salts tried are enough to tell: their error is small beside the figure.
    expect(error / due).toBeLessThan(0.05);
  });
});
