// Twitter's Snowflake (2010), https://github.com/twitter-archive/snowflake/tree/snowflake-2010:
// 41 bits of milliseconds since its epoch, 10 bits of machine, 12 bits of sequence.
import { assert } from './assert.ts';
import { readUint32 } from './hash/bytes.ts';

/** 2010-11-04T01:42:54.657Z. */
export const snowflakeEpochMs = 1_288_834_974_657;
export const machineCount = 1024;

const lastMs = 2 ** 41;

/** Milliseconds since the epoch, which end in the year 2080. */
function sinceEpoch(unixMs: number): number {
  const ms = unixMs - snowflakeEpochMs;
  assert(ms >= 0 && ms < lastMs, 'a time outside those of Snowflake ids');
  return ms;
}

/** Writes the id as 8 bytes, little-endian, by way of two 32-bit words; returns 8. */
export function writeSnowflake(
  unixMs: number,
  machine: number,
  sequence: number,
  out: Uint8Array,
): number {
  const ms = sinceEpoch(unixMs);
  let high = Math.floor(ms / 1024);
  let low = ((ms % 1024) << 22) | (machine << 12) | sequence;
  for (let i = 0; i < 4; i += 1) {
    out[i] = low;
    out[i + 4] = high;
    low >>>= 8;
    high >>>= 8;
  }
  return 8;
}

/** The same id in decimal digits. */
export function snowflakeText(unixMs: number, machine: number, sequence: number): string {
  return String((BigInt(sinceEpoch(unixMs)) << 22n) | BigInt((machine << 12) | sequence));
}

/**
 * Milliseconds since its epoch of the id in bytes[at .. at + 8), little-endian; may be negative.
 */
export function snowflakeMs(bytes: Uint8Array, at: number): number {
  return readUint32(bytes, at + 4) * 1024 + (readUint32(bytes, at) >>> 22);
}
