import type { ComparisonDesign, SideCurve } from '../../result/comparison-document.ts';
import { createHistogram } from '../../base/histogram.ts';
import { distributionOfMerged, failuresOf, mergedResponse } from '../../result/quantiles.ts';
import type { Cell } from '../../result/types.ts';
import { usableCells } from './comparability.ts';
import type { MatchedCell } from './sides.ts';

/** What the charts show of each strategy on both sides: its usable runs merged, or all it has. */
export function curvesOf(
  matched: readonly MatchedCell[],
  design: ComparisonDesign,
): readonly SideCurve[] {
  return matched.flatMap((cell) => {
    const usable = usableCells(cell, design);
    return (['a', 'b'] as const).flatMap((key) => {
      const whole = cell[key].filter((each) => each !== null && each.status === 'ok');
      const cells = usable[key].length > 0 ? usable[key] : whole.filter((each) => each !== null);
      return cells.length === 0 ? [] : [curveOf(cell.strategy, key, cells)];
    });
  });
}

function curveOf(strategy: string, side: SideCurve['side'], cells: readonly Cell[]): SideCurve {
  const all = cells.flatMap(({ shards }) => shards);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const whole = createHistogram();
  const shards = [...Map.groupBy(all, ({ shard }) => shard)].map(([shard, own]) => {
    const merged = mergedResponse(own);
    if (merged !== null) whole.merge(merged);
    const known = merged === null ? null : distributionOfMerged(merged, failuresOf(own));
    const at = known?.at ?? (() => null);
    return {
      shard,
      writeQps: mean(own.map(({ writeQps }) => writeQps)),
      readQps: mean(own.map(({ readQps }) => readQps)),
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
    };
  });
  const quantiles = [...(distributionOfMerged(whole, failuresOf(all))?.quantiles ?? [])];
  return { strategy, side, runs: cells.length, quantiles, shards };
}
