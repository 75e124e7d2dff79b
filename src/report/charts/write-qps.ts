import type { TopLevelSpec } from 'vega-lite';
import { hottestShard, meanWriteQps, routedCells } from '../../result/cells.ts';
import type { Cell, RunResult, ShardResult } from '../../result/types.ts';
import { rate, ratio } from '../../wording/format.ts';
import { name } from '../text.ts';
import { type Chart, type ChartGroup, inWords } from './chart.ts';
import { sharedScale, type SharedScale } from './shared-scale.ts';
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
  const scale = sharedScale(drawn.cells.map(highestOf));
  return {
    design: 'write-qps',
    title: groupTitle(cells),
    legend:
      'Successful writes per second on each shard, by operation; at the top their sum, in bold ' +
      'for the hottest shard. The dashed line is the mean of the shards. The ratios count the ' +
      'writes sent to each shard, as the tables do; those that succeeded within the window can ' +
      `differ a little. ${scale.note} This is one placement: another salt may draw another.` +
      drawn.note,
    charts: drawn.cells.map((cell) => panel(cell, scale)),
  };
}

const highestOf = ({ shards }: Cell) => Math.max(0, ...shards.map(({ writeQps }) => writeQps));

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
    return `The hottest shard of ${name(strategy)} got ${ratio(maxOverMean)}× the mean writes`;
  }
  return (
    `In this run the hottest shard got ${ratio(least.maxOverMean)}× (${name(least.strategy)}) ` +
    `to ${ratio(most.maxOverMean)}× (${name(most.strategy)}) the mean of the writes`
  );
}

function panel(cell: Cell, scale: SharedScale): Chart {
  const hottest = hottestShard(cell);
  const subject = name(cell.strategy);
  if (hottest === null) {
    const title = cell.status === 'ok' ? 'no writes' : `nothing measured: ${cell.status}`;
    return { subject, title, description: title, spec: null };
  }
  const mean = meanWriteQps(cell);
  return {
    subject,
    title: `${shareText(cell, hottest)} of ${rate(mean)} writes/s${scale.wordFor(highestOf(cell))}`,
    description: `Write QPS: ${inWords(
      cell.shards.map((shard) => `shard ${shard.shard} ${rate(shard.writeQps)}`),
    )}; mean ${rate(mean)}.`,
    spec: writeQpsSpec(cell, scale.endOf(highestOf(cell))),
  };
}

/** By the writes sent, and by those that succeeded where that is another figure. */
function shareText(cell: Cell, hottest: ShardResult): string {
  const mean = cell.shards.reduce((sum, one) => sum + one.writesSent, 0) / cell.shards.length;
  const sent = ratio(hottest.writesSent / mean);
  const succeeded = ratio(hottest.writeQps / meanWriteQps(cell));
  const beside = sent === succeeded ? '' : ` (${succeeded}× of those that succeeded)`;
  return `shard ${hottest.shard} got ${sent}× the mean${beside}`;
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
        scale: { domain: [0, highest * 1.15], nice: false },
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
      ...(cell.shards.length <= 8 ? [totals(cell)] : []),
    ],
  };
}

/** In a row above all bars, where neither a bar nor the line of the mean crosses them. */
function totals(cell: Cell) {
  const hottest = hottestShard(cell);
  return {
    data: {
      values: cell.shards.map((shard) => ({
        shard: shard.shard,
        label: rate(shard.writeQps),
        weight: shard === hottest ? 'bold' : 'normal',
      })),
    },
    mark: {
      type: 'text' as const,
      baseline: 'top' as const,
      fontSize: 11,
      fontWeight: { expr: 'datum.weight' },
    },
    encoding: {
      x: { field: 'shard', type: 'ordinal' as const },
      y: { value: 0 },
      text: { field: 'label', type: 'nominal' as const },
      color: { value: palette.ink },
    },
  };
}
