import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rngFrom } from '../base/rng.ts';
import { chiSquareTest } from '../testing/chi-square.ts';
import { PresentTenants } from './present-tenants.ts';
import type { TenantChanges } from './types.ts';

/** Tenants 3 and 0 join after a quarter and a half, tenant 1 leaves after three quarters. */
const changes: TenantChanges = {
  sizes: Float64Array.of(0.4, 0.3, 0.2, 0.07, 0.03),
  tenants: Uint32Array.of(3, 0, 1),
  joins: Uint8Array.of(1, 1, 0),
  moments: Float64Array.of(0.25, 0.5, 0.75),
};

const thereAt = (ns: number): number[] => {
  const present = new PresentTenants(changes, 1000);
  present.advance(ns);
  return [0, 1, 2, 3, 4].filter((tenant) => present.isThere(tenant));
};

test('a tenant is there from the moment at which it joins until that at which it leaves', () => {
  expect(thereAt(0)).toEqual([1, 2, 4]);
  expect(thereAt(249)).toEqual([1, 2, 4]);
  expect(thereAt(250)).toEqual([1, 2, 3, 4]);
  expect(thereAt(749)).toEqual([0, 1, 2, 3, 4]);
  expect(thereAt(750)).toEqual([0, 2, 3, 4]);
  expect(thereAt(Number.MAX_VALUE)).toEqual([0, 2, 3, 4]);
});

test('before the window nothing changes', () => {
  const present = new PresentTenants(changes, Infinity);
  present.advance(1e18);
  expect([0, 1, 3].map((tenant) => present.isThere(tenant))).toEqual([false, true, false]);
});

test('those there are drawn by size (chi-square)', () => {
  const present = new PresentTenants(changes, 1000);
  present.advance(300);
  const rng = rngFrom(1, 'test');
  const counts = new Uint32Array(5);
  for (let i = 0; i < 20_000; i += 1) {
    const tenant = present.draw(rng.double());
    counts[tenant] = (counts[tenant] ?? 0) + 1;
  }
  expect(chiSquareTest(counts, [0, 0.3, 0.2, 0.07, 0.03]).p).toBeGreaterThan(1e-4);
});

test('for any sizes, however unequal, and any changes: nobody is drawn who is not there', () => {
  const size = fc.double({ min: -300, max: 0, noNaN: true }).map((exponent) => 10 ** exponent);
  const some = fc.array(fc.record({ size, change: fc.constantFrom('join', 'leave', 'none') }), {
    minLength: 1,
  });
  const uniform = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(some, uniform, (others, drawn) => {
      const tenants = [{ size: 1e-300, change: 'none' }, ...others];
      const changed = [...tenants.keys()].filter((i) => tenants[i]?.change !== 'none');
      const present = new PresentTenants(
        {
          sizes: Float64Array.from(tenants, (tenant) => tenant.size),
          tenants: Uint32Array.from(changed),
          joins: Uint8Array.from(changed, (i) => (tenants[i]?.change === 'join' ? 1 : 0)),
          moments: Float64Array.from(changed, (_, i) => (i + 0.5) / changed.length),
        },
        Infinity,
      );
      for (let made = 0; ; made += 1) {
        const there = tenants.filter(({ change }, i) => {
          const isMade = changed.indexOf(i) < made;
          return change === 'none' || (change === 'join') === isMade;
        });
        const total = there.reduce((sum, tenant) => sum + tenant.size, 0);
        expect(Math.abs(present.total - total)).toBeLessThanOrEqual(1e-12 * total);
        for (const each of [0, drawn, 1 - 2 ** -53]) {
          expect(there).toContain(tenants[present.draw(each)]);
        }
        if (made === changed.length) return;
        present.change();
      }
    }),
  );
});
