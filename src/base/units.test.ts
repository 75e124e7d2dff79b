import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatDuration,
  formatFraction,
  formatRate,
  formatSize,
  parseDuration,
  parseFraction,
  parseRate,
  parseSize,
} from './units.ts';

test.each([
  ['15s', 15_000],
  ['500ms', 500],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['1.5s', 1500],
  ['0s', 0],
  [' 3 s ', 3000],
])('the duration %s is %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  ['800/s', 800],
  ['3000/m', 50],
  ['7200/h', 2],
  ['0/s', 0],
])('the rate %s is %d per second', (text, perSecond) => {
  expect(parseRate(text)).toBe(perSecond);
});

// IEC 80000-13: a kilobyte has 1000 bytes, a kibibyte 1024.
test.each([
  ['64MB', 64_000_000],
  ['64MiB', 67_108_864],
  ['512KiB', 524_288],
  ['1kB', 1000],
  ['1KB', 1000],
  ['1GB', 1_000_000_000],
  ['1GiB', 1_073_741_824],
  ['1TB', 1e12],
  ['1TiB', 2 ** 40],
  ['512B', 512],
  ['0.5kB', 500],
])('the size %s is %d bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each([
  ['30%', 0.3],
  [0.3, 0.3],
  ['0.3', 0.3],
  ['100%', 1],
  ['12.5%', 0.125],
])('the share %s is %d', (text, fraction) => {
  expect(parseFraction(text)).toBe(fraction);
});

test.each([
  '15',
  '',
  's',
  '-1s',
  '15 seconds',
  '15S',
  '1e3s',
  '15s30',
  'NaNs',
  '.5s',
  '1constructor',
])('%j is no quantity at all', (text) => {
  expect(parseDuration(text)).toBeUndefined();
  expect(parseRate(text)).toBeUndefined();
  expect(parseSize(text)).toBeUndefined();
});

test.each(['101%', '-1%', '1.01', 'x', '', 2, -0.1, Number.NaN])('%j is no share', (value) => {
  expect(parseFraction(value)).toBeUndefined();
});

test.each([
  [formatDuration(15_000), '15s'],
  [formatDuration(120_000), '2m'],
  [formatDuration(90_000), '90s'],
  [formatDuration(0.5), '0.5ms'],
  [formatRate(800), '800/s'],
  [formatRate(1 / 3), '20/m'],
  [formatSize(67_108_864), '64MiB'],
  [formatSize(400e9), '400GB'],
  [formatSize(1024), '1KiB'],
  [formatSize(1001), '1001B'],
  [formatSize(1_024_000), '1000KiB'],
  [formatSize(1000), '1kB'],
  [formatFraction(0.29), '29%'],
])('is written %s', (written, expected) => {
  expect(written).toBe(expected);
});

test('what is written is read back as it was', () => {
  const natural = fc.nat({ max: 2 ** 50 });
  fc.assert(
    fc.property(natural, fc.nat(100_000), (value, thousandths) => {
      expect(parseDuration(formatDuration(value))).toBe(value);
      expect(parseSize(formatSize(value))).toBe(value);
      expect(parseRate(formatRate(value / 60))).toBe(value / 60);
      expect(parseFraction(formatFraction(thousandths / 100_000))).toBe(thousandths / 100_000);
    }),
    { seed: 1 },
  );
});
