import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rngFrom } from '../rng.ts';
import { distinctPages, touchesFor } from './distinct-pages.ts';

test('known answers', () => {
  expect(distinctPages(365, 23)).toBeCloseTo(22.319962, 6);
  expect(distinctPages(10, 1)).toBeCloseTo(1, 12);
  expect(distinctPages(10, 2)).toBeCloseTo(1.9, 12);
  expect(distinctPages(1, 5)).toBe(1);
  expect(distinctPages(100, 0)).toBe(0);
  // A 100 GB index: a million inserts hardly ever meet.
  expect(distinctPages(13_107_200, 1e6)).toBeCloseTo(962_804.965, 2);
});

test('is what drawing shows', () => {
  const rng = rngFrom(7, 'pages');
  const pages = 500;
  const rounds = 200;
  let total = 0;
  for (let round = 0; round < rounds; round += 1) {
    const seen = new Set<number>();
    for (let touch = 0; touch < 700; touch += 1) seen.add(Math.floor(rng.double() * pages));
    total += seen.size;
  }
  // The mean of 200 rounds has a standard error below 1.
  expect(Math.abs(total / rounds - distinctPages(pages, 700))).toBeLessThan(3);
});

const pages = fc.integer({ min: 2, max: 20_000_000 });

test('never more than pages or touches, and rises with both', () => {
  fc.assert(
    fc.property(pages, fc.integer({ min: 1, max: 10_000_000 }), (count, touches) => {
      const found = distinctPages(count, touches);
      expect(found).toBeLessThanOrEqual(Math.min(count, touches) * (1 + 1e-9));
      expect(distinctPages(count + 1, touches)).toBeGreaterThanOrEqual(found * (1 - 1e-9));
      expect(distinctPages(count, touches + 1)).toBeGreaterThanOrEqual(found * (1 - 1e-9));
    }),
  );
});

test('touches follow from pages', () => {
  fc.assert(
    fc.property(pages, fc.double({ min: 0, max: 3, noNaN: true }), (count, times) => {
      const back = touchesFor(count, distinctPages(count, count * times));
      expect(back).toBeCloseTo(count * times, -Math.log10(count) - 1 + 7);
    }),
  );
  expect(touchesFor(10, 10)).toBe(Infinity);
  expect(touchesFor(1, 0.5)).toBe(0.5);
});
