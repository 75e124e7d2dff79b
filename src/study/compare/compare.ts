import { type ExitCode, exitCodes } from '../../base/exit-codes.ts';
import { comparisonOf, type ComparisonHead } from '../../gate/comparison/comparison.ts';
import type { ComparedSide } from '../../gate/comparison/sides.ts';
import type { ComparisonDocument } from '../../result/comparison-document.ts';
import { worded } from '../../wording/worded.ts';
import { comparedPair } from './sides.ts';

/**
 * Results on two sides or more -> the document.
 *
 * @throws UserError (exit code 2) where the sides have nothing in common
 */
export function compare(sides: readonly ComparedSide[], head: ComparisonHead): ComparisonDocument {
  const { notes, counts, differences, ...rest } = comparisonOf(sides, comparedPair(sides), head);
  return {
    ...rest,
    notes: notes.map(worded),
    counts: counts.map(wordedCounts),
    differences: differences.map(wordedDifference),
  };
}

type Facts = ReturnType<typeof comparisonOf>;

const wordedCounts = (counts: Facts['counts'][number]) => ({
  ...counts,
  note: worded(counts.note),
});

const wordedDifference = ({ note, ...difference }: Facts['differences'][number]) => ({
  ...difference,
  ...(note !== undefined && { note: worded(note) }),
});

/** Whether some number of the two sides that are compared is not valid. */
export const hasDoubtfulRuns = ({ sides }: ComparisonDocument): boolean =>
  [sides[0], sides.at(-1)].some(
    (side) => side !== undefined && side.runs.some(({ doubtful }) => doubtful.length > 0),
  );

/**
 * Numbers that are not valid go before what they say. Where the exit code is to judge, nothing that
 * could be compared is no evidence, and that is no pass.
 */
export function comparisonExitCode(
  document: ComparisonDocument,
  { failOnWorse, fresh }: { readonly failOnWorse: boolean; readonly fresh: boolean },
): ExitCode {
  if ((fresh || failOnWorse) && hasDoubtfulRuns(document)) return exitCodes.invalid;
  if (!failOnWorse) return exitCodes.ok;
  const verdicts = document.differences.map(({ verdict }) => verdict);
  if (verdicts.includes('worse')) return exitCodes.failed;
  return verdicts.every((verdict) => verdict === 'not-comparable')
    ? exitCodes.undecided
    : exitCodes.ok;
}
