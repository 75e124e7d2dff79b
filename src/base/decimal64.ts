const digits = new Uint8Array(20);
// The magnitude in four 16-bit parts, highest first.
const parts = new Uint16Array(4);

/** parts = parts / 10,000, those before `first` being 0; the remainder. All stays below 2^31. */
function divideByTenThousand(first: number): number {
  let rest = 0;
  for (let i = first; i < 4; i += 1) {
    const value = (rest << 16) | (parts[i] ?? 0);
    const quotient = (value / 10_000) | 0;
    parts[i] = quotient;
    rest = value - quotient * 10_000;
  }
  return rest;
}

/**
 * Writes the signed 64-bit integer (hi, lo) as decimal ASCII at `at`, 1 to 20 bytes, and returns
 * where it ends. Allocates nothing, which BigInt's toString would.
 */
export function writeDecimal64(hi: number, lo: number, bytes: Uint8Array, at: number): number {
  let to = at;
  let high = hi;
  let low = lo;
  if (hi < 0) {
    bytes[to] = 0x2d;
    to += 1;
    low = -lo | 0;
    high = low === 0 ? -hi : ~hi;
  }
  parts[0] = high >>> 16;
  parts[1] = high;
  parts[2] = low >>> 16;
  parts[3] = low;
  let first = 20;
  let lead = 0;
  while (lead < 3 && parts[lead] === 0) lead += 1;
  // Four digits at a time, from the last.
  while (first === 20 || (parts[lead] ?? 0) > 0) {
    let rest = divideByTenThousand(lead);
    for (let i = 0; i < 4; i += 1) {
      const tenth = (rest / 10) | 0;
      first -= 1;
      digits[first] = rest - 10 * tenth;
      rest = tenth;
    }
    while (lead < 3 && parts[lead] === 0) lead += 1;
  }
  while (first < 19 && digits[first] === 0) first += 1;
  for (; first < 20; first += 1, to += 1) bytes[to] = 0x30 + (digits[first] ?? 0);
  return to;
}
