const [zero, minus] = [48, 45];
const billion = 1e9;

/** Writes a safe integer in decimal; returns the end. */
export function writeDecimal(value: number, out: Uint8Array, at: number): number {
  if (value < 0) {
    out[at] = minus;
    return writeDecimal(-value, out, at + 1);
  }
  if (value >= billion) {
    const high = Math.floor(value / billion);
    return writePadded(value - high * billion, 9, out, writeDecimal(high, out, at));
  }
  return writePadded(value, digitsOf(value), out, at);
}

const million = 1e6;
/** Two words of 32 bits, split where both parts stay exact when they are multiplied. */
const lowBits = 22;

/**
 * Writes the 64-bit integer high x 2^32 + low, which must be positive, in decimal; returns the end.
 * A quarter of the time of base/decimal64.ts, which takes any.
 */
export function writeWords(high: number, low: number, out: Uint8Array, at: number): number {
  const upper = high * 2 ** (32 - lowBits) + (low >>> lowBits);
  const lower = low & (2 ** lowBits - 1);
  const millions = Math.floor(upper / million);
  const rest = (upper - millions * million) * 2 ** lowBits + lower;
  const carry = Math.floor(rest / million);
  const leading = millions * 2 ** lowBits + carry;
  if (leading === 0) return writeDecimal(rest, out, at);
  return writePadded(rest - carry * million, 6, out, writeDecimal(leading, out, at));
}

/** Writes a whole number below a thousand million with so many digits; returns the end. */
export function writePadded(value: number, digits: number, out: Uint8Array, at: number): number {
  let left = value | 0;
  for (let i = at + digits - 1; i >= at; i -= 1) {
    const tenth = (left / 10) | 0;
    out[i] = zero + left - 10 * tenth;
    left = tenth;
  }
  return at + digits;
}

/** Of a whole number below a thousand million. */
function digitsOf(value: number): number {
  if (value < 100_000) {
    if (value < 100) return value < 10 ? 1 : 2;
    if (value < 10_000) return value < 1000 ? 3 : 4;
    return 5;
  }
  if (value < 10_000_000) return value < 1_000_000 ? 6 : 7;
  return value < 100_000_000 ? 8 : 9;
}
