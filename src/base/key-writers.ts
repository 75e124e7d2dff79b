import { addHigh, multiplyHigh } from './hash/word64.ts';

/**
 * Writers of one key each, for packing many: they read character codes instead of matching regular
 * expressions or calling the text encoder, which cost five times as much for a short key. Each
 * returns how many bytes it wrote at `at`, or -1 for a text that it leaves to the general path.
 */
export type KeyWriter = (text: string, bytes: Uint8Array, at: number) => number;

/** ASCII without NUL is its own UTF-8. */
export const writeAscii: KeyWriter = (text, bytes, at) => {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === 0 || code > 0x7f) return -1;
    bytes[at + i] = code;
  }
  return text.length;
};

/** Largest magnitudes that 64 bits hold; of equal length, so texts compare as numbers. */
const largest = '9223372036854775807';
const smallest = '9223372036854775808';

/** The whole number text[from .. to), at most 10 digits; NaN when a character is no digit. */
function digitsOf(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i += 1) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Plain decimal digits as eight bytes little-endian, two's complement. */
export const writeInteger: KeyWriter = (text, bytes, at) => {
  const negative = text.charCodeAt(0) === 0x2d;
  const first = negative ? 1 : 0;
  const digits = text.length - first;
  if (digits < 1 || digits > 19) return -1;
  if (text.charCodeAt(first) === 0x30 && text.length > 1) return -1;
  if (digits === 19 && text.slice(first) > (negative ? smallest : largest)) return -1;
  // head x 10^9 + tail, both exact as doubles, in two words.
  const split = Math.max(first, text.length - 9);
  const head = digitsOf(text, first, split);
  const tail = digitsOf(text, split, text.length);
  if (Number.isNaN(head + tail)) return -1;
  const headHi = Math.floor(head / 0x1_0000_0000);
  const product = Math.imul(head, 1e9);
  let lo = (product + tail) | 0;
  let hi = addHigh(multiplyHigh(headHi, head | 0, 0, 1e9), 0, tail, lo);
  if (negative) {
    lo = -lo | 0;
    hi = lo === 0 ? -hi : ~hi;
  }
  for (let i = 0; i < 4; i += 1) {
    bytes[at + i] = lo >>> (8 * i);
    bytes[at + 4 + i] = hi >> (8 * i);
  }
  return 8;
};

/** The value of a hexadecimal digit of any case, or -1. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

const hyphens = [8, 13, 18, 23] as const;

/** Sixteen bytes in the order of the text. */
export const writeUuid: KeyWriter = (text, bytes, at) => {
  if (text.length !== 36) return -1;
  for (const hyphen of hyphens) if (text.charCodeAt(hyphen) !== 0x2d) return -1;
  let from = 0;
  for (let i = 0; i < 16; i += 1) {
    if (i === 4 || i === 6 || i === 8 || i === 10) from += 1;
    // Negative when one of the two is no digit.
    const value = (hexDigit(text.charCodeAt(from)) << 4) | hexDigit(text.charCodeAt(from + 1));
    if (value < 0) return -1;
    bytes[at + i] = value;
    from += 2;
  }
  return 16;
};
