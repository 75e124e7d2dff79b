import type { TopLevelSpec } from 'vega-lite';
import type { ComparisonDocument } from '../../../result/comparison-document.ts';
import type { Difference } from '../../../result/difference.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { labelsOf } from '../../charts/labels.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { name } from '../../text.ts';
import { changeText, intervalText, tagsText, verdictText } from '../values.ts';
import { panelsMax } from './panels.ts';

const labelRoom = 110;

/** Ratios of the first metric with their intervals, by operation, a panel for each strategy. */
export function ratioCharts({ differences, family }: ComparisonDocument): ChartGroup {
  const known = differences.filter(
    ({ metric, interval }) => metric === family.metric && interval !== null,
  );
  const ends = known.flatMap(({ interval }) => (interval === null ? [] : [interval]));
  const domain = [
    Math.min(0.9, ...ends.map(({ low }) => low)),
    Math.max(1.1, ...ends.map(({ high }) => high)),
  ] as const;
  const panels = [...Map.groupBy(known, ({ strategy }) => strategy)].slice(0, panelsMax);
  return {
    design: 'compared-ratios',
    title: 'Median service time: side b / side a',
    legend:
      'A point is the ratio of side b to side a, the line its interval; left of the dashed line ' +
      'b is faster. What is claimed has a filled point.',
    charts: panels.map(([strategy, own]) => chartOf(strategy, own, domain)),
  };
}

function chartOf(
  strategy: string,
  own: readonly Difference[],
  domain: readonly [number, number],
): Chart {
  const labels = labelsOf(
    own.map(({ tags }) => tagsText(tags)),
    labelRoom,
  );
  const claimed = own.filter(({ verdict }) => verdict === 'worse' || verdict === 'better');
  const title =
    claimed.length === 0
      ? 'no difference is claimed'
      : claimed.map((each) => `${tagsText(each.tags)} ${changeText(each.ratio)}`).join(', ');
  const values = own.map((each, index) => ({
    operation: labels[index] ?? '',
    ratio: each.ratio,
    low: each.interval?.low ?? null,
    high: each.interval?.high ?? null,
    claim: each.verdict === 'worse' || each.verdict === 'better' ? 'claimed' : 'not claimed',
  }));
  return {
    subject: name(strategy),
    title,
    description: `${inWords(
      own.map(
        (each) =>
          `${tagsText(each.tags)} ${changeText(each.ratio)} (${intervalText(each)}, ` +
          `${verdictText(each)})`,
      ),
    )}.`,
    spec: specOf(values, domain),
  };
}

function specOf(values: object[], domain: readonly [number, number]): TopLevelSpec {
  const y = {
    field: 'operation',
    type: 'nominal' as const,
    title: null,
    sort: null,
    axis: { labelLimit: labelRoom + 10 },
  };
  const x = {
    type: 'quantitative' as const,
    title: 'b / a (log)',
    scale: { type: 'log' as const, domain: [...domain], nice: false },
    axis: { tickCount: 4, format: '~g' },
  };
  return {
    config: chartConfig,
    width: 200,
    height: { step: 22 },
    data: { values },
    layer: [
      {
        mark: { type: 'rule', strokeDash: [5, 3] },
        encoding: { x: { datum: 1, ...x }, color: { value: palette.faint } },
      },
      {
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: {
          y,
          x: { field: 'low', ...x },
          x2: { field: 'high' },
          color: { value: palette.series },
        },
      },
      {
        mark: { type: 'point', size: 50, strokeWidth: 1.5 },
        encoding: {
          y,
          x: { field: 'ratio', ...x },
          stroke: { value: palette.series },
          fill: {
            field: 'claim',
            type: 'nominal',
            scale: {
              domain: ['claimed', 'not claimed'],
              range: [palette.series, palette.ground],
            },
            legend: null,
          },
        },
      },
    ],
  };
}
