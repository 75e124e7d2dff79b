import type { TopLevelSpec } from 'vega-lite';
import type { CapacityDocument, CapacityStrategy } from '../../../result/capacity-document.ts';
import { significant } from '../../../wording/format.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { extent, logTicks } from '../../charts/log-ticks.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { limitText, titleOf } from '../rows.ts';

interface Point {
  readonly shard: number;
  readonly offered: number;
  readonly ms: number;
}

/** Shards are told by their lines; more of them are one grey bundle behind the first that fills. */
export function shardKneeCharts(document: CapacityDocument): ChartGroup {
  const all = document.strategies.flatMap(pointsOf);
  const axes = {
    rates: logTicks(all.map(({ offered }) => offered)),
    times: logTicks(all.map(({ ms }) => ms)),
  };
  return {
    design: 'shard-knee',
    title: titleOfGroup(document),
    legend:
      'Mean response time of each shard’s queries by the rate that the strategy was offered, in ' +
      'the middle of the windows at that rate. The strong line is the shard that slows down ' +
      'first, the faint lines are the others. All axes are logarithmic and the same in all panels.',
    charts: document.strategies.map((strategy) => panel(strategy, document, axes)),
  };
}

/** The middle of the windows of each rate, so that lines do not go to and fro. */
function pointsOf({ steps }: CapacityStrategy): Point[] {
  const byRate = Map.groupBy(steps, ({ rateQps }) => rateQps);
  return [...byRate]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([offered, own]) => {
      const count = own[0]?.shards.length ?? 0;
      return Array.from({ length: count }, (_, shard) => shard).flatMap((shard) => {
        const means = own
          .flatMap(({ shards }) => shards[shard]?.responseMs.mean ?? [])
          .toSorted((a, b) => a - b);
        const ms = means[Math.floor(means.length / 2)];
        return ms === undefined || ms <= 0 ? [] : [{ shard, offered, ms }];
      });
    });
}

function titleOfGroup(document: CapacityDocument): string {
  const limited = document.strategies.flatMap((strategy) => {
    const { limitedBy, shardCount } = strategy;
    if (limitedBy?.kind !== 'shard' || shardCount === 1) return [];
    return [`${titleOf(strategy, document)}: ${limitText(strategy) ?? ''}`];
  });
  return limited.length === 0
    ? 'No shard was seen to slow down first'
    : `Slow down first: ${inWords(limited)}`;
}

interface Axes {
  readonly rates: readonly number[];
  readonly times: readonly number[];
}

function panel(strategy: CapacityStrategy, document: CapacityDocument, axes: Axes): Chart {
  const subject = titleOf(strategy, document);
  const points = pointsOf(strategy);
  const first = strategy.limitedBy?.shard ?? null;
  const highest = Math.max(0, ...points.map(({ offered }) => offered));
  const last = points.filter(({ offered }) => offered === highest);
  const title = first === null ? 'no shard slows down first' : `shard ${first} slows down first`;
  const words = last.map(({ shard, ms }) => `shard ${shard} ${significant(ms)}`);
  return {
    subject,
    title,
    description: `Mean response time at the highest rate, ms: ${inWords(words)}.`,
    spec: points.length === 0 ? null : shardSpec(points, first, axes),
  };
}

function shardSpec(
  points: readonly Point[],
  first: number | null,
  { rates, times }: Axes,
): TopLevelSpec {
  const axis = (ticks: readonly number[]) => ({
    scale: { type: 'log' as const, domain: [...(extent(ticks) ?? [1, 10])], nice: false },
    axis: { values: [...ticks], format: ',~r', labelOverlap: true as const },
  });
  const x = {
    field: 'offered',
    type: 'quantitative' as const,
    title: 'offered, operations a second',
    ...axis(rates),
  };
  const y = {
    field: 'ms',
    type: 'quantitative' as const,
    title: 'mean response, ms',
    ...axis(times),
  };
  return {
    config: chartConfig,
    width: 245,
    height: 130,
    layer: [
      {
        data: { values: points.filter(({ shard }) => shard !== first) },
        mark: { type: 'line', strokeWidth: 1, opacity: 0.6 },
        encoding: {
          x,
          y,
          detail: { field: 'shard', type: 'nominal' },
          color: { value: palette.faint },
        },
      },
      {
        data: { values: points.filter(({ shard }) => shard === first) },
        mark: {
          type: 'line',
          strokeWidth: 2.5,
          point: { filled: true, size: 40, color: palette.accent },
        },
        encoding: { x, y, color: { value: palette.accent } },
      },
    ],
  };
}
