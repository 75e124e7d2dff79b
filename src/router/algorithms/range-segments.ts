import { assert, present } from '../../base/assert.ts';

/** A run of neighbouring keys on one shard: known keys [from, to) of the sorted ones. */
export interface Segment {
  readonly shard: number;
  /** Its smallest key, inclusive; null: no lower bound. */
  readonly low: Uint8Array | null;
  readonly from: number;
  readonly to: number;
}

/** The known keys in order, with what the cuts need of them. */
export interface SortedKeys {
  readonly count: number;
  /** rowsBefore[i] = rows of the first i keys; count + 1 entries. */
  readonly rowsBefore: Float64Array;
  /** The bytes of the key at this position; a copy. */
  keyAt(position: number): Uint8Array;
}

export const rowsBetween = (keys: SortedKeys, from: number, to: number): number =>
  (keys.rowsBefore[to] ?? 0) - (keys.rowsBefore[from] ?? 0);

/** The cut in [min, max] whose rows before it are nearest to `rows`; the lower one of two. */
export function nearestCut(keys: SortedKeys, rows: number, min: number, max: number): number {
  let low = min;
  let high = max;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys.rowsBefore[middle] ?? 0) < rows) low = middle + 1;
    else high = middle;
  }
  if (low === min) return low;
  const over = (keys.rowsBefore[low] ?? 0) - rows;
  return rows - (keys.rowsBefore[low - 1] ?? 0) <= over ? low - 1 : low;
}

/**
 * One segment for each shard with a weight, in order of the shards, with rows in proportion to the
 * weights and at least one key each. With fewer keys than shards the last shards get none.
 */
export function quantileSegments(keys: SortedKeys, weights: readonly number[]): Segment[] {
  const shards = weights.map((_, shard) => shard).filter((shard) => (weights[shard] ?? 0) > 0);
  const used = shards.slice(0, Math.max(1, Math.min(shards.length, keys.count)));
  const total = used.reduce((sum, shard) => sum + (weights[shard] ?? 0), 0);
  const rows = keys.rowsBefore[keys.count] ?? 0;
  const segments: Segment[] = [];
  let weightBefore = 0;
  let from = 0;
  for (const [position, shard] of used.entries()) {
    weightBefore += weights[shard] ?? 0;
    const after = used.length - position - 1;
    const wanted = (rows * weightBefore) / total;
    const to = after === 0 ? keys.count : nearestCut(keys, wanted, from + 1, keys.count - after);
    segments.push({ shard, low: position === 0 ? null : keys.keyAt(from), from, to });
    from = to;
  }
  return segments;
}

/** Gives the segments of shards that are gone to the segment before them (the first: after). */
export function mergeRemoved(
  segments: readonly Segment[],
  isGone: (shard: number) => boolean,
): Segment[] {
  const kept: Segment[] = [];
  for (const segment of segments) {
    const last = kept.at(-1);
    if (isGone(segment.shard)) {
      if (last !== undefined) kept[kept.length - 1] = { ...last, to: segment.to };
    } else {
      kept.push(last === undefined ? { ...segment, low: null, from: 0 } : segment);
    }
  }
  assert(kept.length > 0, 'a range is left after shards are removed');
  return kept;
}

/**
 * Splits the segment with the most rows for its shard's weight, of those with two keys or more, in
 * proportion to the two weights (equal ones: at the median); the new shard gets the upper part.
 * Returns false when no segment can be split.
 */
export function splitHeaviest(
  segments: Segment[],
  keys: SortedKeys,
  weights: readonly number[],
  shard: number,
): boolean {
  let heaviest = -1;
  let heaviestLoad = -1;
  for (const [index, segment] of segments.entries()) {
    if (segment.to - segment.from < 2) continue;
    const load = rowsBetween(keys, segment.from, segment.to) / (weights[segment.shard] ?? 1);
    if (load > heaviestLoad) {
      heaviest = index;
      heaviestLoad = load;
    }
  }
  if (heaviest < 0) return false;
  const segment = present(segments[heaviest], 'heaviest segment');
  const staying = weights[segment.shard] ?? 0;
  const part = staying / (staying + (weights[shard] ?? 0));
  const rows = rowsBetween(keys, segment.from, segment.to) * part;
  const wanted = (keys.rowsBefore[segment.from] ?? 0) + rows;
  const cut = nearestCut(keys, wanted, segment.from + 1, segment.to - 1);
  segments[heaviest] = { ...segment, to: cut };
  segments.splice(heaviest + 1, 0, { shard, low: keys.keyAt(cut), from: cut, to: segment.to });
  return true;
}
