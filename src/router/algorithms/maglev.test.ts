import { describe, expect, it } from 'vitest';
import { buildFor, countsOf, knownKeys, shardsOf, tenantTexts } from '../fixtures.suite.ts';
import { chiSquareTest } from '../../testing/chi-square.ts';
import { maglev } from './maglev.ts';

const keys = knownKeys('text', tenantTexts(20_000));
const none = knownKeys('text', []);

describe('maglev', () => {
  it.each([2, 3, 8, 100])('spreads keys over %i shards as evenly as balls in bins', (shards) => {
    const counts = countsOf(buildFor(maglev, shards, keys), keys);
    expect(
      chiSquareTest(
        counts,
        counts.map(() => 1),
      ).p,
    ).toBeGreaterThan(1e-4);
  });

  // Some places change hands between old shards. The bounds are two to four times what simulations
  // of such tables find: 0.0023 of the keys, 0.0058, and 0.028.
  it.each([
    [10, 65_537, 0.01],
    [100, 65_537, 0.02],
    [10, 1021, 0.06],
  ])('of %i shards and %i places churns a little when one is added', (shards, size, most) => {
    const before = shardsOf(buildFor(maglev, shards, keys, { parameter: size }), keys);
    const after = shardsOf(buildFor(maglev, shards + 1, keys, { parameter: size }), keys);
    const moved = after.filter((shard, key) => shard !== before[key]);
    const churned = moved.filter((shard) => shard !== shards).length / 20_000;
    expect(churned).toBeGreaterThan(0);
    expect(churned).toBeLessThan(most);
    const due = 1 / (shards + 1);
    const error = Math.sqrt((due * (1 - due)) / 20_000);
    expect(Math.abs(moved.length / 20_000 - churned - due)).toBeLessThan(4 * error);
  });

  it('refuses a table whose size is no prime, and names the nearest', () => {
    expect(() => buildFor(maglev, 4, none, { parameter: 65_536 })).toThrow(
      'maglev:65536 is not possible: 65536 is not a prime number',
    );
    expect(() => buildFor(maglev, 4, none, { parameter: 65_536 })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('use 65521 or 65537') }),
    );
    expect(maglev.parameter?.default).toBe(65_537);
    expect(() => buildFor(maglev, 4, none, { parameter: 4 })).toThrow('not a prime');
    expect(buildFor(maglev, 2, none, { parameter: 2 }).shardCount).toBe(2);
    expect(buildFor(maglev, 4, none, { parameter: 1_048_573 }).warnings).toEqual([]);
  });

  it('refuses a table that cannot fill all shards, and warns of a coarse one', () => {
    expect(() => buildFor(maglev, 8, none, { parameter: 7 })).toThrow(
      'too few places for 8 shards',
    );
    const weights = [1, 1, 0, 1, 1, 1, 1, 1];
    const full = buildFor(maglev, 8, keys, { parameter: 7, weights });
    expect(new Set(shardsOf(full, keys))).toEqual(new Set([0, 1, 3, 4, 5, 6, 7]));
    expect(buildFor(maglev, 8, none, { parameter: 251 }).warnings).toEqual([
      expect.stringContaining('one place is 3.2 % of a mean share'),
    ]);
    expect(buildFor(maglev, 8, none, { parameter: 1021 }).warnings).toEqual([]);
  });

  it('builds a router of its own for each topology, salt and size', () => {
    const placements = [
      buildFor(maglev, 4, keys),
      buildFor(maglev, 4, keys, { salt: 'a' }),
      buildFor(maglev, 4, keys, { parameter: 251 }),
      buildFor(maglev, 5, keys),
      buildFor(maglev, 4, keys, { weights: [1, 1, 1, 2] }),
      buildFor(maglev, 4, keys, { weights: [1, 1, 2, 1] }),
    ].map((router) => shardsOf(router, keys).join(''));
    expect(new Set(placements).size).toBe(6);
    expect(shardsOf(buildFor(maglev, 4, keys), keys).join('')).toBe(placements[0]);
  });
});
