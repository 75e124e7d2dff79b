// The share of TPC-C's transactions that touch two shards or more, in closed form.

/** Of New-Order over 5 to 15 lines, each of which is elsewhere with this probability. */
function linesElsewhere(probability: number): number {
  const lines = Array.from({ length: 11 }, (_, index) => 5 + index);
  return lines.reduce((sum, count) => sum + 1 - (1 - probability) ** count, 0) / lines.length;
}

/** Where a remote warehouse is on another shard with probability `q`. */
export const crossingShare = (q: number): number =>
  0.45 * linesElsewhere(0.01 * q) + 0.43 * 0.15 * q;

/** For the placement that there is: so many warehouses on each shard. */
export function placedCrossingShare(warehousesByShard: readonly number[]): number {
  const all = warehousesByShard.reduce((sum, count) => sum + count, 0);
  return warehousesByShard.reduce(
    (sum, count) => sum + (count / all) * crossingShare((all - count) / (all - 1)),
    0,
  );
}
