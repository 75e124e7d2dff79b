import type { TopLevelSpec } from 'vega-lite';
import type { Difference } from '../../result/difference.ts';
import type { RunResult } from '../../result/types.ts';
import { percent, ratio } from '../../wording/format.ts';
import {
  inOrderOfInterest,
  isClaimed,
  operationOf,
  primaryOf,
  ratioText,
} from '../latency-differences.ts';
import { name } from '../text.ts';
import { type ChartGroup, inWords } from './chart.ts';
import { labelsOf } from './labels.ts';
import { chartConfig, palette } from './palette.ts';

/** More rows than this are not looked at one by one. */
export const drawnRatios = 20;

/** Ratios with their intervals, a line each: a forest plot of the primary family. */
export function latencyRatioCharts({ comparison }: RunResult): ChartGroup {
  const primary = comparison === undefined ? [] : primaryOf(comparison);
  const known = inOrderOfInterest(primary).filter(hasInterval);
  const drawn = known.slice(0, drawnRatios);
  const left = known.length - drawn.length;
  const subject = 'all strategies';
  const none = 'no strategy has an interval to draw';
  return {
    design: 'latency-ratios',
    title: titleOf(primary),
    legend:
      'How many times as long the median service time of an operation is with the strategy ' +
      'before the stroke as with the one behind it. The dot is the geometric mean over the ' +
      `repeats, the line its ${percent(1 - (comparison?.family.errorRate ?? 0))} interval, ` +
      'corrected for all of them together. Filled: a claim; hollow: the line reaches 1, and no ' +
      'difference can be shown, or repeats are too few.' +
      (left > 0 ? ` Drawn are the ${drawn.length} largest; ${left} more are not drawn.` : ''),
    charts: [
      drawn.length === 0
        ? { subject, title: none, description: none, spec: null }
        : {
            subject,
            title: 'claims first, then the largest ratios',
            description:
              'Median service time, ratio and interval: ' +
              `${inWords(drawn.map((one) => `${labelOf(one)} ${ratioText(one)}`))}.`,
            spec: latencyRatioSpec(drawn),
          },
    ],
  };
}

type WithInterval = Difference & {
  readonly ratio: number;
  readonly interval: NonNullable<Difference['interval']>;
};

function hasInterval(difference: Difference): difference is WithInterval {
  return difference.ratio !== null && difference.interval !== null;
}

function titleOf(primary: readonly Difference[]): string {
  const largest = inOrderOfInterest(primary).find(isClaimed);
  if (largest === undefined || largest.ratio === null) {
    return 'No latency difference between strategies can be claimed';
  }
  const { strategy, against = '' } = largest;
  return (
    `${operationOf(largest)} takes ${ratio(largest.ratio)}× as long with ${name(strategy)} as ` +
    `with ${name(against)}`
  );
}

const labelOf = (difference: Difference): string =>
  `${operationOf(difference)}: ${name(difference.strategy)} / ${name(difference.against ?? '')}`;

const plotWidth = 300;
/** Ends of intervals beyond these are cut: few repeats may tell nothing. */
const widest = 10;

/** A row for each ratio, the label above its line; x is the ratio on a log scale. */
export function latencyRatioSpec(differences: readonly WithInterval[]): TopLevelSpec {
  const labels = labelsOf(differences.map(labelOf), plotWidth);
  const within = (value: number): number => Math.min(widest, Math.max(1 / widest, value));
  const rows = differences.map((one, row) => ({
    row,
    label: labels[row] ?? '',
    ratio: within(one.ratio),
    low: within(one.interval.low),
    high: within(one.interval.high),
    claimed: isClaimed(one),
  }));
  const reach = Math.max(1.1, ...rows.flatMap(({ low, high }) => [1 / low, high])) * 1.02;
  const x = {
    type: 'quantitative' as const,
    title: 'times as long (log); 1 = the same',
    scale: { type: 'log' as const, domain: [1 / reach, reach], nice: false },
    axis: { tickCount: 5, format: '.2~f' },
  };
  const color = {
    condition: { test: 'datum.claimed', value: palette.accent },
    value: palette.series,
  };
  return {
    config: chartConfig,
    width: plotWidth,
    height: { step: 32 },
    data: { values: rows },
    encoding: { y: { field: 'row', type: 'ordinal', axis: null } },
    layer: [
      {
        mark: { type: 'rule', strokeDash: [4, 3] },
        data: { values: [{ at: 1 }] },
        encoding: {
          x: { field: 'at', ...x },
          y: { value: 0 },
          y2: { value: { expr: 'height' } },
          color: { value: palette.faint },
        },
      },
      {
        mark: { type: 'rule', strokeWidth: 2, yOffset: 7, y2Offset: 7 },
        encoding: { x: { field: 'low', ...x }, x2: { field: 'high' }, color },
      },
      {
        mark: { type: 'point', size: 50, opacity: 1, yOffset: 7 },
        encoding: {
          x: { field: 'ratio', ...x },
          stroke: color,
          fill: {
            condition: { test: 'datum.claimed', value: palette.accent },
            value: palette.ground,
          },
        },
      },
      {
        mark: { type: 'text', align: 'left', dy: -6, fontSize: 11 },
        encoding: {
          x: { value: 0 },
          text: { field: 'label', type: 'nominal' },
          color: { value: palette.ink },
        },
      },
    ],
  };
}
