import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TenantSource } from '../scenario/tenant-types.ts';
import type { ArrivalProcess } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { PresentTenants } from './present-tenants.ts';
import { changingTenants } from './tenant-changes.ts';
import { buildTenants } from './tenants.ts';
import type { Tenants } from './types.ts';

const constant = { process: 'constant', ratePerSecond: 100 } as const;

function changed(
  source: Partial<TenantSource>,
  arrivals: ArrivalProcess = constant,
  seed = 7,
): Tenants {
  const plain = { distribution: 'zipf', exponent: 1, count: 100, idType: 'text' } as const;
  const tenants = { ...plain, ...source } as TenantSource;
  const scenario = tinyScenario({ tenants, arrivals, seed });
  return changingTenants(buildTenants(tenants, seed, null), scenario);
}

/** The shares again, by adding up 20,000 slices of the window. */
function byNumbers({ changes }: Tenants, rateAt: (part: number) => number): Float64Array {
  if (changes === undefined) throw new Error('nobody joins or leaves');
  const slices = 20_000;
  const present = new PresentTenants(changes, slices);
  const shares = new Float64Array(changes.sizes.length);
  let all = 0;
  for (let slice = 0; slice < slices; slice += 1) {
    present.advance(slice);
    const rate = rateAt((slice + 0.5) / slices);
    all += rate;
    for (const [tenant, size] of changes.sizes.entries()) {
      if (!present.isThere(tenant)) continue;
      shares[tenant] = (shares[tenant] ?? 0) + (rate * size) / present.total;
    }
  }
  return shares.map((share) => share / all);
}

const furthest = (a: Float64Array, b: Float64Array): number =>
  Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? 0))));

describe('tenants that join and leave', () => {
  test('without any, the tenants are the very same', () => {
    const scenario = tinyScenario();
    const tenants = buildTenants(scenario.tenants, 7, null);
    expect(changingTenants(tenants, scenario)).toBe(tenants);
  });

  test('two equal tenants of which one joins in the middle: three quarters and one', () => {
    const { weights, changes, bytes } = changed({ distribution: 'uniform', count: 2, join: 1 });
    expect(changes?.moments).toEqual(Float64Array.of(0.5));
    expect(weights[changes?.tenants[0] ?? -1]).toBeCloseTo(0.25, 14);
    expect(weights.toSorted()).toEqual(Float64Array.of(0.25, 0.75));
    expect(bytes).toEqual(Float64Array.of(0.5, 0.5));
  });

  test('one leaves in the middle of a ramp from nothing: 5/8 and 3/8 turn to 7/8 and 1/8', () => {
    const ramp = { process: 'ramp', fromPerSecond: 0, toPerSecond: 100 } as const;
    const { weights, changes } = changed({ distribution: 'uniform', count: 2, leave: 1 }, ramp);
    expect(weights[changes?.tenants[0] ?? -1]).toBeCloseTo(1 / 8, 14);
  });

  test('so many join and so many others leave, evenly spread, in the order of time', () => {
    const { changes } = changed({ join: 20, leave: 30 });
    const { tenants, joins, moments } = changes ?? {};
    expect(new Set(tenants).size).toBe(50);
    expect(joins?.filter((join) => join === 1)).toHaveLength(20);
    expect(moments).toEqual(moments?.toSorted());
    const joining = moments?.filter((_, i) => joins?.[i] === 1);
    expect(joining).toEqual(Float64Array.from({ length: 20 }, (_, i) => (i + 0.5) / 20));
  });

  test('the seed decides who', () => {
    const who = (seed: number) => changed({ join: 20 }, constant, seed).changes?.tenants;
    expect(who(7)).toEqual(who(7));
    expect(who(8)).not.toEqual(who(7));
  });

  test('those who join have sizes of the same distribution', () => {
    let joined = 0;
    for (let seed = 0; seed < 400; seed += 1) {
      const { changes } = changed({ join: 25 }, constant, seed);
      for (const tenant of changes?.tenants ?? []) joined += changes?.sizes[tenant] ?? 0;
    }
    // A quarter of them has a quarter of the load: the deviation of one seed's sum is below 0.11.
    expect(Math.abs(joined / 400 - 0.25)).toBeLessThan((4 * 0.11) / Math.sqrt(400));
  });

  test.each([
    ['constant', constant, () => 1],
    ['ramp', { process: 'ramp', fromPerSecond: 900, toPerSecond: 100 } as const, falling],
    [
      'bursts',
      { process: 'burst', onPerSecond: 900, offPerSecond: 100, onMs: 300, offMs: 500 } as const,
      (part: number) => ((part * 2000) % 800 < 300 ? 9 : 1),
    ],
  ])('expected shares are those of slices of the window: %s', (_, arrivals, rateAt) => {
    const tenants = changed({ join: 20, leave: 30 }, arrivals);
    const slices = byNumbers(tenants, rateAt);
    expect(furthest(tenants.weights, slices)).toBeLessThan(1e-4);
  });

  test('for any numbers: shares above 0 that add up to 1, and somebody is always there', () => {
    const numbers = fc.integer({ min: 2, max: 300 }).chain((count) =>
      fc.integer({ min: 0, max: count - 1 }).chain((join) =>
        fc.record({
          count: fc.constant(count),
          join: fc.constant(join),
          leave: fc.integer({ min: 0, max: count - 1 - join }),
        }),
      ),
    );
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 1000 }), (source, seed) => {
        const { weights } = changed(source, constant, seed);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        expect(total).toBeCloseTo(1, 12);
        expect(weights.every((weight) => weight > 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

function falling(part: number): number {
  return 9 - 8 * part;
}

test('of a file: only tenants with a weight join, and one has to stay', () => {
  const file = { path: 't.csv', text: 'id,w\na,5\nb,0\nc,3\nd,0\n' };
  const build = (join: number): Tenants => {
    const tenants = {
      distribution: 'file',
      file: 't.csv',
      idColumn: 'id',
      weightColumn: 'w',
      bytesColumn: null,
      idType: 'text',
      join,
    } as const;
    return changingTenants(buildTenants(tenants, 7, file), tinyScenario({ tenants }));
  };
  expect([0, 2]).toContain(build(1).changes?.tenants[0]);
  expect(build(1).ids).toEqual(['a', 'b', 'c', 'd']);
  expect(() => build(2)).toThrow(
    'tenants with a weight above 0: found 2 that join and 0 that leave, of 2; ' +
      'allowed: fewer than 2 together, so that one is always there',
  );
});
