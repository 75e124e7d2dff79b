import { sum } from '../../base/statistics/moments.ts';
import { listedWeights } from '../../workload/listed-weights.ts';
import { squares } from './discounted-shares.ts';
import { writtenQuantiles } from './quantile-list.ts';

/** Shares in few numbers: the largest by themselves, of the others a table of quantiles. */
export interface ListedShares {
  readonly top: readonly number[];
  /** Relative; null: all of the others alike, or there are none. */
  readonly quantiles: readonly number[] | null;
}

/** From short to long: how many of the largest, and steps of the table. */
const sizes = [
  [5, 10],
  [10, 20],
  [10, 50],
  [20, 50],
  [20, 100],
  [50, 100],
  [100, 100],
  [200, 100],
  [500, 100],
  [1000, 100],
] as const;

const squaresOff = 0.01;
const shareOff = 0.004;

/** As few numbers as say the same: how uneven it is, and what the largest have together. */
export function listedShares(shares: Float64Array, least = 0): ListedShares {
  for (const [count, steps] of sizes) {
    if (count < least) continue;
    const listed = listing(shares, count, steps);
    if (count >= shares.length || isNear(shares, listed)) return listed;
  }
  return listing(shares, 1000, 100);
}

export function listing(shares: Float64Array, count: number, steps: number): ListedShares {
  const top = [...shares.subarray(0, count)].map((share) => Number(share.toPrecision(5)));
  const others = shares.subarray(count).toSorted();
  const mean = sum(others) / others.length;
  if (others.length === 0 || mean === 0) return { top, quantiles: null };
  const last = others.length - 1;
  const quantiles = Array.from({ length: steps + 1 }, (_, i) => {
    const place = (i / steps) * last;
    const step = Math.min(Math.floor(place), Math.max(0, last - 1));
    const [below = 0, above = below] = [others[step], others[step + 1]];
    return (below + (above - below) * (place - step)) / mean;
  });
  const written = writtenQuantiles(quantiles);
  const isEven = written[0] === written.at(-1);
  return { top, quantiles: isEven ? null : written };
}

function isNear(shares: Float64Array, { top, quantiles }: ListedShares): boolean {
  const read = listedWeights(shares.length, top, quantiles);
  const truth = squares(shares);
  if (Math.abs(squares(read) - truth) > squaresOff * truth) return false;
  const ends = [1, 10, 100, 1000, Math.ceil(shares.length / 100), Math.ceil(shares.length / 10)];
  return ends.every(
    (end) => Math.abs(sum(read.subarray(0, end)) - sum(shares.subarray(0, end))) <= shareOff,
  );
}
