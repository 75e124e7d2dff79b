import type { TopLevelSpec } from 'vega-lite';
import { isValid, verdictWord } from '../../result/cells.ts';
import { type Percentile, whyMissing } from '../../result/percentile.ts';
import type { Cell, RunResult, ShardResult } from '../../result/types.ts';
import { ratio, significant } from '../number.ts';
import { name } from '../text.ts';
import { type Chart, type ChartGroup, inWords } from './chart.ts';
import { chartConfig, palette } from './palette.ts';

const percentiles = ['p50', 'p95', 'p99'] as const;

/** p50, p95 and p99 of the response time by shard, a panel for each strategy, one log scale. */
export function responseMsCharts(result: RunResult): ChartGroup {
  const domain = logDomain(result.cells.flatMap((cell) => pointsOf(cell).map((p) => p.ms)));
  return {
    title: groupTitle(result.cells),
    legend:
      'Response time from the intended start, by shard, on one logarithmic scale. Noise was not ' +
      'checked, so these are no ranks. A percentile that the sample is too small for is left out.',
    charts: result.cells.map((cell) => panel(cell, domain)),
  };
}

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

/** Powers of ten and their 2 and 5 around the values, at least a decade. */
function logDomain(values: readonly number[]): readonly number[] {
  if (values.length === 0) return [1, 10];
  const ticks = Array.from({ length: 11 }, (_, index) => 10 ** (index - 4)).flatMap((decade) =>
    [1, 2, 5].map((digit) => Number((digit * decade).toPrecision(1))),
  );
  const low = Math.max(
    0,
    ticks.findLastIndex((tick) => tick <= Math.min(...values)),
  );
  const high = ticks.findIndex((tick) => tick >= Math.max(...values));
  return ticks.slice(low, Math.max(high === -1 ? ticks.length : high + 1, low + 4));
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

function panel(cell: Cell, domain: readonly number[]): Chart {
  const subject = name(cell.strategy);
  const points = pointsOf(cell);
  if (points.length === 0) {
    const title =
      cell.status === 'ok'
        ? `no percentiles: ${missingReason(cell, 'p50')}`
        : `nothing measured: ${cell.status}`;
    return { subject, title, description: title, spec: null };
  }
  return {
    subject,
    title: panelTitle(cell),
    description: `Response time, ms: ${inWords(cell.shards.map(shardInWords))}.`,
    spec: responseMsSpec(cell, domain),
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

const shapes = ['circle', 'triangle-up', 'square'];
const colours = [palette.series, palette.third, palette.accent];

/** Points by shard and percentile; `ticks` (ms) are the axis, first to last. */
export function responseMsSpec(cell: Cell, ticks: readonly number[]): TopLevelSpec {
  const x = { field: 'shard', type: 'ordinal' as const, title: 'shard', axis: { labelAngle: 0 } };
  const scale = {
    type: 'log' as const,
    domain: [ticks.at(0) ?? 1, ticks.at(-1) ?? 10],
    nice: false,
  };
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
      {
        mark: { type: 'point', filled: true, size: 55, opacity: 1 },
        encoding: {
          y: {
            field: 'ms',
            type: 'quantitative',
            title: 'response time, ms (log)',
            scale,
            axis: { values: [...ticks], format: '~g' },
          },
          shape: {
            field: 'percentile',
            scale: { domain: [...percentiles], range: shapes },
            legend: { orient: 'top', title: null },
          },
          color: { field: 'percentile', scale: { domain: [...percentiles], range: colours } },
        },
      },
    ],
  };
}
