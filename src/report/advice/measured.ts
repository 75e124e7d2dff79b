import type { AdviceDocument } from '../../result/advice-document.ts';
import type { AdviceMeasured, RankedCandidate } from '../../result/advice-measured.ts';
import { counted, duration, ms, percent, short } from '../../wording/format.ts';
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

/** What was measured of the best candidates, in paragraphs; none where nothing was. */
export function measuredParts({ measured }: AdviceDocument, options: TerminalOptions): string[] {
  if (measured === undefined) return [];
  const width = sentenceWidth(options);
  const lines = (texts: readonly string[]): string =>
    texts.flatMap((text) => folded(text, width)).join('\n');
  const { candidates, reason, findings } = measured;
  return [
    lines([sentence(reason.text)]),
    layout(heads, candidates.map(rowOf), options),
    lines([legend(measured)]),
    lines(candidates.flatMap(noteLines)),
    lines(findings.map(({ text }) => sentence(text))),
  ];
}

const heads: readonly Head[] = [
  words('measured'),
  number('predicted'),
  number('databases', 1),
  number('rank'),
  number('takes/s'),
  words('between', 2),
  number('p99 ms', 3),
];

function rowOf({ strategy, predicted, rank, sustainedQps, interval, atRate }: RankedCandidate) {
  const p99 = atRate?.p99Ms ?? null;
  const row: Entry[] = [
    plain(name(strategy)),
    plain(String(predicted.rank)),
    plain(predicted.databases.toFixed(2)),
    plain(rank === null ? dash : String(rank)),
    plain(sustainedQps === null ? dash : short(Math.round(sustainedQps))),
    plain(interval === null ? dash : intervalText(interval)),
    plain(p99 === null ? dash : ms(p99).replace(/ ms$/, '')),
  ];
  return row;
}

const intervalText = ({ low, high }: NonNullable<RankedCandidate['interval']>): string =>
  high === null ? `≥ ${short(low)}` : `${short(low)} to ${short(high)}`;

function legend({
  candidates,
  shardCount,
  search,
  objective,
  byChance,
  environment,
}: AdviceMeasured) {
  const done = Math.max(...candidates.map(({ searches }) => searches.length));
  const chance =
    byChance === null ? '' : ` By chance an order agrees as well in ${percent(byChance)} of cases.`;
  return (
    `predicted, rank: 1 takes most; databases: whose work ${counted(shardCount, 'shard')} are ` +
    'predicted to do in this very placement; takes/s: the largest rate that holds ' +
    `${objectiveText(objective)}, the mean of ${counted(done, 'round')} ` +
    `in windows of ${duration(search.durationMs)} (${name(environment.fleet)}); between: up to ` +
    'the first every window held, and from the second on none did; p99 ms: at ' +
    `${short(search.startQps)}/s, not ranked.${chance}`
  );
}

const objectiveText = ({ expressions, from }: AdviceMeasured['objective']): string =>
  `${expressions.map(name).join(' and ')}${from === 'assumed' ? ' (assumed)' : ''}`;

function noteLines({ strategy, notes }: RankedCandidate): string[] {
  return [...new Set(notes.map(({ text }) => text))].map(
    (text) => `- ${name(strategy)}: ${sentence(text)}`,
  );
}
