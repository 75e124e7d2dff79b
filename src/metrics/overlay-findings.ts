import { type Fact, fact } from '../result/finding.ts';
import { maxOverMean } from './imbalance.ts';

/** A strategy that pins or splits keys, for what that changed. */
export interface OverlaidFacts {
  readonly strategy: string;
  /** JSON pointer to its cell. */
  readonly place: string;
  readonly writes: ArrayLike<number>;
  readonly shardQueriesPerOperation: number;
  /** Column by which keys are split, and over how many shards; null: keys are pinned only. */
  readonly split: { readonly by: string; readonly over: number } | null;
}

/** What pins and splits did to the balance, and what they cost, beside the bare router. */
export function overlayFinding(cell: OverlaidFacts, plain: Omit<OverlaidFacts, 'split'>): Fact[] {
  const [before, after] = [maxOverMean(plain.writes), maxOverMean(cell.writes)];
  if (Number.isNaN(before + after)) return [];
  const { strategy, split, place } = cell;
  const balance = { maxOverMeanBefore: before, maxOverMeanAfter: after };
  const names = { strategy, bare: plain.strategy };
  const common = { severity: 'info' as const, place: `${place}/imbalance/writeQps/maxOverMean` };
  if (split === null) return [fact('pinned-balance', { ...common, numbers: balance, names })];
  return [
    fact('split-balance', {
      ...common,
      numbers: {
        ...balance,
        queriesBefore: plain.shardQueriesPerOperation,
        queriesAfter: cell.shardQueriesPerOperation,
        over: split.over,
      },
      names: { ...names, by: split.by },
    }),
  ];
}
