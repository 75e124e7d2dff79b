import { expect, it } from 'vitest';
import { countdown, donePercent } from './countdown.ts';

it.each([
  [0, '0 s'],
  [59_001, '1 min 00 s'],
  [61_000, '1 min 01 s'],
  [3_599_000, '59 min 59 s'],
  [3_600_000, '1 h 00 min'],
  [86_340_001, '1 d 00 h'],
  [288_360_000, '3 d 09 h'],
])('%d ms are %s', (ms, text) => {
  expect(countdown(ms)).toBe(text);
});

it('rounds what is done down', () => {
  expect(donePercent(0.999)).toBe('99 %');
  expect(donePercent(1)).toBe('100 %');
});
