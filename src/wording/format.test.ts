import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parseSize } from '../base/units.ts';
import {
  bytes,
  counted,
  duration,
  fineRatio,
  hundredths,
  integer,
  listed,
  money,
  ms,
  percent,
  rate,
  ratio,
  roughBytes,
  short,
  significant,
  times,
  twoDigits,
} from './format.ts';

const all = {
  significant,
  rate,
  short,
  twoDigits,
  integer,
  ratio,
  fineRatio,
  times,
  percent,
  hundredths,
} as const;
const quantities = { ms, duration, bytes, roughBytes, money } as const;

describe('numbers', () => {
  it.each(Object.entries({ ...all, ...quantities }))('%s says what is not known', (_, format) => {
    expect([format(null), format(Number.NaN)]).toStrictEqual(['unknown', 'unknown']);
  });

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
    [-12.34, '-12.3'],
  ])('%d has 3 significant digits: %s', (value, text) => {
    expect(significant(value)).toBe(text);
  });

  it('keeps every digit of a large rate or count', () => {
    expect([12_345.4, 999.6, 813.2, 0.5].map(rate)).toEqual(['12,345', '1,000', '813', '0.500']);
    expect(integer(1_000_000)).toBe('1,000,000');
    expect([counted(1, 'shard'), counted(1500, 'move'), counted(0, 'row')]).toEqual([
      '1 shard',
      '1,500 moves',
      '0 rows',
    ]);
  });

  it.each([
    [0, '0'],
    [6.4, '6.4'],
    [0.15625, '0.156'],
    [2.5000001, '2.5'],
    [1_240.4, '1,240'],
    [12_345_678, '12,345,678'],
    [100, '100'],
    [-1234.5, '-1,235'],
    [0.000_561, '<0.001'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('%d in a sentence is %s', (value, text) => {
    expect(short(value)).toBe(text);
  });

  it.each([
    [0, '0 %'],
    [1e-9, '<0.1 %'],
    [0.0004, '<0.1 %'],
    [0.0005, '0.1 %'],
    [0.00999, '1.0 %'],
    [0.01, '1 %'],
    [0.1, '10 %'],
    [0.29, '29 %'],
    [0.1 + 0.2, '30 %'],
    [0.125, '12.5 %'],
    [0.9994, '99.9 %'],
    [0.9995, '>99.9 %'],
    [0.999_999, '>99.9 %'],
    [1, '100 %'],
    [1.0001, '100.0 %'],
    [12.345, '1,234.5 %'],
    [1e6, '100,000,000 %'],
    [-0.0212, '-2.1 %'],
  ])('%d is %s', (fraction, text) => {
    expect(percent(fraction)).toBe(text);
  });

  it('writes percentages below a heading that has the sign', () => {
    expect([0, 0.125, 1].map(hundredths)).toEqual(['0.0', '12.5', '100.0']);
  });

  it('writes ratios and factors', () => {
    expect([1.276, 0, 12].map(ratio)).toEqual(['1.28', '0.00', '12.00']);
    expect([1.0449, 0.99].map(fineRatio)).toEqual(['1.045', '0.990']);
    expect([0.5, 1.996, 6.42, 9.999, 64.4, 1234].map(times)).toEqual([
      '0.50×',
      '2.0×',
      '6.4×',
      '10×',
      '64×',
      '1,234×',
    ]);
  });

  it.each([
    [0, '0 s'],
    [0.000_01, '<0.001 ms'],
    [12, '12.0 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1500, '1.5 s'],
    [15_000, '15 s'],
    [119_960, '2 min'],
    [150_000, '2.5 min'],
    [179_700, '3 min'],
    [12.4 * 60_000, '12 min'],
    [3.4 * 3_600_000, '3.4 h'],
    [9.97 * 3_600_000, '10 h'],
    [47.6 * 3_600_000, '48 h'],
    [2.1 * 86_400_000, '2.1 days'],
    [1e13, '115,741 days'],
  ])('%d ms take %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });

  it('compares in milliseconds', () => {
    expect([0.12, 12.34, 2300].map(ms)).toEqual(['0.120 ms', '12.3 ms', '2,300 ms']);
  });

  it('writes sizes', () => {
    expect([0, 512, 999.7, 64e6, 8_589_934_592, 5e15].map(bytes)).toEqual([
      '0 B',
      '512 B',
      '1.00 kB',
      '64.0 MB',
      '8.59 GB',
      '5,000 TB',
    ]);
    expect([512, 1234, 12_300, 120_000, 1_000_000].map(roughBytes)).toEqual([
      '510 B',
      '1.2 kB',
      '12 kB',
      '120 kB',
      '1 MB',
    ]);
  });

  it('writes amounts of money', () => {
    expect([0, 0.004, 0.5, 9.96, 950.4, 12_345].map(money)).toEqual([
      '0',
      '<0.01',
      '0.5',
      '10',
      '950',
      '12,300',
    ]);
  });
});

test('a size is written as it was read: 400GB is 400 GB, and 400GiB are 429 GB', () => {
  expect(bytes(parseSize('400GB') ?? 0)).toBe('400 GB');
  expect(bytes(parseSize('400GiB') ?? 0)).toBe('429 GB');
});

test('lists of names', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 2, 'c']].map((words) => listed(words))).toEqual([
    '',
    'a',
    'a and b',
    'a, 2 and c',
  ]);
  expect(listed(['a', 'b', 'c', 'd'], 3)).toBe('a, b, c and d');
  expect(listed(['a', 'b', 'c', 'd', 'e'], 3)).toBe('a, b, c and 2 more');
});

test('nothing else rounds a fraction to a percentage', () => {
  const root = join(import.meta.dirname, '..');
  const own = globSync('**/*.ts', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.(test|suite)\.ts$|^(testing|wording)\//.test(path))
    .filter((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return /\b(?:toFixed|toPrecision|round|floor)\([^\n`]*\)\} ?%/.test(text);
    });
  // Quantities as scenarios have them, which are exact; and progress, which rounds down.
  const exact = ['base/units.ts', 'profile/scenario/draft-tenants.ts'];
  const progress = ['sources/files/file-rows.ts', 'sources/logs/reading.ts'];
  expect(own.toSorted()).toEqual([...exact, ...progress].toSorted());
});
