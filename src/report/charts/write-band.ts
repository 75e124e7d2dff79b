import type { TopLevelSpec } from 'vega-lite';
import { isSameCell, routedCells } from '../../result/cells.ts';
import { writeBalances } from '../../result/ranking.ts';
import type { RunResult } from '../../result/types.ts';
import { ratio } from '../../wording/format.ts';
import { name } from '../text.ts';
import { type ChartGroup, inWords } from './chart.ts';
import { labelsOf } from './labels.ts';
import { markedPoints } from './marked-points.ts';
import { chartConfig, palette } from './palette.ts';

/** Write balance of one strategy: max/mean, 1 is even. */
interface Row {
  readonly strategy: string;
  readonly low: number;
  readonly high: number;
  readonly placement: number | null;
  readonly floor: number | null;
  readonly ideal: number | null;
  readonly overSalts: boolean;
}

/** Imbalance of the writes of each strategy against ideal, band and floor, the best first. */
export function writeBandCharts(result: RunResult): ChartGroup {
  const rows = rowsOf(result);
  const subject = 'all strategies';
  const none = `no strategy on several shards was ${result.source}`;
  return {
    design: 'write-balance',
    title: titleOf(rows),
    legend:
      'Max/mean write QPS, 1 is even. The bar spans p5 to p95 over 1,000 hash salts, the ' +
      `dot is the one placement ${result.source}, by the writes sent. A router with one ` +
      'placement has no bar. Where bars overlap, no difference can be shown. A strategy ' +
      'whose writes go to all shards has no balance and is not drawn.',
    charts: [
      rows.length === 0
        ? { subject, title: none, description: none, spec: null }
        : {
            subject,
            title: 'the smallest band first',
            description:
              'Max/mean write QPS, p5 to p95 over salts: ' +
              `${inWords(rows.map((row) => rowInWords(row, result.source)))}.`,
            spec: writeBandSpec(rows, result.source),
          },
    ],
  };
}

function rowsOf(result: RunResult): readonly Row[] {
  const cells = routedCells(result);
  return writeBalances(result).map((balance) => {
    const writes = cells.find((cell) => isSameCell(cell, balance))?.imbalance?.writeQps;
    return {
      strategy: balance.name,
      low: balance.low,
      high: balance.high,
      placement: writes?.maxOverMean ?? null,
      floor: writes?.tenantFloor ?? null,
      ideal: writes?.idealMaxOverMean ?? null,
      overSalts: balance.overSalts,
    };
  });
}

function titleOf(rows: readonly Row[]): string {
  const salted = rows.filter(({ overSalts }) => overSalts);
  const best = salted.at(0);
  const worst = salted.at(-1);
  if (best === undefined || worst === undefined) return 'No strategy has a band over hash salts';
  if (best === worst) {
    const most = `${ratio(best.high)}× the mean`;
    return `An unlucky salt gives ${name(best.strategy)} a shard with ${most}`;
  }
  return (
    `With an unlucky salt (p95) the hottest shard takes from ${ratio(best.high)}× ` +
    `(${name(best.strategy)}) to ${ratio(worst.high)}× (${name(worst.strategy)}) the mean`
  );
}

function rowInWords(row: Row, source: RunResult['source']): string {
  const known = [
    row.placement === null ? [] : [`${source} ${ratio(row.placement)}`],
    row.ideal === null ? [] : [`ideal ${ratio(row.ideal)}`],
    row.floor === null ? [] : [`floor ${ratio(row.floor)}`],
  ].flat();
  const band = row.overSalts ? `${ratio(row.low)} to ${ratio(row.high)}` : 'one placement';
  return `${name(row.strategy)} ${band} (${known.join(', ')})`;
}

/** Room for a name above its bar, px: as wide as the plot. */
const plotWidth = 300;

const marksOf = (source: RunResult['source']) =>
  [
    { field: 'placement', label: source, shape: 'circle', colour: palette.accent },
    { field: 'ideal', label: 'ideal hash', shape: 'diamond', colour: palette.third },
    { field: 'floor', label: 'tenant floor', shape: 'triangle-up', colour: palette.ink },
  ] as const;

/** Rows from top to bottom in the given order; x is max/mean from 1. */
export function writeBandSpec(
  rows: readonly Row[],
  source: RunResult['source'] = 'measured',
): TopLevelSpec {
  const marks = marksOf(source);
  const labels = labelsOf(
    rows.map(({ strategy }) => strategy),
    plotWidth,
  );
  const highest = Math.max(
    1.05,
    ...rows.flatMap((row) => [row.high, row.placement ?? 1, row.floor ?? 1, row.ideal ?? 1]),
  );
  const x = {
    type: 'quantitative' as const,
    title: 'max/mean write QPS (1 = even)',
    scale: { domain: [1, 1 + (highest - 1) * 1.04], zero: false, nice: false },
    axis: { tickCount: 5, format: '.2f' },
  };
  const points = rows.flatMap((row, index) =>
    marks.flatMap(({ field, label }) => {
      const at = row[field];
      return at === null ? [] : [{ row: index, at, mark: label }];
    }),
  );
  return {
    config: chartConfig,
    width: plotWidth,
    height: { step: 36 },
    data: {
      values: rows.map((row, index) => ({ ...row, row: index, label: labels[index] ?? '' })),
    },
    encoding: { y: { field: 'row', type: 'ordinal', axis: null } },
    layer: [
      {
        transform: [{ filter: 'datum.overSalts' }],
        mark: { type: 'bar', height: 8, cornerRadius: 4, opacity: 0.5, yOffset: 7 },
        encoding: {
          x: { field: 'low', ...x },
          x2: { field: 'high' },
          color: { value: palette.series },
        },
      },
      {
        mark: { type: 'text', align: 'left', dy: -8, fontSize: 11 },
        encoding: {
          x: { value: 0 },
          text: { field: 'label', type: 'nominal' },
          color: { value: palette.ink },
        },
      },
      markedPoints(points, x, marks, 50),
    ],
  };
}
