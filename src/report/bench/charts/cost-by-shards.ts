import type { TopLevelSpec } from 'vega-lite';
import type { BenchDocument } from '../../../result/bench-document.ts';
import { type Chart, type ChartGroup, inWords } from '../../charts/chart.ts';
import { extent, logTicks } from '../../charts/log-ticks.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { integer, twoDigits } from '../../../wording/format.ts';
import { comparedNs, type RouterRows, routersOf, titleOf } from '../rows.ts';

interface Point {
  readonly router: string;
  readonly shards: number;
  readonly ns: number;
}

/**
 * Cost of a look-up against the number of shards, both logarithmic: a panel for each router, its
 * line before those of all others, which say where among them it stands.
 */
export function costByShardsCharts(document: BenchDocument): ChartGroup {
  const routers = routersOf(document).filter(({ measured }) => measured.length > 0);
  const points = routers.flatMap(pointsOf);
  return {
    design: 'cost-by-shards',
    title: titleOfGroup(routers),
    legend:
      'Nanoseconds of one look-up with the hash of the key (median of batches) by the number ' +
      'of shards. The strong line is this router; the faint lines are all others. Both axes are ' +
      'logarithmic, and all panels have the same scale.',
    charts: routers.map((router) => panel(router, points, document.shardCounts)),
  };
}

const pointsOf = ({ router, measured }: RouterRows): Point[] =>
  measured.flatMap(({ shardCount, hotPath }) => {
    const times = comparedNs(hotPath);
    return times === null ? [] : [{ router, shards: shardCount, ns: times.p50 }];
  });

/** How often larger the cost at the most shards is than at the fewest. */
function growthOf(router: RouterRows): number | null {
  const points = pointsOf(router);
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  return last.ns / first.ns;
}

function titleOfGroup(routers: readonly RouterRows[]): string {
  const growths = routers.flatMap((router) => growthOf(router) ?? []);
  if (growths.length === 0) return 'Only one number of shards was measured, so growth is not known';
  const flat = growths.filter((growth) => growth <= 2).length;
  return (
    `With the most shards a look-up of ${flat} of ${growths.length} routers costs at most twice ` +
    'what it costs with the fewest'
  );
}

function panel(router: RouterRows, all: readonly Point[], counts: readonly number[]): Chart {
  const own = pointsOf(router);
  const [first] = own;
  const last = own.at(-1);
  const words = ({ shards, ns }: Point): string => `${twoDigits(ns)} ns on ${integer(shards)}`;
  const title =
    first === undefined || last === undefined
      ? 'no look-up was measured'
      : first === last
        ? words(first)
        : `${words(first)}, ${words(last)} shards`;
  return {
    subject: titleOf(router),
    title,
    description: `Nanoseconds of a look-up by shards: ${inWords(own.map(words))}.`,
    spec: own.length === 0 ? null : costSpec(router.router, all, counts),
  };
}

function costSpec(router: string, all: readonly Point[], counts: readonly number[]): TopLevelSpec {
  const ticks = logTicks(all.map(({ ns }) => ns));
  const x = {
    field: 'shards',
    type: 'quantitative' as const,
    title: 'shards',
    scale: {
      type: 'log' as const,
      domain: [...(extent(counts) ?? [1, 10])],
      nice: false,
      padding: 6,
    },
    axis: { values: [...counts], format: ',d', grid: false, labelOverlap: 'greedy' as const },
  };
  const y = {
    field: 'ns',
    type: 'quantitative' as const,
    title: 'ns',
    scale: { type: 'log' as const, domain: [...(extent(ticks) ?? [1, 10])], nice: false },
    axis: { values: [...ticks], format: ',~r' },
  };
  return {
    config: chartConfig,
    width: 245,
    height: 120,
    layer: [
      {
        data: { values: all.filter((point) => point.router !== router) },
        mark: { type: 'line', strokeWidth: 1, opacity: 0.45 },
        encoding: {
          x,
          y,
          detail: { field: 'router', type: 'nominal' },
          color: { value: palette.faint },
        },
      },
      {
        data: { values: all.filter((point) => point.router === router) },
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
