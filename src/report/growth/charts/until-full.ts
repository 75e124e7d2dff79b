import type { TopLevelSpec } from 'vega-lite';
import type { CapacityRow, GrowthDocument } from '../../../result/growth-document.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { name } from '../../text.ts';
import { knownMonths, monthsRange } from '../amounts.ts';
import { capacityOf, leadStrategy, strategiesOf } from '../rows.ts';
import { counted } from '../../../wording/format.ts';

const panelsMost = 12;

/** Months until the first shard is full, by count: a panel for each strategy. */
export function untilFullCharts(
  document: GrowthDocument,
  strategies: readonly string[] = strategiesOf(document),
): ChartGroup {
  const drawn = strategies
    .slice(0, panelsMost)
    .map((one) => [one, capacityOf(document, one)] as const);
  const farthest = farthestOf(drawn.flatMap(([, rows]) => rows));
  const more = strategies.length - drawn.length;
  const note = more === 0 ? '' : ` ${more} more strategies are only in the table.`;
  return {
    design: 'months-to-full',
    title: titleOf(capacityOf(document, leadStrategy(document))),
    legend:
      'Months from now until the first shard is full. The dot is the middle of the ' +
      'futures, and the bar is the range of 8 of 10 futures. If the router has a hash, the ' +
      'thin line is the range of 9 of 10 placements with the middle trend. Months beyond ' +
      `the end of the axis are shown at its end.${note}`,
    charts: drawn.map(([strategy, rows]) => panel(strategy, rows, farthest)),
  };
}

/** The axis ends where the latest known month stands. */
function farthestOf(rows: readonly CapacityRow[]): number {
  const known = rows.flatMap((row) => {
    const found = knownMonths(row, row.monthsToFull);
    if (found === null) return [];
    const latest = row.placements?.monthsToFull?.p95 ?? 0;
    return [found.p10, found.p50, found.p90, latest].map((month) => month ?? row.horizonMonths);
  });
  return Math.max(1, ...known);
}

function titleOf(rows: readonly CapacityRow[]): string {
  const first = rows.at(0);
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return 'No month is known';
  if (rows.every((row) => knownMonths(row, row.monthsToFull) === null)) {
    return 'How long the shards last needs a measured capacity';
  }
  return (
    `${first.shardCount} shards last ${words(first)}, ${last.shardCount} last ${words(last)}` +
    (first.strategy === null ? '' : ` (${name(first.strategy)})`)
  );
}

function words(row: CapacityRow): string {
  const known = knownMonths(row, row.monthsToFull);
  if (known === null) return 'an unknown time';
  return known.p50 === 0 ? 'no longer' : `${monthsRange(row, row.monthsToFull)} months`;
}

function panel(strategy: string, rows: readonly CapacityRow[], farthest: number): Chart {
  const subject = name(strategy);
  if (rows.length === 0) {
    const none = 'no count of shards can be built';
    return { subject, title: none, description: none, spec: null };
  }
  const [first] = rows;
  return {
    subject,
    title: first === undefined ? '' : `${counted(first.shardCount, 'shard')}: ${words(first)}`,
    description: `Months until the first shard is full, p50 (p10 to p90): ${inWords(
      rows.map(
        (row) => `${counted(row.shardCount, 'shard')} ${monthsRange(row, row.monthsToFull)}`,
      ),
    )}.`,
    spec: rows.some((row) => knownMonths(row, row.monthsToFull) !== null)
      ? untilFullSpec(rows, farthest)
      : null,
  };
}

function untilFullSpec(rows: readonly CapacityRow[], farthest: number): TopLevelSpec {
  const values = rows.flatMap((row) => {
    const known = knownMonths(row, row.monthsToFull);
    if (known === null) return [];
    const { shardCount: shards, horizonMonths: latest } = row;
    const { p10, p50, p90 } = known;
    const band = row.placements?.monthsToFull ?? { p5: p50, p95: p50 };
    return [
      {
        shards,
        low: p10 ?? latest,
        mid: p50 ?? latest,
        high: p90 ?? latest,
        lowPlaced: band.p5 ?? latest,
        highPlaced: band.p95 ?? latest,
      },
    ];
  });
  const x = {
    type: 'quantitative' as const,
    title: 'months until the first shard is full',
    scale: { domain: [0, farthest], nice: false },
    axis: { tickCount: 5 },
  };
  const y = {
    field: 'shards',
    type: 'ordinal' as const,
    title: 'shards',
    sort: null,
  };
  return {
    config: chartConfig,
    width: 285,
    height: { step: 28 },
    data: { values },
    layer: [
      {
        mark: { type: 'bar', height: 9, cornerRadius: 4, opacity: 0.5, minBandSize: 2 },
        encoding: {
          y,
          x: { field: 'low', ...x },
          x2: { field: 'high' },
          color: { value: palette.series },
        },
      },
      {
        mark: { type: 'rule', strokeWidth: 1.5 },
        encoding: {
          y,
          x: { field: 'lowPlaced', ...x },
          x2: { field: 'highPlaced' },
          color: { value: palette.ink },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 55, opacity: 1 },
        encoding: { y, x: { field: 'mid', ...x }, color: { value: palette.accent } },
      },
    ],
  };
}
