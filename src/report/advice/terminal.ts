import type { AdviceDocument, AdvisedCandidate } from '../../result/advice-document.ts';
import { contentOf } from '../../result/finding-content.ts';
import { counted, percent, short } from '../../wording/format.ts';
import {
  folded,
  laidOut,
  leftOutLines,
  sentenceWidth,
  type TerminalOptions,
} from '../terminal-layout.ts';
import { sentence } from '../text.ts';
import { ceilingsText } from './ceilings-text.ts';
import { measuredParts } from './measured.ts';
import { labelOf } from './rows.ts';
import { shownCandidates } from './shown-candidates.ts';
import { adviceColumns } from './terminal-columns.ts';

/** The answer first, then what speaks for it, the candidates, and why the others lost. */
export function adviceTable(document: AdviceDocument, options: TerminalOptions): string {
  const width = sentenceWidth(options);
  const shown = shownCandidates(document);
  const lines = (text: string): string => folded(text, width).join('\n');
  const { recommendation, waiting, drift } = document;
  const grounds = recommendation.reasons.filter(({ code }) => !reportOnly.has(code));
  const hot = document.hotTenants.slice(0, 1).map(({ finding }) => finding);
  const moves = drift?.findings.filter(({ code }) => code === 'advice-drift-moves') ?? [];
  const time = waiting === null ? moves : [waiting.finding, ...moves];
  const parts = [
    bold(lines(sentence(recommendation.sentence)), options.colour),
    [...grounds, ...hot, ...time].map(({ text }) => lines(`- ${sentence(text)}`)).join('\n'),
    lines(ceilingsText(document)),
    lines(firmnessText(document)),
    table(document, shown, options),
    lossesOf(document, shown).map(lines).join('\n'),
    ...measuredParts(document, options),
    document.findings.map(({ text }) => lines(sentence(text))).join('\n'),
    lines(
      `report.html has all ${counted(document.candidates.length, 'candidate')} with their ` +
        'reasons, the load of each shard, and what growth and drift do.',
    ),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Reasons whose figures stand in the first sentence or in the table, or that decide nothing. */
const reportOnly = new Set([
  'advice-misses-months',
  'advice-misses-capacity',
  'advice-misses-p99',
  'advice-answers-within',
  'advice-next-step',
  'advice-reference-tables',
]);

function firmnessText({ recommendation: { firmness } }: AdviceDocument): string {
  const { share, resamples, flips, kept, firstChange, ownRates } = firmness;
  return (
    `The answer is the same in ${percent(share)} of ${resamples} resamples of the tenants, in ` +
    `${percent(ownRates.share)} of ${ownRates.futures} futures in which they have grown at their ` +
    `own rates for ${short(ownRates.months)} months, and after ${kept.length} of ` +
    `${kept.length + flips.length} changes of what it rests on. ${sentence(firstChange.text)}`
  );
}

/** With a legend of the columns that have room. */
function table(
  document: AdviceDocument,
  shown: readonly AdvisedCandidate[],
  options: TerminalOptions,
): string {
  const heads = adviceColumns.map(({ head }) => head);
  const rows = shown.map((candidate) => adviceColumns.map(({ entry }) => entry(candidate)));
  const { lines, leftOut } = laidOut(heads, rows, options);
  const legend = adviceColumns
    .filter(({ head }) => !leftOut.includes(head.text))
    .flatMap(({ head, meaning }) => (meaning === null ? [] : `${head.text}: ${meaning(document)}`));
  return [
    ...lines,
    ...leftOutLines([leftOut], options),
    '',
    ...folded(`${legend.join('; ')}.`, sentenceWidth(options)),
  ].join('\n');
}

/** Why each of the shown ones is not the one, unless it was said above. */
function lossesOf(
  { recommendation }: AdviceDocument,
  shown: readonly AdvisedCandidate[],
): string[] {
  const saidAbove = new Set(recommendation.reasons.map(contentOf));
  const reasons = shown.flatMap((candidate) => {
    const [first, ...rest] = candidate.reasons;
    if (candidate.status === 'no-difference' || first === undefined) return [];
    if (saidAbove.has(contentOf(first))) return [];
    const more = rest.length === 0 ? '' : ` (${rest.length} more)`;
    return [{ label: labelOf(candidate), reason: `${sentence(first.text)}${more}` }];
  });
  const alike = Map.groupBy(reasons, ({ reason }) => reason);
  return [...alike].map(
    ([reason, own]) => `- ${own.map(({ label }) => label).join(', ')}: ${reason}`,
  );
}

const bold = (text: string, colour: boolean): string =>
  colour ? `\u001b[1m${text}\u001b[22m` : text;
