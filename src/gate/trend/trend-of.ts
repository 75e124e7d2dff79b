import { rngFrom } from '../../base/rng.ts';
import { cellName } from '../../result/cells.ts';
import type { Trend, TrendSeries } from '../../result/comparison-document.ts';
import type { Cell } from '../../result/types.ts';
import { inRuns, cellsOf } from '../comparison/matched-cells.ts';
import { type ComparedRun, isUsable } from '../comparison/sides.ts';
import { changePoint, changesFrom } from './change-point.ts';

/** Chance of one false change or more on a page of dated results that do not change. */
const errorRate = 0.01;

/** Orders of a series that would split as clearly by chance must be told from one in so many. */
const permutationsPerLevel = 4;
const permutationsLeast = 2000;

const isWhole = (cell: Cell | null): cell is Cell => cell !== null && cell.status === 'ok';

const metrics: Readonly<Record<string, (cell: Cell | null) => number | null>> = {
  'write_qps.max_over_mean': (cell) =>
    isWhole(cell) ? (cell.imbalance?.writeQps.maxOverMean ?? null) : null,
  'response_ms.p50': (cell) => (isUsable(cell) ? (cell.overall?.responseMs.p50 ?? null) : null),
  'response_ms.p99': (cell) => (isUsable(cell) ? (cell.overall?.responseMs.p99 ?? null) : null),
  accepted_qps: (cell) => (isWhole(cell) ? (cell.load?.acceptedQps ?? null) : null),
};

/** Dated results in the order of their dates, by strategy and metric, with where they changed. */
export function trendOf(runs: readonly ComparedRun[]): Trend {
  const inOrder = runs.toSorted((a, b) => (a.result.startedAt < b.result.startedAt ? -1 : 1));
  const ids = cellsOf({ runs: inOrder });
  const seriesCount = ids.length * Object.keys(metrics).length;
  const level = errorRate / Math.max(1, seriesCount);
  const permutationsMax = Math.max(permutationsLeast, Math.ceil(permutationsPerLevel / level));
  const series = ids.flatMap((id) => {
    const cells = inRuns({ runs: inOrder }, id);
    const strategy = cellName(id, ids);
    return Object.entries(metrics).map(([metric, read]): TrendSeries => {
      const values = cells.map(read);
      const change = changeIn(values, { level, permutationsMax }, `${strategy}/${metric}`);
      return { strategy, metric, values, change };
    });
  });
  return {
    runs: inOrder.map(({ file, result: { startedAt } }) => ({ file, startedAt })),
    series,
    errorRate,
    changesFrom,
    permutationsMax,
  };
}

/** Draws of a series do not depend on which others there are; the seed is as good as any. */
const permutationSeed = 1;

function changeIn(
  values: TrendSeries['values'],
  rules: Parameters<typeof changePoint>[1],
  label: string,
): TrendSeries['change'] {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const found = changePoint(
    known.map(({ value }) => value),
    rules,
    rngFrom(permutationSeed, `trend/${label}`),
  );
  if (found === null) return null;
  const { before, after, pValue } = found;
  const from = known[found.from]?.index ?? 0;
  return { from, before, after, ratio: after / before, pValue };
}
