import type { ComparisonDesign } from '../../result/comparison-document.ts';
import type { Pair } from './sides.ts';

/**
 * How the runs of both sides lie in time. They alternate where, in the order of their dates, the
 * first two are one of each side, the next two again, and so on: as `--runs` makes them, and as
 * nothing else does by chance where there are several.
 */
export function designOf({ a, b }: Pair): ComparisonDesign {
  if (Math.min(a.runs.length, b.runs.length) < 2) return 'single';
  if (a.runs.length !== b.runs.length) return 'apart';
  const inOrder = [a, b]
    .flatMap(({ side, runs }) => runs.map(({ result }) => ({ side, at: result.startedAt })))
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  const paired = inOrder.every(
    ({ side }, index) => index % 2 === 0 || side !== inOrder[index - 1]?.side,
  );
  return paired ? 'alternating' : 'apart';
}
