/**
 * Little-endian words at any offset. DataView would need an object for every buffer; out-of-range
 * bytes read as 0, which the tails of block hashes rely on nowhere: callers check lengths.
 */
export function readUint32(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

/** The word with its four bytes in reverse order, unsigned. */
export function swapBytes(word: number): number {
  const pairs = ((word & 0x00ff00ff) << 8) | ((word >>> 8) & 0x00ff00ff);
  return ((pairs << 16) | (pairs >>> 16)) >>> 0;
}
