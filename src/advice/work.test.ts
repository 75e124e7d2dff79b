import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scattering } from './advice-fixture.ts';
import { effectiveShards, keysMeeting, workOf, workParts } from './work.ts';

describe('what shards do of the work', () => {
  test('with 10 % scatter at equal cost 16 even shards do that of 6.4 databases', () => {
    expect(effectiveShards(scattering(0.1), 16, 1 / 16)).toBeCloseTo(6.4, 2);
  });

  test('without scatter it is the number of shards over max/mean', () => {
    expect(effectiveShards(scattering(0), 8, 1.25 / 8)).toBeCloseTo(8 / 1.25, 10);
  });

  test('scans cost each shard its part: they bound nothing', () => {
    const parts = workParts([{ to: 'everywhere', work: 1, keys: 1, scan: true }]);
    expect(effectiveShards(parts, 16, 1 / 16)).toBeCloseTo(16, 10);
  });

  test('what is at home stays on one shard, however many there are', () => {
    const parts = workParts([
      { to: 'home', work: 0.5, keys: 1, scan: false },
      { to: 'keys', work: 0.5, keys: 1, scan: false },
    ]);
    expect(effectiveShards(parts, 1000, 1 / 1000)).toBeCloseTo(2, 1);
  });

  test('all shards together do at least the work that there is', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        part,
        part,
        fc.integer({ min: 2, max: 64 }),
        fc.integer({ min: 1, max: 9 }),
        (e, k, n, keys) => {
          const parts = workParts([
            { to: 'everywhere', work: e, keys: 1, scan: false },
            { to: 'keys', work: k, keys, scan: false },
          ]);
          const all = n * workOf(parts, n, 1 / n);
          expect(all).toBeGreaterThanOrEqual(e + k - 1e-9);
          expect(all).toBeLessThanOrEqual(n * (e + k) + 1e-9);
        },
      ),
    );
  });

  test('keys are found again from the shards that they meet', () => {
    for (const [keys, shards] of [
      [1, 4],
      [3, 8],
      [12, 16],
    ] as const) {
      const met = shards * (1 - (1 - 1 / shards) ** keys);
      expect(keysMeeting(met, shards)).toBeCloseTo(keys, 6);
    }
  });
});
