import type { TopLevelSpec } from 'vega-lite';
import type { GrowthDocument, GrowthStepRow } from '../../../result/growth-document.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { labelsOf } from '../../charts/labels.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { percent } from '../../number.ts';
import { name } from '../../text.ts';
import { pathSteps } from '../rows.ts';

/** Share of the keys that each strategy moves, beside theory and the least possible. */
export function movedCharts(document: GrowthDocument): ChartGroup {
  const steps = pathSteps(document);
  return {
    design: 'keys-moved',
    title: titleOf(document.growth),
    legend:
      'Share of the keys that change shard. The dot is the placement that there is, the diamond ' +
      'what theory says on average, the bar spans p5 to p95 over further placements (other hash ' +
      'salts, or other ids of the tenants). The line is the least that must move for every shard ' +
      'to have its due share. All panels have one scale.',
    charts: steps.map(([from, to]) => panel(document, from, to)),
  };
}

function titleOf(growth: readonly GrowthStepRow[]): string {
  const sorted = growth.toSorted((a, b) => excess(a) - excess(b));
  const least = sorted.at(0);
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) return 'No step moves anything';
  if (least.strategy === most.strategy) {
    return `${name(most.strategy)} moves ${percent(most.keysMovedFraction)} of the keys`;
  }
  return (
    `From ${most.from} to ${most.to} shards ${name(most.strategy)} moves ` +
    `${percent(most.keysMovedFraction)} of the keys where ${percent(most.optimalFraction)} would do`
  );
}

/** What is moved more than must be. */
const excess = ({ keysMovedFraction, optimalFraction }: GrowthStepRow): number =>
  keysMovedFraction - optimalFraction;

function panel({ growth }: GrowthDocument, from: number, to: number): Chart {
  const rows = growth.filter((step) => step.from === from && step.to === to);
  const optimum = rows[0]?.optimalFraction ?? 0;
  const least = rows.toSorted((a, b) => a.keysMovedFraction - b.keysMovedFraction)[0];
  const title =
    least === undefined
      ? 'no strategy can take this step'
      : `${percent(optimum)} must move; ${name(least.strategy)} moves ` +
        percent(least.keysMovedFraction);
  return {
    subject: `${from} to ${to} shards`,
    title,
    description: `Share of the keys moved: ${inWords(rows.map(inOneWord))}; least ${percent(optimum)}.`,
    spec: rows.length === 0 ? null : movedSpec(rows, optimum),
  };
}

function inOneWord({ strategy, keysMovedFraction, expectedFraction, band }: GrowthStepRow): string {
  const more = [
    expectedFraction === null ? [] : [`theory ${percent(expectedFraction)}`],
    band === null ? [] : [`${percent(band.keys.p5)} to ${percent(band.keys.p95)}`],
  ].flat();
  const rest = more.length === 0 ? '' : ` (${more.join(', ')})`;
  return `${name(strategy)} ${percent(keysMovedFraction)}${rest}`;
}

const plotWidth = 270;

const marks = [
  { field: 'here', label: 'this placement', shape: 'circle', colour: palette.accent },
  { field: 'theory', label: 'theory', shape: 'diamond', colour: palette.third },
] as const;

function movedSpec(rows: readonly GrowthStepRow[], optimum: number): TopLevelSpec {
  const labels = labelsOf(
    rows.map(({ strategy }) => strategy),
    plotWidth,
  );
  const values = rows.map(({ keysMovedFraction, expectedFraction, band }, row) => ({
    row,
    label: labels[row] ?? '',
    low: band?.keys.p5 ?? null,
    high: band?.keys.p95 ?? null,
    here: keysMovedFraction,
    theory: expectedFraction,
  }));
  const x = {
    type: 'quantitative' as const,
    title: 'share of the keys that moves',
    scale: { domain: [0, 1] },
    axis: { format: '.0%', tickCount: 5 },
  };
  const points = values.flatMap((value) =>
    marks.flatMap(({ field, label }) => {
      const at = value[field];
      return at === null ? [] : [{ row: value.row, at, mark: label }];
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
        encoding: { x: { field: 'at', ...x }, y: { value: 0 }, y2: { value: { expr: 'height' } }, color: { value: palette.ink } },
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
      {
        mark: { type: 'text', align: 'left', dy: -8, fontSize: 11 },
        encoding: {
          x: { value: 0 },
          text: { field: 'label', type: 'nominal' },
          color: { value: palette.ink },
        },
      },
      pointLayer(points, x),
    ],
  };
}

function pointLayer(points: readonly object[], x: object) {
  const domain = marks.map(({ label }) => label);
  return {
    data: { values: [...points] },
    mark: { type: 'point' as const, filled: true, size: 50, opacity: 1, yOffset: 7 },
    encoding: {
      x: { field: 'at', ...x },
      shape: {
        field: 'mark',
        type: 'nominal' as const,
        scale: { domain, range: marks.map(({ shape }) => shape) },
        legend: { orient: 'top' as const, title: null },
      },
      color: {
        field: 'mark',
        type: 'nominal' as const,
        scale: { domain, range: marks.map(({ colour }) => colour) },
      },
    },
  };
}
