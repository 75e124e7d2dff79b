import type { TopLevelSpec } from 'vega-lite';
import { isValid, verdictWord } from '../../result/cells.ts';
import { type Percentile, whyMissing } from '../../result/percentile.ts';
import type { Cell, RunResult, ShardResult } from '../../result/types.ts';
import { ratio, significant } from '../../wording/format.ts';
import { name } from '../text.ts';
import { type Chart, type ChartGroup, inWords } from './chart.ts';
import { sharedScale, type SharedScale, flattens } from './shared-scale.ts';
import { drawnCells } from './drawn-cells.ts';
import { logTicks } from './log-ticks.ts';
import { chartConfig, palette, percentileShapes } from './palette.ts';

const percentiles = ['p50', 'p95', 'p99'] as const;

/** p50, p95 and p99 of the response time by shard, a panel for each strategy, one log scale. */
export function responseMsCharts(result: RunResult): ChartGroup {
  const drawn = drawnCells(result, result.cells, true);
  const scale = sharedScale(drawn.cells.map(highestMs), flattens.logarithmic);
  return {
    design: 'response-ms',
    title: groupTitle(result.cells),
    legend:
      `Response time of each shard’s queries from the intended start, logarithmic. ${scale.note} ` +
      'The short line across a shard is the mean p99 of the other shards. A percentile ' +
      'is left out where there are too few samples for it.' +
      drawn.note,
    charts: drawn.cells.map((cell) => {
      const alike = drawn.cells.filter((one) => shareScale(cell, one, scale));
      return panel(cell, logTicks(alike.flatMap(msOf)), scale.wordFor(highestMs(cell)));
    }),
  };
}

const msOf = (cell: Cell) => pointsOf(cell).map(({ ms }) => ms);
const highestMs = (cell: Cell) => Math.max(0, ...msOf(cell));

/** A panel of the shared scale shares it with all others of it, one of its own with none. */
const shareScale = (cell: Cell, other: Cell, { wordFor }: SharedScale): boolean =>
  cell === other || (wordFor(highestMs(cell)) === '' && wordFor(highestMs(other)) === '');

interface Point {
  readonly shard: number;
  readonly percentile: string;
  readonly ms: number;
}

function pointsOf(cell: Cell): Point[] {
  return cell.shards.flatMap((shard) =>
    percentiles.flatMap((percentile) => {
      const ms = shard.responseMs[percentile];
      return ms === null || ms <= 0 ? [] : [{ shard: shard.shard, percentile, ms }];
    }),
  );
}

/**
 * Mean p99 (ms) of the other shards, for each shard of the cell that has others; the alarm compares
 * with it. Percentiles of different shards: a reference, not the percentile of anything.
 */
export function othersMsP99(cell: Cell): ReadonlyMap<number, number> {
  const known = cell.shards.flatMap(({ shard, responseMs: { p99 } }) =>
    p99 === null ? [] : [{ shard, p99 }],
  );
  if (known.length < 2) return new Map();
  const sum = known.reduce((total, { p99 }) => total + p99, 0);
  return new Map(known.map(({ shard, p99 }) => [shard, (sum - p99) / (known.length - 1)]));
}

function groupTitle(cells: readonly Cell[]): string {
  const spreads = cells.filter(isValid).flatMap((cell) => {
    const p99s = cell.shards.flatMap((shard) => shard.responseMs.p99 ?? []);
    const spread = Math.max(...p99s) / Math.min(...p99s);
    return p99s.length > 1 ? [{ strategy: cell.strategy, spread }] : [];
  });
  const most = spreads.toSorted((a, b) => b.spread - a.spread).at(0);
  if (most === undefined) return 'Response time by shard: no valid cell has p99 of several shards';
  return `Within a strategy p99 differs between shards by up to ${ratio(most.spread)}× (${name(
    most.strategy,
  )})`;
}

function panel(cell: Cell, ticks: readonly number[], own: string): Chart {
  const subject = name(cell.strategy);
  if (pointsOf(cell).length === 0) {
    const title =
      cell.status === 'ok'
        ? `no percentiles: ${missingReason(cell, 'p50')}`
        : `nothing measured: ${cell.status}`;
    return { subject, title, description: title, spec: null };
  }
  return {
    subject,
    title: `${panelTitle(cell)}${own}`,
    description: `Response time, ms: ${inWords(cell.shards.map(shardInWords))}.`,
    spec: responseMsSpec(cell, ticks),
  };
}

function missingReason(cell: Cell, percentile: Percentile): string {
  const [shard] = cell.shards;
  const reason = shard === undefined ? 'no shards' : whyMissing(shard.responseMs, percentile);
  return reason ?? 'it is zero';
}

function panelTitle(cell: Cell): string {
  const word = isValid(cell) ? '' : ` (${verdictWord(cell)})`;
  const known = cell.shards
    .flatMap(({ shard, responseMs: { p99 } }) => (p99 === null ? [] : [{ shard, p99 }]))
    .toSorted((a, b) => a.p99 - b.p99);
  const least = known.at(0);
  const most = known.at(-1);
  if (least === undefined || most === undefined)
    return `no p99: ${missingReason(cell, 'p99')}${word}`;
  const missing = cell.shards.length - known.length;
  const without = missing === 0 ? '' : `, ${missing} of ${cell.shards.length} shards without`;
  if (least === most) return `p99 ${significant(most.p99)} ms${without}${word}`;
  return (
    `p99 from ${significant(least.p99)} ms (shard ${least.shard}) to ` +
    `${significant(most.p99)} ms (shard ${most.shard})${without}${word}`
  );
}

function shardInWords({ shard, responseMs }: ShardResult): string {
  const parts = percentiles.map((percentile) => {
    const ms = responseMs[percentile];
    return `${percentile} ${ms === null ? 'not known' : significant(ms)}`;
  });
  return `shard ${shard} ${parts.join(' ')}`;
}

const colours = [palette.series, palette.third, palette.accent];

/** Points by shard and percentile; `ticks` (ms) are the axis, first to last. */
export function responseMsSpec(cell: Cell, ticks: readonly number[]): TopLevelSpec {
  const x = {
    field: 'shard',
    type: 'ordinal' as const,
    title: 'shard',
    axis: { labelAngle: 0, labelOverlap: true },
  };
  const others = [...othersMsP99(cell)].map(([shard, othersMs]) => ({ shard, othersMs }));
  return {
    config: chartConfig,
    width: 270,
    height: 150,
    data: { values: pointsOf(cell) },
    encoding: { x },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 1 },
        encoding: {
          y: { aggregate: 'min', field: 'ms', type: 'quantitative' },
          y2: { aggregate: 'max', field: 'ms' },
          color: { value: palette.faint },
        },
      },
      ...(others.length === 0 ? [] : [othersLayer(others)]),
      {
        mark: { type: 'point', filled: true, size: cell.shards.length > 16 ? 25 : 55, opacity: 1 },
        encoding: {
          y: {
            field: 'ms',
            type: 'quantitative',
            title: 'response time, ms (log)',
            scale: { type: 'log', domain: [ticks.at(0) ?? 1, ticks.at(-1) ?? 10], nice: false },
            axis: { values: [...ticks], format: '~g' },
          },
          shape: {
            field: 'percentile',
            scale: { domain: [...percentiles], range: [...percentileShapes] },
            legend: { orient: 'top', title: null },
          },
          color: { field: 'percentile', scale: { domain: [...percentiles], range: colours } },
        },
      },
    ],
  };
}

function othersLayer(others: readonly { readonly shard: number; readonly othersMs: number }[]) {
  return {
    data: { values: [...others] },
    mark: {
      type: 'tick' as const,
      orient: 'horizontal' as const,
      thickness: 1.5,
      size: Math.min(26, 240 / others.length),
    },
    encoding: {
      x: { field: 'shard', type: 'ordinal' as const },
      y: { field: 'othersMs', type: 'quantitative' as const },
      color: { value: palette.ink },
    },
  };
}
