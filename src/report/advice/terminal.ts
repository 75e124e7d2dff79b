import type { AdviceDocument, AdvisedCandidate } from '../../result/advice-document.ts';
import { contentOf } from '../../result/finding-content.ts';
import { changeWords, insteadWords } from '../../wording/advice-words.ts';
import { counted, money, percent, ratio, short, significant, times } from '../../wording/format.ts';
import { dash, number, plain, words } from '../terminal-entries.ts';
import {
  type Entry,
  folded,
  type Head,
  layout,
  sentenceWidth,
  type TerminalOptions,
} from '../terminal-layout.ts';
import { name, sentence } from '../text.ts';
import { ceilingsText } from './ceilings-text.ts';
import { measuredParts } from './measured.ts';
import { instanceLabel, labelOf, monthsText, tones } from './rows.ts';
import { shownCandidates } from './shown-candidates.ts';

/** The answer first, then what speaks for it, the candidates, and why the others lost. */
export function adviceTable(document: AdviceDocument, options: TerminalOptions): string {
  const width = sentenceWidth(options);
  const shown = shownCandidates(document);
  const lines = (text: string): string => folded(text, width).join('\n');
  const saidAbove = new Set(document.recommendation.reasons.map(contentOf));
  const parts = [
    bold(lines(sentence(document.recommendation.sentence)), options.colour),
    document.recommendation.reasons.map(({ text }) => lines(`- ${sentence(text)}`)).join('\n'),
    lines(ceilingsText(document)),
    lines(firmnessText(document)),
    timeLines(document).map(lines).join('\n'),
    layout(heads, shown.map(rowOf), options),
    lines(legend(document, shown.length)),
    shown
      .filter(({ status }) => status !== 'no-difference')
      .filter(({ reasons: [first] }) => first !== undefined && !saidAbove.has(contentOf(first)))
      .map((candidate) => lines(`- ${labelOf(candidate)}: ${whyText(candidate)}`))
      .join('\n'),
    ...measuredParts(document, options),
    document.findings.map(({ text }) => lines(sentence(text))).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** What time does: how long there is to begin, then what becomes of the shards. */
const timeLines = ({ drift, waiting }: AdviceDocument): string[] =>
  [...(waiting === null ? [] : [waiting.finding]), ...(drift?.findings ?? [])].map(
    ({ text }) => `- ${sentence(text)}`,
  );

function firmnessText({ recommendation: { firmness } }: AdviceDocument): string {
  const { share, resamples, flips, firstChange } = firmness;
  const others = flips.map(({ change, kind, strategy, shardCount, instead }) => {
    const alone = instead === null ? kinds[kind] : `to ${insteadWords(instead)}`;
    const then = strategy === null ? alone : `${name(strategy)} on ${shardCount}`;
    return `${changeWords(change)} (${then})`;
  });
  const list = others.length === 0 ? '' : ` It is another one with: ${others.join(', ')}.`;
  return (
    `The answer is the same in ${percent(share)} of ${resamples} resamples of the tenants. ` +
    `${sentence(firstChange.text)}${list}`
  );
}

const kinds = {
  shard: 'to shard',
  stay: 'to stay on one instance',
  'nothing-helps': 'nothing helps',
} as const;

const heads: readonly Head[] = [
  words('candidate'),
  number('shards'),
  words('status'),
  number('one %', 2),
  number('cross %', 5),
  number('max/mean', 3),
  number('takes/s', 1),
  number('buys', 6),
  number('months'),
  number('p99 ms', 2),
  number('bill'),
  number('moves %', 4),
];

function rowOf(candidate: AdvisedCandidate): Entry[] {
  const { band, capacityQps, capacityRatio, monthsToFull, movedFraction } = candidate;
  const share = (fraction: number | null): string =>
    fraction === null ? dash : (100 * fraction).toFixed(0);
  return [
    plain(candidate.strategy === null ? instanceLabel(candidate) : name(candidate.strategy)),
    plain(String(candidate.shardCount)),
    { text: candidate.status, tone: tones[candidate.status] },
    plain(share(candidate.singleShardFraction)),
    plain(share(candidate.crossShardFraction)),
    plain(band === null ? dash : `${ratio(band.p5)}-${ratio(band.p95)}`),
    plain(capacityQps === null ? dash : short(Math.round(capacityQps))),
    plain(capacityRatio === null ? dash : times(capacityRatio)),
    plain(monthsToFull === null ? dash : monthsText(monthsToFull.trend)),
    plain(p99Text(candidate)),
    plain(money(candidate.monthlyCost)),
    plain(share(movedFraction)),
  ];
}

/** At the load of today, and at twice that. */
function p99Text({ p99Ms, p99MsAtTwice, simulated }: AdvisedCandidate): string {
  if (simulated === null) return dash;
  const of = (value: number | null, used: number): string => {
    if (value !== null) return significant(value);
    return used >= 1 ? 'full' : dash;
  };
  const now = of(p99Ms, simulated.usedFraction);
  const twice = of(p99MsAtTwice, simulated.usedFractionAtTwice);
  return now === twice ? now : `${now}-${twice}`;
}

/** What decided; the rest is in the report. */
function whyText({ reasons: [first, ...rest] }: AdvisedCandidate): string {
  const more = rest.length === 0 ? '' : ` (and ${counted(rest.length, 'further reason')})`;
  return `${sentence(first?.text ?? '')}${more}`;
}

function legend({ candidates, basis }: AdviceDocument, shown: number): string {
  const rest = candidates.length - shown;
  const left =
    rest === 0 ? '' : ` All ${candidates.length} candidates and reasons are in report.html.`;
  return (
    'one %: operations that one shard answers; cross %: those that write or lock on several; ' +
    `max/mean: load of the fullest shard, p5-p95 of ${short(basis.draws)} placements; takes/s: ` +
    'operations a second of all shards; buys: the same against the instance; months: until one ' +
    `has ${percent(basis.utilisation)} of what it can do; p99 ms: simulated at the load of today ` +
    `and at twice that (full: more work than the fullest shard can do; ${dash}: not simulated); ` +
    `bill: ${name(basis.currency)} a month; moves %: load that moves when the shards are ` +
    `doubled.${left}`
  );
}

const bold = (text: string, colour: boolean): string =>
  colour ? `\u001b[1m${text}\u001b[22m` : text;
