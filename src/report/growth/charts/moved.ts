import type { TopLevelSpec } from 'vega-lite';
import type { GrowthDocument, GrowthStepRow } from '../../../result/growth-document.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { labelsOf } from '../../charts/labels.ts';
import { markedPoints } from '../../charts/marked-points.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { percent } from '../../../wording/format.ts';
import { name } from '../../text.ts';
import { pathSteps, singleSteps } from '../rows.ts';

/** Share of the keys that each strategy moves, beside theory and the least possible. */
export function movedCharts(document: GrowthDocument): ChartGroup {
  const steps = pathSteps(document);
  return {
    design: 'keys-moved',
    title: titleOf(singleSteps(document)),
    legend:
      'Share of the keys that change shard, and share of the load that moves with these ' +
      'keys. The diamond is the mean from theory. The bar goes from p5 to p95 of the keys ' +
      'over further placements (other hash salts, or other ids of the tenants). The line ' +
      'is the least load that must move so that every shard has its due share. All panels ' +
      'have one scale.',
    charts: steps.map(([from, to]) => panel(document, from, to)),
  };
}

function titleOf(growth: readonly GrowthStepRow[]): string {
  const [most] = growth.toSorted((a, b) => excess(b) - excess(a));
  if (most === undefined) return 'No step moves anything';
  return (
    `From ${most.from} to ${most.to} shards ${name(most.strategy)} moves ` +
    `${percent(most.keysMovedFraction)} of the keys; at least ` +
    `${percent(most.optimalFraction)} of the load must move`
  );
}

/** What is moved more than must be. */
const excess = ({ keysMovedFraction, optimalFraction }: GrowthStepRow): number =>
  keysMovedFraction - optimalFraction;

function panel(document: GrowthDocument, from: number, to: number): Chart {
  const rows = singleSteps(document).filter((step) => step.from === from && step.to === to);
  const optimum = rows[0]?.optimalFraction ?? 0;
  const least = rows.toSorted((a, b) => a.keysMovedFraction - b.keysMovedFraction)[0];
  const title =
    least === undefined
      ? 'no strategy can take this step'
      : `${percent(optimum)} is due to the new shards; ${name(least.strategy)} moves the fewest ` +
        `keys, ${percent(least.keysMovedFraction)}`;
  const shares = inWords(rows.map(inOneWord));
  return {
    subject: `${from} to ${to} shards`,
    title,
    description: `Share of the keys moved: ${shares}; least ${percent(optimum)}.`,
    spec: rows.length === 0 ? null : movedSpec(rows, optimum),
  };
}

/** Theory of routers by range is about rows, not keys. */
const theoryOfKeys = ({ expectedFraction, expectedBy }: GrowthStepRow): number | null =>
  expectedBy?.of === 'rows' ? null : expectedFraction;

function inOneWord(step: GrowthStepRow): string {
  const { strategy, keysMovedFraction, loadMovedFraction, band } = step;
  const expected = theoryOfKeys(step);
  const more = [
    `load ${percent(loadMovedFraction)}`,
    expected === null ? [] : [`theory ${percent(expected)}`],
    band === null ? [] : [`${percent(band.keys.p5)} to ${percent(band.keys.p95)}`],
  ].flat();
  return `${name(strategy)} ${percent(keysMovedFraction)} (${more.join(', ')})`;
}

const plotWidth = 270;

/** In the order in which they are drawn: the larger one below. */
const marks = [
  { field: 'theory', label: 'theory', shape: 'diamond', colour: palette.third, size: 130 },
  { field: 'load', label: 'load', shape: 'square', colour: palette.fourth, size: 55 },
  { field: 'here', label: 'keys', shape: 'circle', colour: palette.accent, size: 32 },
] as const;

function movedSpec(rows: readonly GrowthStepRow[], optimum: number): TopLevelSpec {
  const labels = labelsOf(
    rows.map(({ strategy }) => strategy),
    plotWidth,
  );
  const values = rows.map((step, row) => ({
    row,
    label: labels[row] ?? '',
    low: step.band?.keys.p5 ?? null,
    high: step.band?.keys.p95 ?? null,
    here: step.keysMovedFraction,
    load: step.loadMovedFraction,
    theory: theoryOfKeys(step),
  }));
  const x = {
    type: 'quantitative' as const,
    title: 'share that moves',
    scale: { domain: [0, 1] },
    axis: { format: '.0%', tickCount: 5 },
  };
  const points = values.flatMap((value) =>
    marks.flatMap(({ field, label, size }) => {
      const at = value[field];
      return at === null ? [] : [{ row: value.row, at, mark: label, size }];
    }),
  );
  return {
    config: chartConfig,
    width: plotWidth,
    height: { step: 34 },
    data: { values },
    encoding: { y: { field: 'row', type: 'ordinal', axis: null } },
    layer: [
      {
        data: { values: [{ at: optimum }] },
        mark: { type: 'rule', strokeDash: [5, 3] },
        encoding: {
          x: { field: 'at', ...x },
          y: { value: 0 },
          y2: { value: { expr: 'height' } },
          color: { value: palette.ink },
        },
      },
      {
        transform: [{ filter: 'isValid(datum.low)' }],
        mark: { type: 'bar', height: 8, cornerRadius: 4, opacity: 0.5, yOffset: 7 },
        encoding: {
          x: { field: 'low', ...x },
          x2: { field: 'high' },
          color: { value: palette.series },
        },
      },
      ...names(),
      markedPoints(points, x, marks, { expr: 'datum.size' }),
    ],
  };
}

/** Each with a rim in the colour of the ground, so that no line crosses it. */
function names() {
  const mark = { type: 'text' as const, align: 'left' as const, dy: -8, fontSize: 11 };
  const encoding = { x: { value: 0 }, text: { field: 'label', type: 'nominal' as const } };
  return [
    {
      mark: { ...mark, stroke: palette.ground, strokeWidth: 4, strokeJoin: 'round' as const },
      encoding: { ...encoding, color: { value: palette.ground } },
    },
    { mark, encoding: { ...encoding, color: { value: palette.ink } } },
  ];
}
