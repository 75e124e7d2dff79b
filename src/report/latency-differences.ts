import type { Difference } from '../result/difference.ts';
import type { RunResult } from '../result/types.ts';
import { counted, integer, percent, ratio } from '../wording/format.ts';
import { howToClaim, type MeasuredRepeats, repeatsOf } from './measured-repeats.ts';
import { name, sentence } from './text.ts';

type Comparison = NonNullable<RunResult['comparison']>;

export const isClaimed = ({ verdict }: Difference): boolean =>
  verdict === 'better' || verdict === 'worse';

/** What is looked at first: claims, then the largest ratios, then what cannot be compared. */
export function inOrderOfInterest(differences: readonly Difference[]): readonly Difference[] {
  const size = ({ ratio: of }: Difference): number =>
    of === null || of === 0 ? -1 : Math.abs(Math.log(of));
  return differences.toSorted(
    (a, b) => Number(isClaimed(b)) - Number(isClaimed(a)) || size(b) - size(a),
  );
}

export const primaryOf = ({ differences }: Comparison): readonly Difference[] =>
  differences.filter(({ primary }) => primary);

/** The operation it is of, or all. */
export const operationOf = ({ tags }: Difference): string =>
  name(tags['operation'] ?? 'all operations');

/** `1.21× (1.10 to 1.33)`. */
export function ratioText({ ratio: of, interval }: Difference): string {
  if (of === null) return '—';
  if (interval === null) return `${ratio(of)}×`;
  return `${ratio(of)}× (${ratio(interval.low)} to ${endText(interval.high)})`;
}

/** Few repeats and many hypotheses may leave no end that is worth its digits. */
const farthest = 100;
export const endText = (high: number): string => (high > farthest ? 'over 100' : ratio(high));

const namedClaims = 5;
const namedReasons = 2;

/**
 * Which differences of latency are real, as far as the result's repeats can tell; none where it has
 * no repeats. Whole sentences, the claims in the order of their size.
 *
 * @param othersIn where the claims are that have no sentence of their own
 */
export function latencySentences(result: RunResult, othersIn = 'in the report'): readonly string[] {
  return [...endedEarly(repeatsOf(result)), ...toldBy(result, othersIn)];
}

function endedEarly({ measured: { least, most }, planned }: MeasuredRepeats): readonly string[] {
  if (least >= planned) return [];
  const each = least === most ? `${least}` : `${least} to ${most}`;
  return [
    `The run ended early: cells have ${each} of the ${planned} repeats that were asked for, so ` +
      'their numbers are those of shorter windows.',
  ];
}

function toldBy(result: RunResult, othersIn: string): readonly string[] {
  const { comparison } = result;
  if (comparison === undefined) return [];
  const primary = primaryOf(comparison);
  const claimed = inOrderOfInterest(primary).filter(isClaimed);
  const { claimsFrom, errorRate } = comparison.family;
  const repeats = Math.max(0, ...primary.map(({ samples }) => samples.a));
  const what = `median service times, by operation and pair of strategies`;
  const without = incomparable(primary);
  if (primary.every(({ ratio: of }) => of === null)) {
    return [`Latency: nothing can be compared (${what}).`, ...without];
  }
  if (repeats < claimsFrom) {
    return [
      `Latency: ${counted(repeats, 'repeat')} of each cell give intervals, but no claim which ` +
        `difference is real and no ranks; that takes ${howToClaim(repeatsOf(result).planned)}.`,
      ...without,
    ];
  }
  const compared = primary.filter(({ verdict }) => verdict !== 'not-comparable').length;
  const basis =
    `${counted(compared, 'comparison')} of ${what}, each over ${repeats} repeats; the chance of ` +
    `one false claim or more among them is ${percent(errorRate)}`;
  const head =
    claimed.length === 0
      ? `Latency: no difference between strategies can be shown (${basis}).`
      : `Latency: ${integer(claimed.length)} of ${integer(compared)} differences are real ` +
        `(${basis}).`;
  const more = claimed.length - namedClaims;
  return [
    head,
    ...claimed.slice(0, namedClaims).map(claimSentence),
    ...(more > 0 ? [`${integer(more)} more are ${othersIn}.`] : []),
    ...without,
  ];
}

/** What takes how many times as long. */
export function claimSentence(difference: Difference): string {
  const { strategy, against, ratio: of } = difference;
  const longer = (of ?? 1) > 1 ? 'longer' : 'less time';
  return (
    `${operationOf(difference)} takes ${longer} with ${name(strategy)} than with ` +
    `${name(against ?? '')}: ${ratioText(difference)}.`
  );
}

function incomparable(primary: readonly Difference[]): readonly string[] {
  const without = primary.filter(({ ratio: of }) => of === null);
  if (without.length === 0) return [];
  const reasons = [...new Set(without.map(({ note }) => sentence(note?.text ?? '')))];
  const more = reasons.length - namedReasons;
  return [
    `${integer(without.length)} of ${integer(primary.length)} cannot be compared. ` +
      reasons.slice(0, namedReasons).join(' ') +
      (more > 0 ? ` There ${more === 1 ? 'is' : 'are'} ${counted(more, 'more reason')}.` : ''),
  ];
}
