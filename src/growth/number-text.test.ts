import { expect, test } from 'vitest';
import { counted, percent, short } from './number-text.ts';

test.each([
  [0, '0'],
  [6.4, '6.4'],
  [0.15625, '0.156'],
  [2.5000001, '2.5'],
  [1_240.4, '1,240'],
  [12_345_678, '12,345,678'],
  [100, '100'],
  [-1234.5, '-1,235'],
  [0.000_561, '0.000561'],
  [1e-15, '0'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('%d is %s', (value, text) => {
  expect(short(value)).toBe(text);
});

test('percentages and counts', () => {
  expect([percent(0.4125), percent(1)]).toStrictEqual(['41.3 %', '100 %']);
  expect([counted(1, 'shard'), counted(1500, 'move')]).toStrictEqual(['1 shard', '1,500 moves']);
});
