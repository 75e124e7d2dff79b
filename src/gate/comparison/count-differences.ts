import type { CountsOfStrategy } from '../../result/comparison-document.ts';
import type { Difference, DifferenceVerdict } from '../../result/difference.ts';
import { type Fact, fact, type Unworded } from '../../result/finding.ts';
import type { Cell } from '../../result/types.ts';
import { type Count, countsOf, routingMetrics } from './counts.ts';
import type { ComparedSide, MatchedCell, Pair } from './sides.ts';

/** What of a strategy follows from the seed: whether it is the same, and which way it changed. */
export interface ComparedCounts {
  readonly counts: Unworded<CountsOfStrategy>;
  readonly differences: readonly Unworded<Difference>[];
}

/**
 * Counts have no interval: where both sides had the same arrivals and nothing failed, they are
 * equal, or the operations were routed otherwise. Nothing is said of a cell that neither ended.
 */
export function comparedCounts(matched: MatchedCell, pair: Pair): ComparedCounts | null {
  const [ofA, ofB] = [matched.a.filter(isCounted), matched.b.filter(isCounted)];
  const [a, b] = [ofA[0], ofB[0]];
  if (a === undefined || b === undefined) return null;
  const reason = inexactness(ofA, ofB, pair);
  const exact = reason === null;
  const note = reason ?? fact('counts-exact');
  const { strategy } = matched;
  const changed = changedCounts(countsOf(a), countsOf(b));
  const compared = keysOf(countsOf(a), countsOf(b)).length;
  const samples = { a: matched.a.length, b: matched.b.length };
  const rest = { strategy, tags: {}, interval: null, samples, primary: false, note };
  const differences: Unworded<Difference>[] = [];
  for (const [metric, read] of Object.entries(routingMetrics)) {
    differences.push({ ...differenceOf(read(a), read(b), exact), metric, ...rest });
  }
  return { counts: { strategy, exact, note, compared, changed }, differences };
}

const isCounted = (cell: Cell | null): cell is Cell => cell !== null && cell.status === 'ok';

/** Why the counts of both sides need not be the same; null where they must be. */
function inexactness(ofA: readonly Cell[], ofB: readonly Cell[], { a, b }: Pair): Fact | null {
  const digests = (side: ComparedSide): ReadonlySet<string> =>
    new Set(side.runs.map(({ result }) => result.arrivalsDigest));
  if (new Set([...digests(a), ...digests(b)]).size > 1) return fact('arrivals-differ');
  const failed = [...ofA, ...ofB].filter(({ load }) => load === null || load.ok < load.arrivals);
  if (failed.length > 0) return fact('counts-with-failures', { numbers: { cells: failed.length } });
  const varying = [ofA, ofB].some(([first, ...rest]) =>
    rest.some(
      (cell) => first !== undefined && changedCounts(countsOf(first), countsOf(cell)).length > 0,
    ),
  );
  return varying ? fact('counts-vary') : null;
}

function differenceOf(
  a: number | null,
  b: number | null,
  exact: boolean,
): { a: number | null; b: number | null; ratio: number | null; verdict: DifferenceVerdict } {
  if (!exact || a === null || b === null) {
    return { a, b, ratio: null, verdict: 'not-comparable' };
  }
  return {
    a,
    b,
    ratio: a === 0 ? null : b / a,
    verdict: a === b ? 'none' : b < a ? 'better' : 'worse',
  };
}

const keyOf = ({ metric, tags }: Count): string => JSON.stringify([metric, tags]);

const keysOf = (a: readonly Count[], b: readonly Count[]): readonly string[] => [
  ...new Set([...a, ...b].map(keyOf)),
];

function changedCounts(
  a: readonly Count[],
  b: readonly Count[],
): Unworded<CountsOfStrategy>['changed'] {
  const [inA, inB] = [a, b].map((counts) => new Map(counts.map((each) => [keyOf(each), each])));
  return keysOf(a, b).flatMap((key) => {
    const [one, other] = [inA?.get(key), inB?.get(key)];
    const [valueA, valueB] = [one?.value ?? null, other?.value ?? null];
    if (valueA === valueB) return [];
    const { metric = '', tags = {} } = one ?? other ?? {};
    return [{ metric, tags: { ...tags }, a: valueA, b: valueB }];
  });
}
