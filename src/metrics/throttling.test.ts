import { expect, test } from 'vitest';
import { throttledFraction } from './throttling.ts';

test('the share is that of the periods between the two looks', () => {
  const before = { periods: 1000, throttled: 900 };
  expect(throttledFraction(before, { periods: 1400, throttled: 910 })).toBe(0.025);
  expect(throttledFraction(before, before)).toBe(0);
});

test('without a quota there is no share', () => {
  expect(throttledFraction(null, { periods: 1, throttled: 0 })).toBeNull();
  expect(throttledFraction({ periods: 1, throttled: 0 }, null)).toBeNull();
});
