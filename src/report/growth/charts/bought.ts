import type { TopLevelSpec } from 'vega-lite';
import type { CapacityRow, GrowthDocument } from '../../../result/growth-document.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { counted, ratio, times } from '../../../wording/format.ts';
import { name } from '../../text.ts';
import { capacityOf, strategiesOf } from '../rows.ts';
import { intervalLayer, labelLayer, shardsAxis } from './bar-layers.ts';

const panelsMost = 12;

/** How many databases' work each count does, and where the rest goes: a panel for each strategy. */
export function boughtCharts(document: GrowthDocument): ChartGroup {
  const strategies = strategiesOf(document);
  const drawn = strategies.slice(0, panelsMost);
  const more = strategies.length - drawn.length;
  const note = more === 0 ? '' : ` ${more} more strategies are only in the table.`;
  return {
    design: 'work-bought',
    title: titleOf(document),
    legend:
      'The height of each bar is its number of shards. The lowest part is the work that ' +
      'the shards do, as a number of databases that hold everything; this number is also ' +
      'above the bar. The other parts are lost: to operations that several shards must ' +
      'answer, and to skew, because the fullest shard is fuller than the mean. The thin ' +
      `line is the range of 9 of 10 placements.${note}`,
    charts: drawn.map((strategy) => panel(strategy, capacityOf(document, strategy))),
  };
}

function titleOf(document: GrowthDocument): string {
  const rows = strategiesOf(document).flatMap((strategy) => capacityOf(document, strategy));
  const most = Math.max(0, ...rows.map(({ shardCount }) => shardCount));
  const largest = rows
    .filter(({ shardCount }) => shardCount === most)
    .toSorted((a, b) => a.effectiveShards - b.effectiveShards);
  const [least] = largest;
  const best = largest.at(-1);
  if (least === undefined || best === undefined) return 'No capacity is known';
  const isDrawn = largest.some(({ placements }) => placements);
  const low = times(Math.min(...largest.map((row) => bandOf(row).p5)));
  const high = times(Math.max(...largest.map((row) => bandOf(row).p95)));
  if (low === high) return `${most} shards do the work of ${low.slice(0, -1)}`;
  const range = (from: string, to: string): string =>
    `${most} shards do the work of ${low.slice(0, -1)}${from} to ${high.slice(0, -1)}${to}`;
  // Which of two routers with a hash is the better one is decided by the salt.
  return isDrawn
    ? range('', '')
    : range(` (${name(least.strategy ?? '')})`, ` (${name(best.strategy ?? '')})`);
}

/** Over placements; one placement is a band of no width. */
function bandOf({ placements, effectiveShards: only }: CapacityRow) {
  return placements?.effectiveShards ?? { p5: only, p95: only };
}

interface Parts {
  readonly done: number;
  readonly spread: number;
  readonly skew: number;
}

/** The parts of the number of shards: work done, lost to fan-out, lost to skew. */
export function partsOf({ shardCount, effectiveShards, hottest }: CapacityRow): Parts {
  const even = hottest.evenKeyedWork + hottest.scatterWork;
  const withoutSkew = Math.min(shardCount, even > 0 ? 1 / even : shardCount);
  return {
    done: effectiveShards,
    spread: Math.max(0, shardCount - Math.max(withoutSkew, effectiveShards)),
    skew: Math.max(0, withoutSkew - effectiveShards),
  };
}

function panel(strategy: string, rows: readonly CapacityRow[]): Chart {
  const subject = name(strategy);
  const last = rows.at(-1);
  if (last === undefined) {
    const none = 'no count of shards can be built';
    return { subject, title: none, description: none, spec: null };
  }
  return {
    subject,
    title: `${last.shardCount} shards do the work of ${times(last.effectiveShards).slice(0, -1)}`,
    description: `Work done, in databases: ${inWords(
      rows.map((row) => {
        const { done, spread, skew } = partsOf(row);
        return (
          `${counted(row.shardCount, 'shard')} ${ratio(done)} (lost to several shards ` +
          `${ratio(spread)}, to skew ${ratio(skew)})`
        );
      }),
    )}.`,
    spec: boughtSpec(rows),
  };
}

const parts = [
  { field: 'done', label: 'work done', colour: palette.series },
  { field: 'skew', label: 'lost to skew', colour: palette.accent },
  { field: 'spread', label: 'lost to several shards', colour: palette.grid },
] as const;

function boughtSpec(rows: readonly CapacityRow[]): TopLevelSpec {
  const values = rows.flatMap((row) => {
    const own = partsOf(row);
    return parts.map(({ field, label }, order) => ({
      shards: row.shardCount,
      part: label,
      order,
      databases: own[field],
    }));
  });
  const most = Math.max(...rows.map(({ shardCount }) => shardCount));
  const intervals = rows.map((row) => {
    const { p5: low, p95: high } = bandOf(row);
    return { shards: row.shardCount, low, high };
  });
  const labels = rows.map(({ shardCount, effectiveShards }) => ({
    shards: shardCount,
    top: shardCount,
    label: times(effectiveShards),
  }));
  const x = shardsAxis('shards');
  return {
    config: chartConfig,
    width: 270,
    height: 150,
    data: { values },
    layer: [
      {
        mark: { type: 'bar', width: { band: 0.7 }, stroke: palette.faint, strokeWidth: 0.5 },
        encoding: {
          x,
          y: {
            field: 'databases',
            type: 'quantitative',
            stack: 'zero',
            title: 'databases’ work',
            scale: { domain: [0, most * 1.12] },
            axis: { tickCount: 4 },
          },
          order: { field: 'order', type: 'quantitative' },
          color: {
            field: 'part',
            type: 'nominal',
            scale: {
              domain: parts.map(({ label }) => label),
              range: parts.map(({ colour }) => colour),
            },
            legend: { orient: 'top', title: null, columns: 2, labelLimit: 0 },
          },
        },
      },
      intervalLayer(x, intervals),
      labelLayer(x, 'top', labels),
    ],
  };
}
