import type { TopLevelSpec } from 'vega-lite';
import type { Trend, TrendSeries } from '../../../result/comparison-document.ts';
import { percent } from '../../../wording/format.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { name } from '../../text.ts';
import { changeText, metricText } from '../values.ts';
import { panelsMax } from './panels.ts';

const titles: Readonly<Record<string, string>> = {
  'write_qps.max_over_mean': 'Writes of the hottest shard / mean',
  'response_ms.p50': 'Median of the response time, ms',
  'response_ms.p99': 'p99 of the response time, ms',
  accepted_qps: 'Accepted operations per second',
};

/** A group for each metric, a panel for each strategy, dated results from left to right. */
export const trendCharts = (trend: Trend): readonly ChartGroup[] =>
  [...Map.groupBy(trend.series, ({ metric }) => metric)].map(([metric, series]) => {
    const drawn = series.slice(0, panelsMax);
    const left = series.length - drawn.length;
    return {
      design: `trend-${metric.replaceAll(/[._]/g, '-')}`,
      title: titles[metric] ?? metric,
      legend:
        'Each point is one result; results whose numbers are not valid have none. A dashed line ' +
        `stands where the series changed.${left > 0 ? ` ${left} more are not drawn.` : ''}`,
      charts: drawn.map((each) => chartOf(each, trend)),
    };
  });

function chartOf(series: TrendSeries, trend: Trend): Chart {
  const { strategy, metric, values, change } = series;
  const subject = name(strategy);
  const known = values.flatMap((value, index) => {
    const at = trend.runs[index]?.startedAt;
    return value === null || at === undefined ? [] : [{ at, value, index }];
  });
  if (known.length === 0) {
    return { subject, title: 'nothing measured', description: 'nothing measured', spec: null };
  }
  const chance = change === null ? '' : percent(change.pValue);
  const from = change === null ? null : (trend.runs[change.from]?.startedAt ?? null);
  const title =
    change === null || from === null
      ? 'no change that chance does not explain'
      : `${changeText(change.ratio)} from ${from.slice(0, 10)} on (chance ${chance})`;
  return {
    subject,
    title,
    description: `${inWords(
      known.map(({ at, value }) => `${at.slice(0, 10)} ${metricText(metric, value)}`),
    )}.`,
    spec: specOf(known, change, from),
  };
}

interface Point {
  readonly at: string;
  readonly value: number;
  readonly index: number;
}

function specOf(
  points: readonly Point[],
  change: TrendSeries['change'],
  from: string | null,
): TopLevelSpec {
  const highest = Math.max(...points.map(({ value }) => value));
  const x = {
    field: 'at',
    type: 'temporal' as const,
    title: null,
    scale: { type: 'utc' as const },
    axis: { tickCount: 5, format: '%Y-%m-%d', labelAngle: 0, labelOverlap: true },
  };
  const means =
    change === null
      ? []
      : points.map(({ at, index }) => ({
          at,
          part: index < change.from ? 'before' : 'after',
          mean: index < change.from ? change.before : change.after,
        }));
  return {
    config: chartConfig,
    width: 270,
    height: 110,
    layer: [
      {
        data: { values: from === null ? [] : [{ at: from }] },
        mark: { type: 'rule', strokeDash: [5, 3] },
        encoding: { x, color: { value: palette.accent } },
      },
      {
        data: { values: means },
        mark: { type: 'line', strokeWidth: 1.5 },
        encoding: {
          x,
          y: { field: 'mean', type: 'quantitative' },
          detail: { field: 'part', type: 'nominal' },
          color: { value: palette.accent },
        },
      },
      {
        data: { values: [...points] },
        mark: { type: 'line', strokeWidth: 1, point: { filled: true, size: 25 } },
        encoding: {
          x,
          y: {
            field: 'value',
            type: 'quantitative',
            title: null,
            scale: { domain: [0, highest * 1.1], nice: false },
            axis: { tickCount: 4 },
          },
          color: { value: palette.series },
        },
      },
    ],
  };
}
