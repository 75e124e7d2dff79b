import type { Difference } from '../../result/difference.ts';
import type { RunResult } from '../../result/types.ts';
import { counted, percent, ratio, significant } from '../../wording/format.ts';
import { drawnRatios, latencyRatioCharts } from '../charts/latency-ratios.ts';
import type { Block, Column, Section, Tone, Value } from '../document.ts';
import {
  endText,
  inOrderOfInterest,
  latencySentences,
  operationOf,
  primaryOf,
} from '../latency-differences.ts';
import { name, sentence } from '../text.ts';
import { column, missing, missingNote, numberOr, value } from '../values.ts';

/** Rows of a table; more are counted, and stand in the document. */
const shownRows = drawnRatios;

/** Which latency differences are real; nothing where cells have no repeats. */
export function latencyDifferencesSections(result: RunResult): readonly Section[] {
  const { comparison } = result;
  if (comparison === undefined) return [];
  const primary = primaryOf(comparison);
  const exploratory = comparison.differences.filter((one) => !one.primary);
  const blocks: Block[] = [
    { kind: 'list', items: latencySentences(result, 'in the table below or in result.json') },
    { kind: 'charts', group: latencyRatioCharts(result) },
    tableOf('Median service time, each operation under each pair of strategies', primary, false),
    { kind: 'paragraph', text: methodText(comparison.family) },
  ];
  if (exploratory.length > 0) {
    blocks.push({
      kind: 'details',
      summary: 'Other quantities, without claims',
      blocks: [
        tableOf('Shown with intervals, each quantity a family by itself', exploratory, true),
      ],
    });
  }
  return [{ id: 'latency', title: 'Which latency differences are real', blocks }];
}

const text = { align: 'text' } as const;

const columnsFor = (exploratory: boolean): readonly Column[] => [
  column('Operation', text),
  ...(exploratory ? [column('Quantity', text)] : []),
  column('Strategy', text),
  column('against', text),
  column('ms', { meaning: 'Geometric mean over the repeats, of the strategy' }),
  column('against, ms', { meaning: 'The same of the strategy that it is held against' }),
  column('ratio', { meaning: 'How many times as long it takes' }),
  column('from'),
  column('to'),
  ...(exploratory ? [] : [column('Verdict', text)]),
];

function tableOf(caption: string, all: readonly Difference[], exploratory: boolean): Block {
  const shown = inOrderOfInterest(all).slice(0, shownRows);
  const rows = shown.map((one) => rowOf(one, exploratory));
  const left = all.length - shown.length;
  const more = left > 0 ? `${counted(left, 'more row')}: comparison in result.json has them.` : '';
  const note = [missingNote(rows) ?? '', more].filter((part) => part !== '').join(' ');
  return {
    kind: 'table',
    caption,
    columns: columnsFor(exploratory),
    rows,
    note: note === '' ? null : note,
  };
}

function rowOf(one: Difference, exploratory: boolean): readonly Value[] {
  const why = sentence(one.note?.text ?? 'not known').replace(/\.$/, '');
  return [
    { ...value(operationOf(one)), first: true },
    ...(exploratory ? [value(quantityText(one.metric))] : []),
    value(name(one.strategy)),
    value(name(one.against ?? '')),
    numberOr(one.b, significant, why),
    numberOr(one.a, significant, why),
    numberOr(one.ratio, ratio, why),
    numberOr(one.interval?.low, ratio, why),
    numberOr(one.interval?.high, endText, why),
    ...(exploratory ? [] : [verdictOf(one, why)]),
  ];
}

/** `response time p99` for `response_ms.p99`. */
const quantityText = (metric: string): string =>
  name(metric).replace(/^(\w+)_ms\.(p\d+)$/, '$1 time $2');

const verdicts: Readonly<Record<Difference['verdict'], { text: string; tone: Tone }>> = {
  better: { text: 'faster', tone: 'good' },
  worse: { text: 'slower', tone: 'bad' },
  none: { text: 'no difference shown', tone: 'plain' },
  'not-comparable': { text: '—', tone: 'plain' },
};

const verdictOf = ({ verdict }: Difference, why: string): Value =>
  verdict === 'not-comparable' ? missing(why) : { ...value(''), ...verdicts[verdict] };

const methodText = ({
  size,
  errorRate,
  claimsFrom,
}: NonNullable<RunResult['comparison']>['family']): string =>
  `Repeats of one number lie side by side in time and make a pair, so that what slows down the ` +
  `whole machine falls out. Intervals are Student's, on the logarithm of the ratio; all ${size} ` +
  `comparisons were named before the run and share an error rate of ${percent(errorRate)} by ` +
  `Holm's procedure. Claims need ${claimsFrom} repeats.`;
