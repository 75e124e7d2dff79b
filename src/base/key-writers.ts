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

/** Eight bytes little-endian, two's complement, of a whole number with |value| < 2^53. */
export function writeSafeInteger(value: number, bytes: Uint8Array, at: number): void {
  const hi = Math.floor(value / 0x1_0000_0000);
  const lo = value - hi * 0x1_0000_0000;
  for (let i = 0; i < 4; i += 1) {
    bytes[at + i] = lo >>> (8 * i);
    bytes[at + 4 + i] = hi >> (8 * i);
  }
}

/** Plain decimal digits, at most 15 of them: exact as a double. */
export const writeShortInteger: KeyWriter = (text, bytes, at) => {
  const first = text.charCodeAt(0) === 0x2d ? 1 : 0;
  const digits = text.length - first;
  const leading = text.charCodeAt(first);
  if (digits < 1 || digits > 15 || (leading === 0x30 && text.length > 1)) return -1;
  let value = 0;
  for (let i = first; i < text.length; i += 1) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  writeSafeInteger(first === 1 ? -value : value, bytes, at);
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
