import { expect, test } from 'vitest';
import { decodeKey } from './keys.ts';
import { snowflakeEpochMs, snowflakeMs, snowflakeText, writeSnowflake } from './snowflake.ts';

function written(unixMs: number, machine: number, sequence: number): string {
  const out = new Uint8Array(8);
  expect(writeSnowflake(unixMs, machine, sequence, out)).toBe(8);
  return decodeKey('int8', out, 0, 8);
}

// https://en.wikipedia.org/wiki/Snowflake_ID: the id of a tweet, taken apart.
test('the known Snowflake id', () => {
  const unixMs = Date.UTC(2022, 5, 28, 16, 7, 40, 105);
  expect(snowflakeText(unixMs, 378, 0)).toBe('1541815603606036480');
  expect(written(unixMs, 378, 0)).toBe('1541815603606036480');
});

test('every bit is used, and the sign is not', () => {
  const last = snowflakeEpochMs + 2 ** 41 - 1;
  expect(written(last, 1023, 4095)).toBe(String(2n ** 63n - 1n));
  expect(snowflakeText(last, 1023, 4095)).toBe(String(2n ** 63n - 1n));
  expect(written(snowflakeEpochMs + 1023, 0, 1)).toBe(String((1023n << 22n) | 1n));
  expect(written(snowflakeEpochMs + 1024, 0, 0)).toBe(String(1n << 32n));
});

test('the time is read back, before the epoch too', () => {
  const out = new Uint8Array(8);
  const unixMs = Date.UTC(2022, 5, 28, 16, 7, 40, 105);
  writeSnowflake(unixMs, 1023, 4095, out);
  expect(snowflakeEpochMs + snowflakeMs(out, 0)).toBe(unixMs);
  // -1 is all ones: one millisecond before, as an arithmetic shift has it.
  expect(snowflakeMs(new Uint8Array(8).fill(0xff), 0)).toBe(-1);
});

test('a time before or after those it can hold is a bug', () => {
  expect(() => snowflakeText(snowflakeEpochMs - 1, 0, 0)).toThrow('outside');
  expect(() => written(snowflakeEpochMs + 2 ** 41, 0, 0)).toThrow('outside');
});
