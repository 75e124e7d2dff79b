import type { TopLevelSpec } from 'vega-lite';
import { chartConfig, palette } from './palette.ts';
import type { Second } from './seconds.ts';

/** Ends of the axes that all panels share. */
export interface SeriesScales {
  /** Seconds that a point stands for. */
  readonly step: number;
  readonly highestQps: number;
  readonly highestMs: number;
  readonly lastSecond: number;
}

/** Two plots with one axis of seconds; `scales` are common to all panels. */
export function seriesSpec(seconds: readonly Second[], scales: SeriesScales): TopLevelSpec {
  const kinds = ['writes', 'reads'] as const;
  const load = seconds.flatMap((one) =>
    kinds.map((kind) => ({ second: one.second, kind, qps: one[kind] })),
  );
  const slowest = seconds.flatMap(({ second, slowestMsP50: ms }) =>
    ms === null ? [] : [{ second, ms }],
  );
  const checkpoints = seconds
    .filter((one) => (one.checkpoints ?? 0) > 0)
    .map(({ second }) => ({ second }));
  const x = {
    field: 'second',
    type: 'quantitative' as const,
    scale: { domain: [0, scales.lastSecond], nice: false },
  };
  const ticks = { tickCount: 6, tickMinStep: 1, format: 'd', grid: false };
  const rules = checkpoints.length === 0 ? [] : [checkpointLayer(checkpoints, x)];
  return {
    config: chartConfig,
    spacing: 8,
    vconcat: [
      {
        width: 270,
        height: 80,
        data: { values: load },
        layer: [...rules, loadLayer(x, ticks, scales.highestQps, kinds)],
      },
      {
        width: 270,
        height: 60,
        data: { values: slowest },
        layer: [
          ...rules,
          {
            mark: { type: 'line', strokeWidth: 1.5, point: pointOf(seconds, palette.third) },
            encoding: {
              x: { ...x, title: 'second of the window', axis: ticks },
              y: {
                field: 'ms',
                type: 'quantitative',
                title: 'p50, ms',
                scale: { domain: [0, scales.highestMs * 1.08], nice: false },
                axis: { tickCount: 3 },
              },
              color: { value: palette.third },
            },
          },
        ],
      },
    ],
  };
}

/** Points where they do not run into each other. */
const pointOf = (seconds: readonly Second[], color: string | null) =>
  seconds.length > 40 ? false : { filled: true, size: 18, ...(color === null ? {} : { color }) };

function loadLayer(x: object, ticks: object, highest: number, kinds: readonly string[]) {
  return {
    mark: { type: 'line' as const, strokeWidth: 1.5 },
    encoding: {
      x: { ...x, title: null, axis: { ...ticks, labels: false } },
      y: {
        field: 'qps',
        type: 'quantitative' as const,
        title: 'queries/s',
        scale: { domain: [0, highest * 1.08], nice: false },
        axis: { tickCount: 4 },
      },
      color: {
        field: 'kind',
        type: 'nominal' as const,
        scale: { domain: [...kinds], range: [palette.series, palette.accent] },
        legend: { orient: 'top' as const, title: null },
      },
      strokeDash: {
        field: 'kind',
        type: 'nominal' as const,
        scale: {
          domain: [...kinds],
          range: [
            [1, 0],
            [5, 3],
          ],
        },
      },
    },
  };
}

function checkpointLayer(checkpoints: readonly { readonly second: number }[], x: object) {
  return {
    data: { values: [...checkpoints] },
    mark: { type: 'rule' as const, strokeWidth: 1.5 },
    encoding: { x, color: { value: palette.faint } },
  };
}
