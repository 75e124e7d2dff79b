import type { ComparisonDocument } from '../../result/comparison-document.ts';
import { integer, percent } from '../../wording/format.ts';
import {
  type Entry,
  folded,
  type Head,
  layout,
  sentenceWidth,
  type TerminalOptions,
} from '../terminal-layout.ts';
import { name, sentence } from '../text.ts';
import { comparisonAnswer } from './answer.ts';
import { differenceRows, shownDifferences } from './rows.ts';
import {
  changeText,
  fieldText,
  intervalText,
  metricText,
  sideText,
  tagsText,
  verdictText,
  verdictTone,
} from './values.ts';

const shownRows = 60;
const shownFields = 8;
const shownSides = 6;

/** Sides, what differs between them, the differences, and what all that comes to. */
export function comparisonTable(document: ComparisonDocument, options: TerminalOptions): string {
  const fold = (texts: readonly string[]): string[] =>
    texts.flatMap((text) => folded(text, sentenceWidth(options)));
  const parts = [
    fold(sidesOf(document)).join('\n'),
    fold(document.notes.map(({ text }) => sentence(text))).join('\n'),
    fold(fieldsOf(document)).join('\n'),
    fold(changedCounts(document)).join('\n'),
    differencesTable(document, options),
    trendTable(document, options),
    fold(comparisonAnswer(document).map(sentence)).join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function sidesOf({ sides }: ComparisonDocument): readonly string[] {
  const lines = sides.map((side) => `${side.side}: ${sideText(side)}`);
  if (lines.length <= shownSides) return lines;
  const between = `... ${integer(lines.length - 2)} more ...`;
  return [...lines.slice(0, 1), between, ...lines.slice(-1)];
}

function fieldsOf({ scenario, environment }: ComparisonDocument): readonly string[] {
  const all = [...scenario, ...environment];
  if (all.length === 0) return ['Scenario and environment are the same.'];
  const decisive = all.filter((field) => field.decisive);
  const shown = (decisive.length > 0 ? decisive : all).slice(0, shownFields);
  const more = all.length - shown.length;
  return [
    'What differs (a -> b):',
    ...shown.map(({ place, a, b }) => `- ${name(place)}: ${fieldText(a)} -> ${fieldText(b)}`),
    ...(more > 0 ? [`- and ${integer(more)} more; the report and --json have all of them`] : []),
  ];
}

function changedCounts({ counts }: ComparisonDocument): readonly string[] {
  const changed = counts
    .filter(({ exact }) => exact)
    .flatMap(({ strategy, changed: own }) => own.map((each) => ({ strategy, ...each })));
  if (changed.length === 0) return [];
  const shown = changed.slice(0, shownFields).map(({ strategy, metric, tags, a, b }) => {
    const of = tagsText(tags);
    const what = of === '' ? metric : `${metric} of ${of}`;
    return `- ${name(strategy)}, ${what}: ${metricText(metric, a)} -> ${metricText(metric, b)}`;
  });
  const more = changed.length - shown.length;
  return [
    'Counts that are not the same (a -> b):',
    ...shown,
    ...(more > 0 ? [`- and ${integer(more)} more`] : []),
  ];
}

const heads: readonly Head[] = [
  { text: 'strategy', number: false },
  { text: 'metric', number: false, drop: 3 },
  { text: 'of', number: false },
  { text: 'a', number: true, drop: 6 },
  { text: 'b', number: true, drop: 5 },
  { text: 'b/a', number: true, drop: 2 },
  { text: 'interval', number: true, drop: 4 },
  { text: 'verdict', number: false },
];

function differencesTable(document: ComparisonDocument, options: TerminalOptions): string {
  const rows = shownDifferences(document);
  if (rows.length === 0) return '';
  const table = layout(
    heads,
    rows.slice(0, shownRows).map((each): Entry[] => {
      const tone = verdictTone(each);
      const plain = (text: string): Entry => ({ text, tone: 'plain' });
      return [
        plain(name(each.strategy)),
        plain(each.metric),
        plain(tagsText(each.tags)),
        plain(metricText(each.metric, each.a)),
        plain(metricText(each.metric, each.b)),
        plain(changeText(each.ratio)),
        plain(
          each.interval === null && each.verdict !== 'not-comparable'
            ? 'exact'
            : intervalText(each),
        ),
        { text: verdictText(each), tone },
      ];
    }),
    options,
  );
  const more = differenceRows(document).length - Math.min(rows.length, shownRows);
  const rest =
    more > 0 ? [`${integer(more)} more differences are in the report and in --json`] : [];
  const notes = rest.flatMap((text) => folded(text, sentenceWidth(options)));
  return [table, ...notes].join('\n');
}

const trendHeads: readonly Head[] = [
  { text: 'strategy', number: false },
  { text: 'metric', number: false },
  { text: 'first', number: true, drop: 3 },
  { text: 'last', number: true, drop: 2 },
  { text: 'change', number: true },
  { text: 'from', number: false, drop: 4 },
  { text: 'chance', number: true, drop: 1 },
];

function trendTable({ trend }: ComparisonDocument, options: TerminalOptions): string {
  if (trend === undefined) return '';
  const rows = trend.series.slice(0, shownRows).map(({ strategy, metric, values, change }) => {
    const known = values.filter((value) => value !== null);
    const texts = [
      name(strategy),
      metric,
      metricText(metric, known.at(0) ?? null),
      metricText(metric, known.at(-1) ?? null),
      change === null ? '—' : changeText(change.ratio),
      change === null ? '' : (trend.runs[change.from]?.startedAt.slice(0, 10) ?? ''),
      change === null ? '—' : percent(change.pValue),
    ];
    return texts.map((text): Entry => ({ text, tone: 'plain' }));
  });
  return layout(trendHeads, rows, options);
}
