/**
 * Pairs that a sign test needs so that an interval for the median at this one-sided level has ends,
 * however close the values are: even if all lie on one side, that has a probability of 2^-pairs.
 */
export function pairsNeeded(level: number): number {
  return Math.ceil(-Math.log2(level));
}
