import { mix } from '../mix.ts';

const hyphen = 45;
const digits = new TextEncoder().encode('0123456789abcdef');

/** The text that `hexValue` makes for a row of no tenant; returns the end. */
export function writeHex(
  salt: number,
  length: number,
  row: number,
  out: Uint8Array,
  at: number,
): number {
  const rowSalt = mix(salt, 0, row);
  let word = 0;
  for (let i = 0; i < length; i += 1) {
    word = i % 8 === 0 ? mix(rowSalt, i, length) : word >>> 4;
    out[at + i] = digits[word & 15] ?? 0;
  }
  return at + length;
}

/** 16 bytes in lower case with hyphens, as `uuidText` has them; returns the end. */
export function writeUuid(bytes: Uint8Array, out: Uint8Array, at: number): number {
  let to = at;
  for (let i = 0; i < 16; i += 1) {
    if (i === 4 || i === 6 || i === 8 || i === 10) {
      out[to] = hyphen;
      to += 1;
    }
    const byte = bytes[i] ?? 0;
    out[to] = digits[byte >>> 4] ?? 0;
    out[to + 1] = digits[byte & 15] ?? 0;
    to += 2;
  }
  return to;
}
