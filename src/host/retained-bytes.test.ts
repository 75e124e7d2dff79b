import { expect, test } from 'vitest';
import { retainedBytes } from './retained-bytes.ts';

/** So many that neither a busy machine nor what the runtime itself drops decides. */
const copies = 100;

test.each([
  ['an array buffer', () => new Uint8Array(100_000), 100_000],
  ['doubles on the heap', () => Array.from({ length: 10_000 }, (_, i) => i + 0.5), 80_000],
])('%s', (_, make, expected) => {
  expect(Math.abs(retainedBytes(make, 50, copies) / expected - 1)).toBeLessThan(0.1);
});

test('what all copies share is not counted, nor what is let go', () => {
  const shared = new Float64Array(1_000_000);
  const make = () => ({ shared, own: new Uint8Array(50_000).slice(0, 10_000) });
  const bytes = retainedBytes(make, 50, copies);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(15_000);
});
