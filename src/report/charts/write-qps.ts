import type { TopLevelSpec } from 'vega-lite';
import { hottestShard, meanWriteQps, routedCells } from '../../result/cells.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { rate, ratio } from '../number.ts';
import { name } from '../text.ts';
import { type Chart, type ChartGroup, inWords } from './chart.ts';
import { chartConfig, palette } from './palette.ts';

/** Write QPS by shard, a panel for each strategy. The baseline has one shard and is left out. */
export function writeQpsCharts(result: RunResult): ChartGroup {
  const cells = routedCells(result);
  const highest = Math.max(0, ...cells.flatMap((cell) => cell.shards.map((s) => s.writeQps)));
  return {
    title: groupTitle(cells),
    legend:
      'Successful writes per second on each shard. The dashed line is the mean of the shards; ' +
      'the shard with the most writes is orange. All panels have one scale. This is one ' +
      'placement: see the band for what another salt may draw.',
    charts: cells.map((cell) => panel(cell, highest)),
  };
}

function groupTitle(cells: readonly Cell[]): string {
  const measured = cells
    .flatMap((cell) => {
      const maxOverMean = cell.imbalance?.writeQps.maxOverMean ?? null;
      return maxOverMean === null ? [] : [{ strategy: cell.strategy, maxOverMean }];
    })
    .toSorted((a, b) => a.maxOverMean - b.maxOverMean);
  const least = measured.at(0);
  const most = measured.at(-1);
  if (least === undefined || most === undefined) return 'Write QPS by shard: nothing was measured';
  if (measured.length === 1) {
    const { strategy, maxOverMean } = least;
    return `The hottest shard of ${name(strategy)} takes ${ratio(maxOverMean)}× the mean`;
  }
  return (
    `The hottest shard takes ${ratio(least.maxOverMean)}× (${name(least.strategy)}) to ` +
    `${ratio(most.maxOverMean)}× (${name(most.strategy)}) the mean write QPS`
  );
}

function panel(cell: Cell, highest: number): Chart {
  const hottest = hottestShard(cell);
  const subject = name(cell.strategy);
  if (hottest === null) {
    const title = cell.status === 'ok' ? 'no writes' : `nothing measured: ${cell.status}`;
    return { subject, title, description: title, spec: null };
  }
  const mean = meanWriteQps(cell);
  return {
    subject,
    title:
      `shard ${hottest.shard} takes ${ratio(hottest.writeQps / mean)}× the mean ` +
      `of ${rate(mean)} writes/s`,
    description: `Write QPS: ${inWords(
      cell.shards.map((shard) => `shard ${shard.shard} ${rate(shard.writeQps)}`),
    )}; mean ${rate(mean)}.`,
    spec: writeQpsSpec(cell, highest),
  };
}

/** Bars by shard up to `highest` (QPS), the mean as a dashed line. */
export function writeQpsSpec(cell: Cell, highest: number): TopLevelSpec {
  const hottest = hottestShard(cell);
  const few = cell.shards.length <= 8;
  return {
    config: chartConfig,
    width: 270,
    height: 130,
    data: {
      values: cell.shards.map((shard) => ({
        shard: shard.shard,
        writeQps: shard.writeQps,
        label: rate(shard.writeQps),
        // Within the bar, off the line of the mean, where the bar is high enough for it.
        labelAt: shard.writeQps > highest * 0.15 ? 0 : shard.writeQps,
        hottest: shard === hottest,
      })),
    },
    layer: [
      {
        mark: { type: 'bar', width: { band: 0.7 } },
        encoding: {
          x: { field: 'shard', type: 'ordinal', title: 'shard', axis: { labelAngle: 0 } },
          y: {
            field: 'writeQps',
            type: 'quantitative',
            title: 'write QPS',
            scale: { domain: [0, highest * 1.12] },
            axis: { tickCount: 4 },
          },
          color: {
            condition: { test: 'datum.hottest', value: palette.accent },
            value: palette.series,
          },
        },
      },
      {
        mark: { type: 'rule', strokeDash: [5, 3] },
        encoding: { y: { datum: meanWriteQps(cell) }, color: { value: palette.ink } },
      },
      ...(few ? [labelLayer] : []),
    ],
  };
}

const labelLayer = {
  mark: { type: 'text' as const, dy: -7, fontSize: 11 },
  encoding: {
    x: { field: 'shard', type: 'ordinal' as const },
    y: { field: 'labelAt', type: 'quantitative' as const },
    text: { field: 'label', type: 'nominal' as const },
    color: {
      condition: { test: 'datum.labelAt === 0', value: palette.ground },
      value: palette.ink,
    },
  },
};
