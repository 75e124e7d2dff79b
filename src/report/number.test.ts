import { describe, expect, it, test } from 'vitest';
import { parseSize } from '../base/units.ts';
import { bytes, duration, integer, percent, rate, ratio, significant } from './number.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [0.0123, '0.0123'],
    [0.00004, '<0.001'],
    [1.2, '1.20'],
    [9.996, '10.0'],
    [12.34, '12.3'],
    [99.96, '100'],
    [999.6, '1,000'],
    [1234.5, '1,230'],
    [1_234_567, '1,230,000'],
  ])('%d has 3 significant digits: %s', (value, text) => {
    expect(significant(value)).toBe(text);
  });

  it('keeps every digit of a large rate or count', () => {
    expect(rate(12_345.4)).toBe('12,345');
    expect(rate(813.2)).toBe('813');
    expect(integer(1_000_000)).toBe('1,000,000');
  });

  it('never rounds a fraction to nothing or to all', () => {
    expect([0, 0.0001, 0.125, 0.9999, 1].map(percent)).toEqual([
      '0 %',
      '<0.1 %',
      '12.5 %',
      '>99.9 %',
      '100 %',
    ]);
  });

  it('writes ratios, durations and sizes', () => {
    expect(ratio(1.276)).toBe('1.28');
    expect([12, 15_000, 150_000].map(duration)).toEqual(['12.0 ms', '15 s', '2 min 30 s']);
    expect([512, 64e6, 8_589_934_592].map(bytes)).toEqual(['512 B', '64.0 MB', '8.59 GB']);
  });
});

test('a size is written as it was read: 400GB is 400 GB, and 400GiB are 429 GB', () => {
  expect(bytes(parseSize('400GB') ?? 0)).toBe('400 GB');
  expect(bytes(parseSize('400GiB') ?? 0)).toBe('429 GB');
});
