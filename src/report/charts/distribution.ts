import type { TopLevelSpec } from 'vega-lite';
import { isValid, verdictWord } from '../../result/cells.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { integer, significant } from '../../wording/format.ts';
import { name } from '../text.ts';
import { type Chart, type ChartGroup, inWords } from './chart.ts';
import { drawnCells } from './drawn-cells.ts';
import { extent, logTicks } from './log-ticks.ts';
import { chartConfig, palette } from './palette.ts';
import type { CellDistribution, Quantile } from '../../result/quantiles.ts';

export type Distributions = ReadonlyMap<Cell, CellDistribution>;

/** The whole distribution of response times on an axis of percentiles, a panel a strategy. */
export function distributionCharts(result: RunResult, known: Distributions): ChartGroup {
  const drawn = drawnCells(result, result.cells, false);
  const all = [...known.values()].map(({ quantiles }) => quantiles);
  const scales: Scales = {
    ticks: logTicks(all.flat().map(({ ms }) => ms)),
    deepest: Math.max(0.9, ...all.flat().map(({ fraction }) => fraction)),
    range: rangeOf(all),
  };
  return {
    design: 'distribution',
    title: titleOf(known),
    legend:
      'Response time of shard queries, all shards of a strategy merged; each step to the ' +
      'right is ten times rarer. The grey area reaches from the fastest to the slowest ' +
      'strategy. A line ends where fewer than 10 samples are slower, or where failures ' +
      `begin. ${noRanking(result)}` +
      drawn.note,
    charts: drawn.cells.map((cell) => panel(cell, known.get(cell), scales)),
  };
}

const noRanking = ({ comparison }: RunResult): string =>
  comparison === undefined
    ? 'One run cannot tell a difference from noise, so that this is no ranking.'
    : 'This is no ranking: what repeats tell of differences stands in a section of its own.';

interface Range {
  readonly fraction: number;
  readonly low: number;
  readonly high: number;
}

interface Scales {
  readonly ticks: readonly number[];
  readonly deepest: number;
  readonly range: readonly Range[];
}

/** Least and greatest ms of all strategies at each percentile; nothing to compare for one. */
function rangeOf(all: readonly (readonly Quantile[])[]): readonly Range[] {
  if (all.length < 2) return [];
  return [...Map.groupBy(all.flat(), ({ fraction }) => fraction)]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([fraction, own]) => {
      const bounds = extent(own.map(({ ms }) => ms));
      return bounds === null ? [] : [{ fraction, low: bounds[0], high: bounds[1] }];
    });
}

function titleOf(known: Distributions): string {
  const tails = [...known]
    .filter(([cell]) => isValid(cell))
    .flatMap(([{ strategy }, { at }]) => {
      const p50 = at(0.5);
      const p99 = at(0.99);
      return p50 === null || p99 === null || p50 === 0 ? [] : [{ strategy, tail: p99 / p50 }];
    })
    .toSorted((a, b) => a.tail - b.tail);
  const least = tails.at(0);
  const most = tails.at(-1);
  if (least === undefined || most === undefined) {
    return 'How response times spread: no valid cell has enough samples for p99';
  }
  if (least === most)
    return `The slowest 1 % of shard queries take ${significant(most.tail)}× the median`;
  return (
    `The slowest 1 % of shard queries take at least ${significant(least.tail)}× ` +
    `(${name(least.strategy)}) to ${significant(most.tail)}× (${name(most.strategy)}) the median`
  );
}

function panel(cell: Cell, distribution: CellDistribution | undefined, scales: Scales): Chart {
  const subject = name(cell.strategy);
  if (distribution === undefined || distribution.quantiles.length === 0) {
    const title = cell.status === 'ok' ? 'no histograms' : `nothing measured: ${cell.status}`;
    return { subject, title, description: title, spec: null };
  }
  const { at, quantiles, count } = distribution;
  const parts = [0.5, 0.99, 0.999].flatMap((fraction) => {
    const ms = at(fraction);
    return ms === null ? [] : [`p${fractionText(fraction)} ${significant(ms)} ms`];
  });
  const word = isValid(cell) ? '' : ` (${verdictWord(cell)})`;
  return {
    subject,
    title: `${parts.length === 0 ? 'too few samples' : parts.join(', ')}${word}`,
    description: `${integer(count)} shard queries: ${inWords(
      quantiles
        .filter(({ fraction }) => worded.has(fraction))
        .map(({ fraction, ms }) => `p${fractionText(fraction)} ${significant(ms)} ms`),
    )}.`,
    spec: distributionSpec(quantiles, scales),
  };
}

const worded = new Set([0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999]);

const fractionText = (fraction: number) => String(Number((fraction * 100).toPrecision(6)));

/** p0, p50, p90, ... stand where 1 / (1 - p) is 1, 2, 10, ... */
const rareness = (fraction: number) => Number((1 / (1 - fraction)).toPrecision(6));

const labelExpression =
  "datum.value < 1.5 ? 'p0' : datum.value < 5 ? 'p50' : 'p' + " +
  "format(100 - 100 / datum.value, '~f')";

/** The strategy's line over the range of all; x is 1 / (1 - p), both axes are logarithmic. */
export function distributionSpec(quantiles: readonly Quantile[], scales: Scales): TopLevelSpec {
  const { ticks, deepest } = scales;
  const right = rareness(deepest);
  const x = {
    field: 'rareness',
    type: 'quantitative' as const,
    title: 'percentile',
    scale: { type: 'log' as const, domain: [1, right], nice: false },
    axis: {
      values: [1, 2, 10, 100, 1000, 10_000].filter((value) => value <= right),
      labelExpr: labelExpression,
      labelFlush: false,
    },
  };
  const y = {
    type: 'quantitative' as const,
    title: 'response time, ms (log)',
    scale: { type: 'log' as const, domain: [ticks.at(0) ?? 1, ticks.at(-1) ?? 10], nice: false },
    axis: { values: [...ticks], format: '~g' },
  };
  const range = scales.range.map((one) => ({ ...one, rareness: rareness(one.fraction) }));
  return {
    config: chartConfig,
    width: 270,
    height: 150,
    layer: [
      ...(range.length === 0 ? [] : [areaLayer(range, x, y)]),
      {
        data: {
          values: quantiles.map(({ fraction, ms }) => ({ rareness: rareness(fraction), ms })),
        },
        mark: { type: 'line' as const, strokeWidth: 2 },
        encoding: { x, y: { field: 'ms', ...y }, color: { value: palette.series } },
      },
    ],
  };
}

function areaLayer(range: readonly object[], x: object, y: object) {
  return {
    data: { values: [...range] },
    mark: { type: 'area' as const, opacity: 0.25 },
    encoding: {
      x,
      y: { field: 'low', ...y },
      y2: { field: 'high' },
      color: { value: palette.faint },
    },
  };
}
