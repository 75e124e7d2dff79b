import type { TopLevelSpec } from 'vega-lite';
import type { ComparisonDocument, SideCurve } from '../../../result/comparison-document.ts';
import { significant } from '../../../wording/format.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { logTicks } from '../../charts/log-ticks.ts';
import { chartConfig } from '../../charts/palette.ts';
import { name } from '../../text.ts';
import { type Panel, panelsOf, sideColour, sidesOf } from './panels.ts';

/** The whole distribution of response times of both sides, one over the other. */
export function quantileCharts(document: ComparisonDocument): ChartGroup {
  const { panels, note } = panelsOf(document);
  const all = panels.flatMap(({ curves }) => curves.flatMap(({ quantiles }) => quantiles));
  const ticks = logTicks(all.map(({ ms }) => ms));
  const deepest = Math.max(0.9, ...all.map(({ fraction }) => fraction));
  const sides = sidesOf(panels);
  return {
    design: 'compared-distribution',
    title: 'Response times of shard queries on both sides',
    legend:
      'All shards and runs of a side merged; each step to the right is ten times rarer. A line ' +
      `ends where fewer than 10 samples are slower.${note}`,
    charts: panels.map((panel) => chartOf(panel, { ticks, deepest, sides })),
  };
}

interface Scales {
  readonly ticks: readonly number[];
  readonly deepest: number;
  readonly sides: readonly string[];
}

const at = ({ quantiles }: SideCurve, fraction: number): number | null =>
  quantiles.find((each) => each.fraction === fraction)?.ms ?? null;

function chartOf({ strategy, curves }: Panel, scales: Scales): Chart {
  const subject = name(strategy);
  const values = curves.flatMap(({ side, quantiles }) =>
    quantiles.map(({ fraction, ms }) => ({ side, rareness: rareness(fraction), ms })),
  );
  const parts = [0.5, 0.99].flatMap((fraction) => {
    const own = curves.flatMap((curve) => at(curve, fraction) ?? []);
    const label = `p${fraction * 100}`;
    return own.length < 2 ? [] : [`${label} ${own.map(significant).join(' and ')} ms`];
  });
  const title = parts.length === 0 ? 'too few samples' : parts.join(', ');
  const words = curves.flatMap((curve) =>
    [0.5, 0.9, 0.99, 0.999].flatMap((fraction) => {
      const ms = at(curve, fraction);
      return ms === null ? [] : [`side ${curve.side} p${fraction * 100} ${significant(ms)} ms`];
    }),
  );
  if (values.length === 0) return { subject, title, description: title, spec: null };
  return { subject, title, description: `${inWords(words)}.`, spec: specOf(values, scales) };
}

const rareness = (fraction: number): number => Number((1 / (1 - fraction)).toPrecision(6));

const labelExpression =
  "datum.value < 1.5 ? 'p0' : datum.value < 5 ? 'p50' : 'p' + " +
  "format(100 - 100 / datum.value, '~f')";

function specOf(values: object[], { ticks, deepest, sides }: Scales): TopLevelSpec {
  const right = rareness(deepest);
  return {
    config: chartConfig,
    width: 270,
    height: 150,
    data: { values },
    mark: { type: 'line', strokeWidth: 2 },
    encoding: {
      x: {
        field: 'rareness',
        type: 'quantitative',
        title: 'percentile',
        scale: { type: 'log', domain: [1, right], nice: false },
        axis: {
          values: [1, 2, 10, 100, 1000, 10_000].filter((value) => value <= right),
          labelExpr: labelExpression,
          labelFlush: false,
        },
      },
      y: {
        field: 'ms',
        type: 'quantitative',
        title: 'response time, ms (log)',
        scale: { type: 'log', domain: [ticks.at(0) ?? 1, ticks.at(-1) ?? 10], nice: false },
        axis: { values: [...ticks], format: '~g' },
      },
      color: sideColour(sides),
      strokeDash: {
        field: 'side',
        type: 'nominal',
        scale: {
          domain: [...sides],
          range: [
            [1, 0],
            [5, 3],
          ],
        },
      },
    },
  };
}
