const known = new WeakMap<Float64Array, Float64Array>();

/** Ascending: draws of one candidate are asked for again and again, and never change. */
export function sortedDraws(draws: Float64Array): Float64Array {
  const before = known.get(draws);
  if (before !== undefined) return before;
  const sorted = draws.toSorted();
  known.set(draws, sorted);
  return sorted;
}
