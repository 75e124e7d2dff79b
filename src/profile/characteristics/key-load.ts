import type { CandidateCharacteristics } from '../../result/characteristics-document.ts';
import type { KeyLoad, QueryEvidence } from '../evidence.ts';
import { writtenLeast } from '../written-least.ts';
import { inverse, type KeyDistribution } from './key-distribution.ts';

type Load = CandidateCharacteristics['load'];
type HeatMap = NonNullable<CandidateCharacteristics['heatMap']>;

export const topMost = 5;
const heatRowsMost = 20;

/** What was observed says more than what was written, and that more than rows. */
export function keyLoad(
  load: readonly KeyLoad[],
  { largest, rows }: KeyDistribution,
  shown: (value: string) => string,
): Load {
  const best = bestLoad(load);
  if (best === undefined) return rowsAsLoad(largest, rows, shown);
  const { basis, counted, top } = best;
  const largestShare = counted === 0 ? 0 : (top[0]?.count ?? 0) / counted;
  return {
    basis,
    counted,
    largestShare,
    top: top.slice(0, topMost).map(({ value, count, error }) => {
      return { value: shown(value), share: count / counted, error: error / counted };
    }),
    effective: effectiveOf(best),
    usefulShards: inverse(largestShare) ?? 0,
  };
}

/** Of several logs the one with the most operations. */
export const bestLoad = (load: readonly KeyLoad[]): KeyLoad | undefined =>
  load
    .filter(({ counted, top }) => counted > 0 && top.length > 0)
    .filter(({ basis, counted }) => basis === 'observed' || counted >= writtenLeast)
    .toSorted(
      (one, other) =>
        Number(other.basis === 'observed') - Number(one.basis === 'observed') ||
        other.counted - one.counted,
    )[0];

function rowsAsLoad(
  largest: KeyDistribution['largest'],
  rows: number,
  shown: (value: string) => string,
): Load {
  const top = largest?.top ?? [];
  return {
    basis: 'rows',
    counted: largest === undefined ? rows : largest.rows * (1 - largest.nullFraction),
    largestShare: top[0]?.share ?? 0,
    top: top.slice(0, topMost).map(({ value, share }) => ({ value: shown(value), share })),
    effective: inverse(largest?.sumOfSquares) ?? 0,
    usefulShards: inverse(top[0]?.share) ?? 0,
  };
}

/** 1 / sum of squared shares, by pairs of operations of one value: a small log has no bias then. */
function effectiveOf({ counted, distinct, pairs, top }: KeyLoad): number {
  if (pairs !== null && counted > 1) {
    const squares = pairs / (counted * (counted - 1));
    // Never two of one value: as many values as were seen, at least.
    return squares > 0 ? 1 / squares : distinct;
  }
  const known = top.reduce((sum, { count }) => sum + count, 0);
  const others = Math.max(0, distinct - top.length);
  const rest = Math.max(0, counted - known) / counted;
  const squares = top.reduce((sum, { count }) => sum + (count / counted) ** 2, 0);
  return 1 / (squares + (others === 0 ? 0 : rest ** 2 / others));
}

/** Load of the heaviest values by time; null where no log has times. */
export function heatMapOf(
  load: readonly KeyLoad[],
  queries: QueryEvidence | null,
  shown: (value: string) => string,
): HeatMap | null {
  const best = bestLoad(load.filter(({ basis }) => basis === 'observed'));
  const seconds = queries === null ? 0 : queries.perSecond.length || (queries.seconds ?? 0);
  const rows = (best?.top ?? []).slice(0, heatRowsMost);
  const parts = rows[0]?.overTime.length ?? 0;
  if (parts === 0 || seconds === 0) return null;
  return {
    values: rows.map(({ value }) => shown(value)),
    atSeconds: Array.from({ length: parts }, (_, part) => (part * seconds) / parts),
    counts: rows.map(({ overTime }) => overTime.slice()),
  };
}

/** Of fewer transactions that left rows a share says little. */
const transactionsLeast = 100;

/** Those of logs; without any, those that left rows. They may be the same ones. */
export function transactionsOf(
  load: readonly KeyLoad[],
): CandidateCharacteristics['crossShardTransactions'] {
  const of = (wanted: KeyLoad['basis']): NonNullable<KeyLoad['transactions']>[] =>
    load.flatMap(({ basis, transactions }) =>
      basis === wanted && transactions !== null ? [transactions] : [],
    );
  const observed = of('observed').filter(({ all }) => all > 0);
  const written = of('written').filter(({ all }) => all >= transactionsLeast);
  const found = observed.length > 0 ? observed : written;
  if (found.length === 0) return null;
  const several = found.reduce((sum, each) => sum + each.several, 0);
  const all = found.reduce((sum, each) => sum + each.all, 0);
  return { several, all, share: all === 0 ? null : several / all };
}
