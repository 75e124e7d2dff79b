import type { ComparisonDocument } from '../../result/comparison-document.ts';
import { counted } from '../../wording/format.ts';
import type { Block, ReportDocument, Section } from '../document.ts';
import { documentHtml } from '../html.ts';
import { documentMarkdown } from '../markdown.ts';
import { lines, name, sentence } from '../text.ts';
import { comparisonAnswer } from './answer.ts';
import { shardResponseCharts, shardWriteCharts } from './charts/by-shard.ts';
import { quantileCharts } from './charts/quantiles.ts';
import { ratioCharts } from './charts/ratios.ts';
import { trendCharts } from './charts/trend.ts';
import {
  changedSection,
  countsSection,
  differencesSection,
  sidesSection,
} from './sections/tables.ts';
import { sideText } from './values.ts';

const designWords = {
  single: 'one run on a side',
  apart: 'several runs a side, measured apart',
  alternating: 'runs in turns',
} as const;

/** What was found, what differs between the sides, then all numbers and how they were judged. */
export function comparisonReport(document: ComparisonDocument): ReportDocument {
  const { sides, design, startedAt } = document;
  const [a, b] = [sides[0], sides.at(-1)];
  return {
    title: `Comparison: ${name(b?.name ?? '')}`,
    subtitle: [a, b].map((side) => (side === undefined ? '' : sideText(side))).join(' — '),
    facts: [
      { term: 'Compared', text: startedAt.slice(0, 10) },
      { term: 'Sides', text: String(sides.length) },
      { term: 'Runs', text: counted(sides.flatMap(({ runs }) => runs).length, 'run') },
      { term: 'Design', text: designWords[design] },
    ],
    sections: [
      answerSection(document),
      ...trendSections(document),
      changedSection(document),
      differencesSection(document),
      chartsSection(document),
      countsSection(document),
      sidesSection(document),
      methodSection(document),
    ],
  };
}

function answerSection(document: ComparisonDocument): Section {
  const notes = document.notes.map(({ text }) => sentence(text));
  return {
    id: 'answer',
    title: 'The answer',
    blocks: [
      { kind: 'lead', sentences: comparisonAnswer(document).map(sentence) },
      ...(notes.length === 0 ? [] : [{ kind: 'list' as const, items: notes }]),
    ],
  };
}

function trendSections({ trend }: ComparisonDocument): readonly Section[] {
  if (trend === undefined) return [];
  const groups = trendCharts(trend).map((group): Block => ({ kind: 'charts', group }));
  return [{ id: 'trend', title: 'Over time', blocks: groups, startsPage: true }];
}

function chartsSection(document: ComparisonDocument): Section {
  const groups = [
    ratioCharts(document),
    quantileCharts(document),
    shardResponseCharts(document),
    shardWriteCharts(document),
  ].filter(({ charts }) => charts.length > 0);
  return {
    id: 'charts',
    title: 'Both sides beside each other',
    blocks: groups.map((group): Block => ({ kind: 'charts', group })),
    startsPage: true,
  };
}

function methodSection({ command, family, trend }: ComparisonDocument): Section {
  const items = [
    'Counts follow from the seed and from the routes: they are compared as they are, where both ' +
      'sides had the same arrivals and nothing failed.',
    'Times are compared from run to run, never from repeats within one run: these vary less than ' +
      'runs do. In turns (A B, B A, ...) the logarithms of the ratios of pairs are averaged, ' +
      "with Student's interval; of runs that were made apart Welch's interval is shown, and " +
      'nothing is claimed.',
    `The family was named beforehand: ${family.metric} by operation and strategy. Holm's ` +
      'correction holds the chance of one false claim or more; every other interval stands for ' +
      'itself.',
    'Times of two machines, or of a measurement and a simulation, are not compared.',
    ...(trend === undefined
      ? []
      : [
          'A change over time is the split whose two means of logarithms differ most. It is ' +
            'shown where so few orders of the same results have one as clear that the whole page ' +
            `shows one by chance with at most ${trend.errorRate * 100} %. It is exploratory: a ` +
            'slow drift looks like a change too.',
        ]),
  ];
  return {
    id: 'method',
    title: 'How it was compared',
    blocks: [
      { kind: 'list', items },
      { kind: 'paragraph', text: 'The command:' },
      { kind: 'code', text: lines(command) },
    ],
  };
}

/** One HTML text that needs nothing else. Same document, same bytes. */
export const comparisonHtml = (document: ComparisonDocument): Promise<string> =>
  documentHtml(comparisonReport(document), document.shardlab);

export const comparisonMarkdown = (document: ComparisonDocument): string =>
  documentMarkdown(comparisonReport(document));
