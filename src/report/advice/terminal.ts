import type { AdviceDocument, AdvisedCandidate } from '../../result/advice-document.ts';
import { counted, money, percent, ratio, short, significant, times } from '../../wording/format.ts';
import type { Tone } from '../document.ts';
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
import { measuredParts } from './measured.ts';
import { shownCandidates } from './shown-candidates.ts';

/** The answer first, then what speaks for it, the candidates, and why the others lost. */
export function adviceTable(document: AdviceDocument, options: TerminalOptions): string {
  const width = sentenceWidth(options);
  const shown = shownCandidates(document);
  const lines = (text: string): string => folded(text, width).join('\n');
  const parts = [
    bold(lines(sentence(document.recommendation.sentence)), options.colour),
    document.recommendation.reasons.map(({ text }) => lines(`- ${sentence(text)}`)).join('\n'),
    lines(firmnessText(document)),
    timeLines(document).map(lines).join('\n'),
    layout(heads, shown.map(rowOf), options),
    lines(legend(document, shown.length)),
    shown
      .filter(({ status, reasons }) => status !== 'no-difference' && reasons.length > 0)
      .map((candidate) => {
        const reasons = candidate.reasons.map(({ text }) => sentence(text)).join(' ');
        return lines(`- ${label(candidate)}: ${reasons}`);
      })
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
  const others = flips.map(({ change, kind, strategy, shardCount }) => {
    const then = strategy === null ? kind : `${name(strategy)} on ${shardCount}`;
    return `${change} (${then})`;
  });
  const list = others.length === 0 ? '' : ` Changed by: ${others.join(', ')}.`;
  return (
    `The answer is the same in ${percent(share)} of ${resamples} resamples of the tenants. ` +
    `${sentence(firstChange.text)}${list}`
  );
}

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

const tones: Readonly<Record<AdvisedCandidate['status'], Tone>> = {
  recommended: 'good',
  'no-difference': 'good',
  lost: 'plain',
  excluded: 'doubtful',
};

function rowOf(candidate: AdvisedCandidate): Entry[] {
  const { band, capacityQps, capacityRatio, monthsToFull, movedFraction } = candidate;
  const share = (fraction: number | null): string =>
    fraction === null ? dash : (100 * fraction).toFixed(0);
  return [
    plain(name(candidate.strategy ?? 'one instance')),
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

const monthsText = (months: number | null): string =>
  months === null ? 'never' : months.toFixed(1);

const label = ({ strategy, shardCount }: AdvisedCandidate): string =>
  strategy === null ? 'one instance' : `${name(strategy)} on ${counted(shardCount, 'shard')}`;

function legend({ candidates, basis }: AdviceDocument, shown: number): string {
  const rest = candidates.length - shown;
  const left =
    rest === 0 ? '' : ` ${counted(rest, 'further candidate')} are in advice.json, with reasons.`;
  return (
    'one %: operations that one shard answers; cross %: those that write or lock on several; ' +
    `max/mean: load of the fullest shard, p5-p95 of ${short(basis.draws)} placements; takes/s: ` +
    'operations a second of all shards; buys: the same against the instance; months: until the ' +
    `first is full (${percent(basis.utilisation)} of what it can do); p99 ms: simulated at the ` +
    'load of today and at twice that (full: the fullest shard gets more work than it does; ' +
    `${dash}: not simulated, which only those that come first are); bill: ` +
    `${name(basis.currency)} a month; moves %: load that moves when the shards are doubled.${left}`
  );
}

const bold = (text: string, colour: boolean): string =>
  colour ? `\u001b[1m${text}\u001b[22m` : text;
