import { nearestCut, rowsBetween, type Segment, type SortedKeys } from './range-segments.ts';

/** Rows of each shard for its weight; a shard without a weight has none to lose. */
function loadsOf(
  segments: readonly Segment[],
  keys: SortedKeys,
  weights: readonly number[],
): Float64Array {
  const loads = new Float64Array(weights.length);
  for (const { shard, from, to } of segments) {
    loads[shard] = (loads[shard] ?? 0) + rowsBetween(keys, from, to) / (weights[shard] ?? 1);
  }
  return loads;
}

/** The largest segment with two keys of the most loaded shard below `firstNew`, or -1. */
function nextToCut(
  segments: readonly Segment[],
  keys: SortedKeys,
  weights: readonly number[],
  firstNew: number,
): number {
  const loads = loadsOf(segments, keys, weights);
  let best = -1;
  let bestLoad = -1;
  let bestRows = -1;
  for (const [index, { shard, from, to }] of segments.entries()) {
    const load = loads[shard] ?? 0;
    const rows = rowsBetween(keys, from, to);
    if (shard >= firstNew || to - from < 2 || load < bestLoad) continue;
    if (load === bestLoad && rows <= bestRows) continue;
    [best, bestLoad, bestRows] = [index, load, rows];
  }
  return best;
}

/**
 * Gives a new shard the upper ends of `pieces` ranges of shards below `firstNew`, each from the one
 * that has the most rows by then. They add up to its fair share where single keys are small enough.
 * The others keep the rest, so that no key moves between them.
 */
export function cutPieces(
  segments: Segment[],
  keys: SortedKeys,
  weights: readonly number[],
  shard: number,
  firstNew: number,
  pieces: number,
): void {
  const total = weights.reduce((sum, each) => sum + each, 0);
  let missing = ((keys.rowsBefore[keys.count] ?? 0) * (weights[shard] ?? 0)) / total;
  for (let left = pieces; left > 0; left -= 1) {
    const index = nextToCut(segments, keys, weights, firstNew);
    const segment = segments[index];
    if (segment === undefined) return;
    const wanted = (keys.rowsBefore[segment.to] ?? 0) - missing / left;
    const cut = nearestCut(keys, wanted, segment.from + 1, segment.to - 1);
    segments[index] = { ...segment, to: cut };
    segments.splice(index + 1, 0, { shard, low: keys.keyAt(cut), from: cut, to: segment.to });
    missing = Math.max(0, missing - rowsBetween(keys, cut, segment.to));
  }
}

/**
 * Deals the ranges of shards that are gone, the largest first, to the shard with the fewest rows.
 */
export function dealRemoved(
  segments: readonly Segment[],
  keys: SortedKeys,
  weights: readonly number[],
  isGone: (shard: number) => boolean,
): Segment[] {
  const dealt = [...segments];
  const rowsOf = ({ from, to }: Segment): number => rowsBetween(keys, from, to);
  const loads = loadsOf(
    segments.filter(({ shard }) => !isGone(shard)),
    keys,
    weights,
  );
  const homeless = [...dealt.keys()]
    .filter((index) => isGone(dealt[index]?.shard ?? 0))
    .toSorted((a, b) => rowsOf(dealt[b] ?? none) - rowsOf(dealt[a] ?? none) || a - b);
  for (const index of homeless) {
    let shard = -1;
    for (const [each, load] of loads.entries()) {
      if (!isGone(each) && (shard < 0 || load < (loads[shard] ?? 0))) shard = each;
    }
    const segment = dealt[index] ?? none;
    dealt[index] = { ...segment, shard };
    loads[shard] = (loads[shard] ?? 0) + rowsOf(segment) / (weights[shard] ?? 1);
  }
  return dealt;
}

const none: Segment = { shard: 0, low: null, from: 0, to: 0 };
