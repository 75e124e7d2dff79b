import type { CapacityDocument, CapacityStrategy } from '../../result/capacity-document.ts';
import { significant } from '../../wording/format.ts';
import {
  type Entry,
  folded,
  type Head,
  layout,
  sentenceWidth,
  type TerminalOptions,
} from '../terminal-layout.ts';
import { dash, number, plain, words } from '../terminal-entries.ts';
import {
  bySustained,
  headline,
  intervalText,
  limitText,
  responseMsP99,
  sentencesOf,
  stepsAt,
  sustainedText,
  titleOf,
  wordOf,
} from './rows.ts';

const heads: readonly Head[] = [
  words('strategy'),
  number('shards', 2),
  number('ops/s'),
  words('between', 0),
  number('p99 ms', 3),
  words('limited by', 0),
  number('steps', 1),
  words('answer'),
];

/** Every strategy in one table of at most `width` columns, and what limits each in words. */
export function capacityTable(document: CapacityDocument, options: TerminalOptions): string {
  const width = sentenceWidth(options);
  const strategies = bySustained(document);
  const lines = (texts: readonly string[]): string =>
    texts.flatMap((text) => folded(text, width)).join('\n');
  const parts = [
    strategies.length === 0 ? 'No strategy was searched.' : '',
    layout(
      heads,
      strategies.map((each) => rowOf(each, document)),
      options,
    ),
    lines([headline(document) ?? '']),
    lines(
      strategies.flatMap((each) =>
        sentencesOf(each).map((text) => `${titleOf(each, document)}: ${text}`),
      ),
    ),
    lines(document.findings.map(({ text }) => text)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function rowOf(strategy: CapacityStrategy, document: CapacityDocument): Entry[] {
  const p99 = responseMsP99(stepsAt(strategy, strategy.sustainedQps));
  return [
    plain(titleOf(strategy, document)),
    plain(String(strategy.shardCount)),
    plain(sustainedText(strategy) ?? dash),
    plain(intervalText(strategy) ?? dash),
    plain(p99 === null ? dash : significant(p99)),
    plain(limitText(strategy) ?? dash),
    plain(String(strategy.steps.length)),
    wordOf(strategy),
  ];
}
