/**
 * One of several pieces of a key whose rows lie on more than one shard: the key's bytes, a zero and
 * the piece's number (below 2^16). No whole key looks like it: text holds no zero, int8 and uuid
 * are shorter, and a composite key says itself where it ends.
 */
export const pieceSuffixBytes = 3;

/** Writes what follows the key's bytes, which end at `at`; returns where it ends. */
export function writePieceSuffix(piece: number, bytes: Uint8Array, at: number): number {
  bytes[at] = 0;
  bytes[at + 1] = piece;
  bytes[at + 2] = piece >>> 8;
  return at + pieceSuffixBytes;
}

/** The bytes of a piece of the key. */
export function keyPiece(key: Uint8Array, piece: number): Uint8Array {
  const bytes = new Uint8Array(key.length + pieceSuffixBytes);
  bytes.set(key);
  writePieceSuffix(piece, bytes, key.length);
  return bytes;
}
