import type { TopLevelSpec } from 'vega-lite';
import { hottestShard, meanWriteQps, routedCells } from '../../result/cells.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { rate, ratio } from '../number.ts';
import { name } from '../text.ts';
import { type Chart, type ChartGroup, inWords } from './chart.ts';
import { drawnCells } from './drawn-cells.ts';
import { labelsOf } from './labels.ts';
import { chartConfig, palette, stackColours } from './palette.ts';

/**
 * Write QPS by shard, stacked by operation, a panel for each strategy. The baseline has one shard
 * and is left out.
 */
export function writeQpsCharts(result: RunResult): ChartGroup {
  const cells = routedCells(result);
  const drawn = drawnCells(result, cells, true);
  const highest = Math.max(0, ...drawn.cells.flatMap((cell) => cell.shards.map((s) => s.writeQps)));
  return {
    design: 'write-qps',
    title: groupTitle(cells),
    legend:
      'Successful writes per second on each shard, by operation; above each bar their sum, in ' +
      'bold for the hottest shard. The dashed line is the mean of the shards. All panels have ' +
      `one scale. This is one placement: the band shows what another salt may draw.${drawn.note}`,
    charts: drawn.cells.map((cell) => panel(cell, highest)),
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
    `In this run the hottest shard takes ${ratio(least.maxOverMean)}× (${name(least.strategy)}) ` +
    `to ${ratio(most.maxOverMean)}× (${name(most.strategy)}) the mean write QPS`
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

interface Part {
  readonly shard: number;
  readonly operation: string;
  readonly order: number;
  readonly writeQps: number;
}

const labelRoom = 105;

/** Write operations in their order; those for which no colour is left stand together. */
function partsOf(cell: Cell): { readonly parts: Part[]; readonly operations: readonly string[] } {
  const writes = cell.operations.filter(({ kind }) => kind === 'write');
  const own =
    writes.length > stackColours.length ? writes.slice(0, -1 + stackColours.length) : writes;
  const labels = labelsOf(
    own.map(({ operation }) => operation),
    labelRoom,
  );
  const rest = writes.length - own.length;
  const others = own.length === 0 ? 'writes' : `${rest} other operations`;
  const parts = cell.shards.flatMap(({ shard, writeQps, byOperation }): Part[] => {
    const parted = own.map(({ operation }, order) => ({
      shard,
      operation: labels[order] ?? '',
      order,
      writeQps: byOperation.find((one) => one.operation === operation)?.qps ?? 0,
    }));
    if (rest === 0 && own.length > 0) return parted;
    const known = parted.reduce((sum, part) => sum + part.writeQps, 0);
    const left = Math.max(0, writeQps - known);
    return [...parted, { shard, operation: others, order: own.length, writeQps: left }];
  });
  return { parts, operations: [...new Set(parts.map(({ operation }) => operation))] };
}

/** Stacked bars by shard up to `highest` (QPS), the mean as a dashed line. */
export function writeQpsSpec(cell: Cell, highest: number): TopLevelSpec {
  const { parts, operations } = partsOf(cell);
  const x = {
    field: 'shard',
    type: 'ordinal' as const,
    title: 'shard',
    axis: { labelAngle: 0, labelOverlap: true },
  };
  const stack = {
    mark: { type: 'bar' as const, width: { band: 0.7 }, stroke: palette.ground, strokeWidth: 0.5 },
    encoding: {
      x,
      y: {
        field: 'writeQps',
        type: 'quantitative' as const,
        stack: 'zero' as const,
        title: 'write QPS',
        scale: { domain: [0, highest * 1.15] },
        axis: { tickCount: 4 },
      },
      order: { field: 'order', type: 'quantitative' as const },
      color: {
        field: 'operation',
        type: 'nominal' as const,
        scale: { domain: [...operations], range: stackColours.slice(0, operations.length) },
        legend: { orient: 'top' as const, title: null, columns: 2, labelLimit: 0 },
      },
    },
  };
  return {
    config: chartConfig,
    width: 270,
    height: 130,
    data: { values: parts },
    layer: [
      stack,
      {
        mark: { type: 'rule', strokeDash: [5, 3] },
        encoding: { y: { datum: meanWriteQps(cell) }, color: { value: palette.ink } },
      },
      ...(cell.shards.length <= 8 ? totals(cell) : []),
    ],
  };
}

function totals(cell: Cell) {
  const hottest = hottestShard(cell);
  const data = {
    values: cell.shards.map((shard) => ({
      shard: shard.shard,
      total: shard.writeQps,
      label: rate(shard.writeQps),
      weight: shard === hottest ? 'bold' : 'normal',
    })),
  };
  const mark = {
    type: 'text' as const,
    dy: -7,
    fontSize: 11,
    fontWeight: { expr: 'datum.weight' },
  };
  const encoding = {
    x: { field: 'shard', type: 'ordinal' as const },
    y: { field: 'total', type: 'quantitative' as const },
    text: { field: 'label', type: 'nominal' as const },
  };
  return [
    // A rim in the colour of the ground, so that the line of the mean does not cross the number.
    {
      data,
      mark: { ...mark, stroke: palette.ground, strokeWidth: 4, strokeJoin: 'round' as const },
      encoding: { ...encoding, color: { value: palette.ground } },
    },
    { data, mark, encoding: { ...encoding, color: { value: palette.ink } } },
  ];
}
