import type { GateDocument } from '../../result/gate-document.ts';
import type { RouterTiming } from '../../result/gate-timing.ts';
import {
  type Entry,
  folded,
  type Head,
  layout,
  sentenceWidth,
  type TerminalOptions,
} from '../terminal-layout.ts';
import { name, sentence } from '../text.ts';
import {
  columnsLegend,
  countersText,
  counterText,
  intervalText,
  nanosecondsText,
  noiseText,
  ratioText,
  statusTones,
  timingText,
  verdictWords,
} from './rows.ts';
import { number, plain, words } from '../terminal-entries.ts';

const heads: readonly Head[] = [
  words('router'),
  number('base ns', 2),
  number('head ns', 1),
  number('ratio'),
  number('interval'),
  number('noise', 4),
  number('pairs', 3),
  words('verdict'),
];

/** Differences that are shown; the document has all. */
const shownDifferences = 40;

/** What was compared, each router in a line of at most `width` columns, and the verdict last. */
export function gateTable(document: GateDocument, options: TerminalOptions): string {
  const width = sentenceWidth(options);
  const { timing } = document;
  const rows = (timing?.routers ?? []).map(rowOf);
  const paragraphs = [
    document.notes.map(({ text: note }) => sentence(note)),
    [countersText(document.counters), ...differences(document)],
    timing === null ? [] : [timingText(document)],
  ];
  const folds = (lines: readonly string[]): string =>
    lines.flatMap((line) => folded(line, width)).join('\n');
  const parts = [
    ...paragraphs.map(folds),
    layout(heads, rows, options),
    timing === null ? '' : folds([columnsLegend(timing)]),
    verdict(document, { ...options, width }),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function rowOf(router: RouterTiming): Entry[] {
  const { head, pairs, status } = router;
  return [
    plain(name(router.router)),
    ...nanosecondsText(router).map(plain),
    plain(ratioText(head)),
    plain(intervalText(head)),
    plain(noiseText(router)),
    plain(String(pairs)),
    { text: status, tone: statusTones[status] },
  ];
}

function differences({ counters }: GateDocument): string[] {
  const lines = counters.differences
    .slice(0, shownDifferences)
    .map(
      ({ subject, counter, expected, found }) =>
        `  ${name(subject)}: ${name(counter)}: expected ${name(counterText(expected))}, ` +
        `found ${name(counterText(found))}`,
    );
  const more = counters.differences.length - lines.length;
  return more > 0 ? [...lines, `  and ${more} more; --json prints all of them`] : lines;
}

const colours = { good: '32', doubtful: '33', bad: '31', plain: '39' } as const;

function verdict({ verdict: { status, reasons } }: GateDocument, options: TerminalOptions): string {
  const [first = '', ...rest] = reasons.map(({ text: reason }) => sentence(reason));
  const word = verdictWords[status];
  const lines = [`${word}: ${first}`, ...rest].flatMap((line) => folded(line, options.width));
  const all = lines.join('\n');
  if (!options.colour) return all;
  return `\u001b[${colours[statusTones[status]]}m${word}\u001b[39m${all.slice(word.length)}`;
}
