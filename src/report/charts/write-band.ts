import type { TopLevelSpec } from 'vega-lite';
import { routedCells } from '../../result/cells.ts';
import { rankByWriteBalance } from '../../result/ranking.ts';
import type { RunResult } from '../../result/types.ts';
import { ratio } from '../number.ts';
import { name } from '../text.ts';
import { type Chart, type ChartGroup, inWords, joined } from './chart.ts';
import { textWidth } from './font-widths.ts';
import { chartConfig, palette } from './palette.ts';

interface Row {
  readonly strategy: string;
  readonly low: number;
  readonly high: number;
  readonly placement: number | null;
  readonly floor: number | null;
  readonly overSalts: boolean;
}

/** Band of max/mean over salts by strategy, best first: what the ranks rest on. */
export function writeBandCharts(result: RunResult): ChartGroup {
  const rows = rowsOf(result);
  return {
    title: titleOf(result),
    legend:
      'The bar spans p5 to p95 of the hottest shard over 1,000 hash salts; the dot is the one ' +
      'placement measured; the tick is the tenant floor. A router without a hash has one ' +
      'placement and no bar. Strategies whose bars overlap show no difference.',
    charts: [chartOf(rows)],
  };
}

function rowsOf(result: RunResult): readonly Row[] {
  const cells = routedCells(result);
  return rankByWriteBalance(result).map((rank) => {
    const writes = cells.find((cell) => cell.strategy === rank.strategy)?.imbalance?.writeQps;
    return {
      strategy: rank.strategy,
      low: rank.low,
      high: rank.high,
      placement: writes?.maxOverMean ?? null,
      floor: writes?.tenantFloor ?? null,
      overSalts: rank.overSalts,
    };
  });
}

function titleOf(result: RunResult): string {
  const ranks = rankByWriteBalance(result);
  const [first] = ranks;
  if (first === undefined) return 'No strategy has a band to compare';
  const ahead = ranks.filter((rank) => rank.from === 1).map((rank) => name(rank.strategy));
  if (ahead.length === ranks.length && ranks.length > 1) {
    return 'Write balance shows no difference between the strategies';
  }
  if (ahead.length === 1) return `${ahead.join()} spreads writes best, whatever the salt`;
  return `At the top, no difference between ${joined(ahead)}`;
}

function chartOf(rows: readonly Row[]): Chart {
  const subject = 'all strategies';
  if (rows.length === 0) {
    const title = 'no strategy on several shards was measured';
    return { subject, title, description: title, spec: null };
  }
  const parts = rows.map((row) =>
    row.overSalts
      ? `${name(row.strategy)} ${ratio(row.low)} to ${ratio(row.high)}`
      : `${name(row.strategy)} ${ratio(row.high)}, without a hash`,
  );
  return {
    subject,
    title: 'max/mean write QPS, best band first',
    description: `Max/mean write QPS over hash salts, p5 to p95: ${inWords(parts)}.`,
    spec: writeBandSpec(rows),
  };
}

const labelWidth = 190;

/** Long names are cut where the label ends; two alike are kept apart by their numbers. */
function labelsOf(rows: readonly Row[]): readonly string[] {
  const cut = rows.map(({ strategy }) => cutToWidth(name(strategy), labelWidth));
  return cut.map((label, index) =>
    cut.indexOf(label) === index ? label : `${index + 1}. ${label}`,
  );
}

function cutToWidth(text: string, width: number): string {
  const characters = Array.from(text);
  if (textWidth(text, 11) <= width) return text;
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, 11) > width - 20) {
    characters.pop();
  }
  return `${characters.join('')}…`;
}

/** Rows from top to bottom in the given order; x is max/mean from 1. */
export function writeBandSpec(rows: readonly Row[]): TopLevelSpec {
  const labels = labelsOf(rows);
  const highest = Math.max(
    1.05,
    ...rows.flatMap((row) => [row.high, row.placement ?? 1, row.floor ?? 1]),
  );
  const x = {
    type: 'quantitative' as const,
    title: 'max/mean write QPS (1 = even)',
    scale: { domain: [1, highest * 1.02], zero: false, nice: false },
    axis: { tickCount: 6, format: '.2f' },
  };
  return {
    config: chartConfig,
    width: 300,
    height: { step: 24 },
    data: { values: rows.map((row, index) => ({ ...row, label: labels[index] ?? '' })) },
    encoding: {
      y: { field: 'label', type: 'nominal', sort: null, title: null, axis: { labelLimit: 0 } },
    },
    layer: [
      {
        mark: { type: 'bar', height: 9, cornerRadius: 4, opacity: 0.55 },
        encoding: {
          x: { field: 'low', ...x },
          x2: { field: 'high' },
          color: { value: palette.series },
        },
      },
      {
        mark: { type: 'tick', thickness: 2, size: 16 },
        encoding: { x: { field: 'floor', ...x }, color: { value: palette.ink } },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1 },
        encoding: { x: { field: 'placement', ...x }, color: { value: palette.accent } },
      },
    ],
  };
}
