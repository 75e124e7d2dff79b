import type { TopLevelSpec } from 'vega-lite';
import type { BenchDocument } from '../../../result/bench-document.ts';
import { type ChartGroup, inWords } from '../../charts/chart.ts';
import { labelsOf } from '../../charts/labels.ts';
import { extent, logTicks } from '../../charts/log-ticks.ts';
import { chartConfig, palette } from '../../charts/palette.ts';
import { integer, twoDigits } from '../../../wording/format.ts';
import { comparedNs, type RouterRows, routersOf, titleOf } from '../rows.ts';

interface Bar {
  readonly router: string;
  readonly low: number;
  readonly high: number;
  readonly first: number;
  readonly last: number;
}

/** All routers in one picture: what a look-up costs with the fewest and with the most shards. */
export function overviewChart(document: BenchDocument): ChartGroup {
  const bars = routersOf(document)
    .flatMap((router) => barOf(router) ?? [])
    .toSorted((a, b) => a.last - b.last);
  const [best] = bars;
  const worst = bars.at(-1);
  const title =
    best === undefined || worst === undefined
      ? 'No look-up was measured'
      : `With the most shards a look-up costs from ${twoDigits(best.last)} ns ` +
        `(${best.router}) to ${twoDigits(worst.last)} ns (${worst.router})`;
  const counts = document.shardCounts;
  const ends = `${integer(counts[0] ?? 0)} and ${integer(counts.at(-1) ?? 0)}`;
  return {
    design: 'lookup-cost',
    title,
    legend:
      'Nanoseconds of one look-up with the hash of the key, with the fewest shards that ' +
      `the router was measured on (circle) and the most (square); ${ends} where it can be ` +
      'built on both.',
    charts: [
      {
        subject: 'All routers',
        title,
        description: `Nanoseconds of a look-up: ${inWords(
          bars.map(
            ({ router, first, last }) => `${router} ${twoDigits(first)} to ${twoDigits(last)}`,
          ),
        )}.`,
        spec: bars.length === 0 ? null : overviewSpec(bars),
      },
    ],
  };
}

function barOf(router: RouterRows): Bar | null {
  const ns = router.measured.flatMap(({ hotPath }) => comparedNs(hotPath)?.p50 ?? []);
  const [first] = ns;
  const last = ns.at(-1);
  if (first === undefined || last === undefined) return null;
  const low = Math.min(first, last);
  return { router: titleOf(router), low, high: Math.max(first, last), first, last };
}

const plotWidth = 250;
const nameRoom = 150;

function overviewSpec(bars: readonly Bar[]): TopLevelSpec {
  const labels = labelsOf(
    bars.map(({ router }) => router),
    nameRoom,
  );
  const values = bars.map((bar, row) => ({ ...bar, label: labels[row] ?? '' }));
  const ticks = logTicks(bars.flatMap(({ low, high }) => [low, high]));
  const x = {
    type: 'quantitative' as const,
    title: 'ns a look-up',
    scale: { type: 'log' as const, domain: [...(extent(ticks) ?? [1, 10])], nice: false },
    axis: {
      values: [...ticks],
      format: ',~r',
      labelOverlap: 'greedy' as const,
      labelSeparation: 6,
    },
  };
  const points = values.flatMap(({ label, first, last }) => [
    { label, at: first, shards: 'fewest shards' },
    { label, at: last, shards: 'most shards' },
  ]);
  const y = {
    field: 'label',
    type: 'ordinal' as const,
    title: null,
    sort: [...labels],
    axis: { labelLimit: nameRoom + 10, grid: true },
  };
  const shards = ['fewest shards', 'most shards'];
  return {
    config: chartConfig,
    width: plotWidth,
    height: { step: 16 },
    data: { values },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: {
          y,
          x: { field: 'low', ...x },
          x2: { field: 'high' },
          color: { value: palette.faint },
        },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 38, opacity: 1 },
        encoding: {
          y,
          x: { field: 'at', ...x },
          shape: {
            field: 'shards',
            type: 'nominal',
            scale: { domain: shards, range: ['circle', 'square'] },
            legend: { orient: 'top', title: null },
          },
          color: {
            field: 'shards',
            type: 'nominal',
            scale: { domain: shards, range: [palette.series, palette.accent] },
          },
        },
      },
    ],
  };
}
