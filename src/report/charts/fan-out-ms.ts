import type { TopLevelSpec } from 'vega-lite';
import { isValid, verdictWord } from '../../result/cells.ts';
import type { Cell, ResponseDistribution, RunResult } from '../../result/types.ts';
import { fanOutBound } from '../fan-out-bound.ts';
import { ratio, significant } from '../../wording/format.ts';
import { name } from '../text.ts';
import { type ChartGroup, inWords } from './chart.ts';
import { labelsOf } from './labels.ts';
import { logTicks } from './log-ticks.ts';
import { chartConfig, palette, percentileShapes } from './palette.ts';

const percentiles = ['p50', 'p95', 'p99'] as const;
const kinds = ['one shard', 'all shards'] as const;

/** Cells in which some operations asked one shard and some all of them. */
function comparable({ cells }: RunResult): readonly Cell[] {
  return cells.filter(
    ({ shardCount, fanOut }) =>
      shardCount > 1 &&
      fanOut !== null &&
      fanOut.singleShardMs.count > 0 &&
      fanOut.scatterMs.count > 0,
  );
}

/** Response time of operations that ask one shard against those that ask all, by strategy. */
export function fanOutMsCharts(result: RunResult): ChartGroup {
  const cells = comparable(result);
  const subject = 'all strategies';
  const none = 'no strategy has operations on one shard and operations on all';
  const drawable = cells.some((cell) => pointsOf(cell, 0).length > 0);
  return {
    design: 'fan-out-ms',
    title: titleOf(cells, fanOutBound(result)),
    legend:
      'Response time of whole operations, by the number of shards they ask. An operation on all ' +
      'shards ends with the slowest of them.' +
      (fanOutBound(result) === ''
        ? ''
        : ' Shards on one machine are often slow at the same time, and no network lies ' +
          'between: on machines of their own, asking all shards costs more than is shown ' +
          'here.'),
    charts: [
      drawable
        ? {
            subject,
            title: 'by strategy, in the order of the scenario',
            description: `Response time, ms: ${inWords(cells.map(cellInWords))}.`,
            spec: fanOutMsSpec(cells),
          }
        : { subject, title: none, description: none, spec: null },
    ],
  };
}

/** Times within this factor are no difference worth the name. */
const aboutAsLong = 1.15;

function titleOf(cells: readonly Cell[], bound: string): string {
  const ratios = cells
    .filter(isValid)
    .flatMap(({ strategy, fanOut }) => {
      const single = fanOut?.singleShardMs.p50 ?? null;
      const scatter = fanOut?.scatterMs.p50 ?? null;
      return single === null || scatter === null || single === 0
        ? []
        : [{ strategy, times: scatter / single }];
    })
    .toSorted((a, b) => a.times - b.times);
  const least = ratios.at(0);
  const most = ratios.at(-1);
  if (least === undefined || most === undefined) {
    return 'What asking all shards costs: no valid cell has both kinds of operations';
  }
  const beside = bound === '' ? '' : ` (${bound})`;
  const start = 'At the median, operations on all shards take';
  const alike = least.times > 1 / aboutAsLong && most.times < aboutAsLong;
  const about = alike ? ' about as long as those on one:' : '';
  const end = (alike ? '' : ' as long as those on one') + beside;
  if (ratio(least.times) === ratio(most.times)) {
    return `${start}${about} ${ratio(most.times)}×${end}`;
  }
  return (
    `${start}${about} ${ratio(least.times)}× (${name(least.strategy)}) to ${ratio(most.times)}× ` +
    `(${name(most.strategy)})${end}`
  );
}

function cellInWords({ strategy, fanOut }: Cell): string {
  const words = (distribution: ResponseDistribution | undefined) =>
    percentiles
      .map((one) => {
        const ms = distribution?.[one] ?? null;
        return `${one} ${ms === null ? 'not known' : significant(ms)}`;
      })
      .join(' ');
  return (
    `${name(strategy)}: one shard ${words(fanOut?.singleShardMs)}, all ` + words(fanOut?.scatterMs)
  );
}

interface Point {
  readonly row: number;
  readonly kind: string;
  readonly percentile: string;
  readonly ms: number;
}

function pointsOf({ fanOut }: Cell, row: number): Point[] {
  if (fanOut === null) return [];
  return kinds.flatMap((kind) =>
    percentiles.flatMap((percentile) => {
      const ms = (kind === 'one shard' ? fanOut.singleShardMs : fanOut.scatterMs)[percentile];
      return ms === null || ms <= 0 ? [] : [{ row, kind, percentile, ms }];
    }),
  );
}

const plotWidth = 300;

/** Two lines of points a strategy, one shard above all shards; x is ms on a log scale. */
export function fanOutMsSpec(cells: readonly Cell[]): TopLevelSpec {
  const points = cells.flatMap(pointsOf);
  const ticks = logTicks(points.map(({ ms }) => ms));
  const labels = labelsOf(cells.map(labelOf), plotWidth);
  const y = { field: 'row', type: 'ordinal' as const, axis: null };
  const color = {
    field: 'kind',
    type: 'nominal' as const,
    scale: { domain: [...kinds], range: [palette.series, palette.accent] },
    legend: { orient: 'top' as const, title: null, symbolType: 'stroke', symbolStrokeWidth: 3 },
  };
  const layers = kinds.flatMap((kind, index) => layersOf(kind, 4 + index * 11, ticks, color));
  return {
    config: chartConfig,
    width: plotWidth,
    height: { step: 46 },
    data: { values: points },
    encoding: { y },
    layer: [
      ...layers,
      {
        data: { values: labels.map((label, row) => ({ row, label })) },
        mark: { type: 'text', align: 'left', dy: -12, fontSize: 11 },
        encoding: {
          x: { value: 0 },
          text: { field: 'label', type: 'nominal' },
          color: { value: palette.ink },
        },
      },
    ],
  };
}

const labelOf = (cell: Cell) => `${cell.strategy}${isValid(cell) ? '' : ` (${verdictWord(cell)})`}`;

function layersOf(kind: string, yOffset: number, ticks: readonly number[], color: object) {
  const filter = { filter: `datum.kind === '${kind}'` };
  const scale = {
    type: 'log' as const,
    domain: [ticks.at(0) ?? 1, ticks.at(-1) ?? 10],
    nice: false,
  };
  const axis = { values: [...ticks], format: '~g' };
  const title = 'response time, ms (log)';
  return [
    {
      transform: [filter],
      mark: { type: 'rule' as const, strokeWidth: 2, yOffset, y2Offset: yOffset },
      encoding: {
        x: { aggregate: 'min' as const, field: 'ms', type: 'quantitative' as const, title },
        x2: { aggregate: 'max' as const, field: 'ms' },
        color,
      },
    },
    {
      transform: [filter],
      mark: { type: 'point' as const, filled: true, size: 50, opacity: 1, yOffset },
      encoding: {
        x: { field: 'ms', type: 'quantitative' as const, title, scale, axis },
        shape: {
          field: 'percentile',
          type: 'nominal' as const,
          scale: { domain: [...percentiles], range: [...percentileShapes] },
          legend: { orient: 'top' as const, title: null, symbolFillColor: palette.ink },
        },
        color,
      },
    },
  ];
}
