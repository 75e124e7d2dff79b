import { quantileSorted } from '../base/statistics/quantile.ts';
import type { WriteSpread } from '../result/types.ts';
import { maxOverMean } from './imbalance.ts';

/** One placement is one draw; a band of this many is stable to about 0.01. */
export const bandSalts = 1000;

/** The salts that a band is over, by number: the same for every router. */
export const bandSalt = (index: number): string => `salt-${index}/`;

/**
 * p5, p50 and p95 of max/mean over hash salts. `loadOfSalt` fills `out` with the load of each
 * shard when the router is built with that salt; null where there is no load to place.
 */
export function placementBand(
  salts: number,
  loadOfSalt: (salt: string, out: Float64Array) => void,
  shards: number,
): WriteSpread['band'] {
  const load = new Float64Array(shards);
  const ratios = new Float64Array(salts);
  for (let i = 0; i < salts; i += 1) {
    load.fill(0);
    loadOfSalt(bandSalt(i), load);
    const ratio = maxOverMean(load);
    if (Number.isNaN(ratio)) return null;
    ratios[i] = ratio;
  }
  return { ...bandOf(ratios), salts };
}

/** p5, p50 and p95 of max/mean, given that of each draw. */
export function bandOf(ratios: Float64Array) {
  const sorted = ratios.toSorted();
  return {
    p5: quantileSorted(sorted, 0.05),
    p50: quantileSorted(sorted, 0.5),
    p95: quantileSorted(sorted, 0.95),
  };
}
