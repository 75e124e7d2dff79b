import type { ComparisonDocument } from '../../result/comparison-document.ts';
import type { Difference } from '../../result/difference.ts';
import { counted, integer, listed } from '../../wording/format.ts';
import { name, sentence } from '../text.ts';
import { changeText, intervalText, tagsText } from './values.ts';

/** Differences that are claimed: better or worse. */
export const claimedOf = ({ differences }: ComparisonDocument): readonly Difference[] =>
  differences.filter(({ verdict }) => verdict === 'worse' || verdict === 'better');

const shownClaims = 5;

/** What the comparison found, in whole sentences, the worst first. */
export function comparisonAnswer(document: ComparisonDocument): readonly string[] {
  const claimed = claimedOf(document).toSorted((a, b) => (b.ratio ?? 1) - (a.ratio ?? 1));
  const worse = claimed.filter(({ verdict }) => verdict === 'worse');
  const better = claimed.filter(({ verdict }) => verdict === 'better');
  return [
    ...(worse.length === 0 ? [] : [claimsText(worse, 'worse')]),
    ...(better.length === 0 ? [] : [claimsText(better, 'better')]),
    ...nothingText(document),
    countsText(document),
    ...trendTexts(document),
  ];
}

function claimsText(claimed: readonly Difference[], word: string): string {
  const parts = claimed.slice(0, shownClaims).map((each) => {
    const of = tagsText(each.tags);
    const where = of === '' ? '' : ` of ${of}`;
    const range = each.interval === null ? 'exact' : intervalText(each);
    const change = `${changeText(each.ratio)} (${range})`;
    return `${each.metric}${where} with ${name(each.strategy)} ${change}`;
  });
  const more = claimed.length - parts.length;
  const rest = more > 0 ? [`${integer(more)} more`] : [];
  return `Side b is ${word} in ${listed([...parts, ...rest])}.`;
}

/** What was looked at and not claimed, with why. */
function nothingText({ differences, family }: ComparisonDocument): readonly string[] {
  const primary = differences.filter(({ metric }) => metric === family.metric);
  const none = primary.filter(({ verdict, primary: own }) => verdict === 'none' && own).length;
  const texts: string[] = [];
  if (none > 0) {
    const all = none === 1 ? 'One median' : `${integer(none)} medians`;
    texts.push(`${all} of the service time (by operation and strategy) show no difference.`);
  }
  const reasons = Map.groupBy(
    primary.filter(({ verdict, note }) => verdict !== 'none' || note !== undefined),
    ({ note }) => note?.text ?? '',
  );
  for (const [why, own] of reasons) {
    if (why === '') continue;
    const noun = own.length === 1 ? 'One median' : `${integer(own.length)} medians`;
    texts.push(`${noun} of the service time cannot be claimed to differ or not. ${sentence(why)}`);
  }
  return texts;
}

function countsText({ counts }: ComparisonDocument): string {
  const exact = counts.filter((each) => each.exact);
  if (counts.length === 0) return 'No strategy has counts on both sides.';
  if (exact.length === 0) {
    const why = [...new Set(counts.map(({ note }) => note.text))].map(sentence);
    return `Counts are not compared exactly. ${why.join(' ')}`;
  }
  const compared = exact.reduce((sum, each) => sum + each.compared, 0);
  const changed = exact.filter((each) => each.changed.length > 0);
  const of = counted(compared, 'count');
  if (changed.length === 0) {
    const left = counts.length - exact.length;
    const rest =
      left === 0 ? '' : ` Of ${counted(left, 'cell')} counts could not be compared exactly.`;
    return `${of} that follow from the seed are the same on both sides.${rest}`;
  }
  const differing = changed.reduce((sum, each) => sum + each.changed.length, 0);
  const which = listed(
    changed.map(({ strategy }) => name(strategy)),
    shownClaims,
  );
  return (
    `${integer(differing)} of ${of} that follow from the seed differ, with ${which}: operations ` +
    'are routed otherwise, or rows lie elsewhere.'
  );
}

function trendTexts({ trend }: ComparisonDocument): readonly string[] {
  if (trend === undefined) return [];
  const changes = trend.series.filter(({ change }) => change !== null);
  const over = `Over ${counted(trend.runs.length, 'dated result')}`;
  if (trend.runs.length < trend.changesFrom) {
    return [`${over} no change is looked for: that takes ${integer(trend.changesFrom)} results.`];
  }
  if (changes.length === 0) return [`${over} chance explains every change.`];
  const parts = changes.slice(0, shownClaims).map(({ strategy, metric, change }) => {
    const at = trend.runs[change?.from ?? 0]?.startedAt.slice(0, 10) ?? '';
    return `${metric} with ${name(strategy)} ${changeText(change?.ratio ?? null)} from ${at} on`;
  });
  const more = changes.length - parts.length;
  const rest = more > 0 ? [`${integer(more)} more`] : [];
  return [
    `${over} these changed (exploratory: a drift looks like a change too): ` +
      `${listed([...parts, ...rest])}.`,
  ];
}
