import type { TopLevelSpec } from 'vega-lite';
import { chartConfig, stackColours } from '../charts/palette.ts';

/** Size of the plot within the axes, px. */
export const plotWidth = 300;
export const plotHeight = 130;

/** Lines differ by their dashes too. */
export const dashes: number[][] = [
  [1, 0],
  [6, 2],
  [2, 2],
  [8, 3, 2, 3],
  [4, 4],
];

/**
 * What stands around lines of shards: axes and legend, without a mark. The ends of the axes
 * (`lastSecond`, `highest`) are parameters, the shards with a line (`shards`) are data.
 */
export function chartFrame(title: string): TopLevelSpec {
  const channel = { field: 'shard', type: 'ordinal' as const, title: null };
  return {
    config: chartConfig,
    width: plotWidth,
    height: plotHeight,
    params: [
      { name: 'lastSecond', value: 1 },
      { name: 'highest', value: 1 },
    ],
    data: { name: 'shards', values: [] },
    mark: { type: 'line', opacity: 0 },
    encoding: {
      x: {
        field: 'second',
        type: 'quantitative',
        title: 'second of the window',
        scale: { domainMin: 0, domainMax: { expr: 'lastSecond' }, nice: false },
        axis: { tickCount: 6, tickMinStep: 1, format: 'd', grid: false },
      },
      y: {
        field: 'value',
        type: 'quantitative',
        title,
        scale: { domainMin: 0, domainMax: { expr: 'highest' }, nice: false },
        axis: { tickCount: 4 },
      },
      color: {
        ...channel,
        scale: { range: [...stackColours] },
        legend: {
          orient: 'bottom',
          columns: 5,
          symbolType: 'stroke',
          symbolStrokeWidth: 2,
          symbolOpacity: 1,
          labelExpr: "'shard ' + datum.label",
        },
      },
      strokeDash: { ...channel, scale: { range: dashes } },
    },
  };
}

const mantissas = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** The end of an axis for such a value: a round one, so that the frame seldom changes. */
export function roundEnd(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return unit * (mantissas.find((mantissa) => mantissa * unit >= value) ?? 10);
}
