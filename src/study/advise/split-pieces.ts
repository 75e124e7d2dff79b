import { keyPiece } from '../../base/key-pieces.ts';
import { overlaidKeys, type Overlay } from '../../router/overlays/overlay-keys.ts';
import type { LoadedKeys } from '../../workload/key-usage.ts';

/**
 * The keys as a strategy places them: after all of them the pieces of those that are split, each
 * with its equal part of the load and of the bytes, of which the whole key has none then.
 */
export function withPieces(known: LoadedKeys, strategy: Overlay): LoadedKeys {
  const { split, over } = overlaidKeys(strategy, known);
  if (split.length === 0) return known;
  const { bytes, offsets } = known;
  const pieces = split.flatMap((key) => {
    const whole = bytes.subarray(offsets[key] ?? 0, offsets[key + 1] ?? 0);
    return Array.from({ length: over }, (_, piece) => ({ key, bytes: keyPiece(whole, piece) }));
  });
  const parts = (amounts: ArrayLike<number>): Float64Array => {
    const all = new Float64Array(known.count + pieces.length);
    all.set(amounts);
    for (const key of split) all[key] = 0;
    for (const [i, { key }] of pieces.entries()) all[known.count + i] = (amounts[key] ?? 0) / over;
    return all;
  };
  const ends = new Uint32Array(known.count + pieces.length + 1);
  ends.set(offsets.subarray(0, known.count + 1));
  let end = offsets[known.count] ?? 0;
  const packed = new Uint8Array(end + pieces.reduce((sum, each) => sum + each.bytes.length, 0));
  packed.set(bytes.subarray(0, end));
  for (const [i, piece] of pieces.entries()) {
    packed.set(piece.bytes, end);
    end += piece.bytes.length;
    ends[known.count + 1 + i] = end;
  }
  return {
    type: known.type,
    count: known.count + pieces.length,
    bytes: packed,
    offsets: ends,
    rows: Uint32Array.from(parts(known.rows)),
    weights: parts(known.weights),
    values: known.values.concat(pieces.map(({ key }) => known.values[key] ?? 0)),
    bytesOf: parts(known.bytesOf ?? known.rows),
  };
}
