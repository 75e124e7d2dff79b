import type { ComparisonDocument } from '../../result/comparison-document.ts';
import type { Difference } from '../../result/difference.ts';

/** All that has a value on some side, as a reader looks through it: claims first. */
export function differenceRows({ differences }: ComparisonDocument): readonly Difference[] {
  const place = ({ verdict, primary }: Difference): number =>
    verdict === 'worse' ? 0 : verdict === 'better' ? 1 : primary ? 2 : 3;
  return differences
    .filter(({ a, b }) => a !== null || b !== null)
    .toSorted((x, y) => place(x) - place(y));
}

/** What a first look needs: claims, and what there is an interval of by the first metric. */
export function shownDifferences(document: ComparisonDocument): readonly Difference[] {
  const { metric: first } = document.family;
  return differenceRows(document).filter(
    ({ verdict, metric, interval }) =>
      verdict === 'worse' || verdict === 'better' || (metric === first && interval !== null),
  );
}
