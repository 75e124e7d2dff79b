import { maxOverMean } from './imbalance.ts';

/** A strategy that pins or splits keys, for what that changed. */
export interface OverlaidFacts {
  readonly strategy: string;
  readonly writes: ArrayLike<number>;
  readonly shardQueriesPerOperation: number;
  /** Column by which keys are split, and over how many shards; null: keys are pinned only. */
  readonly split: { readonly by: string; readonly over: number } | null;
}

/** What pins and splits did to the balance, and what they cost, beside the bare router. */
export function overlayFinding(cell: OverlaidFacts, plain: Omit<OverlaidFacts, 'split'>): string[] {
  const [before, after] = [maxOverMean(plain.writes), maxOverMean(cell.writes)];
  if (Number.isNaN(before + after)) return [];
  const { strategy, split } = cell;
  const verb = split === null ? 'Pinning' : 'Splitting';
  const [from, to] = [before.toFixed(2), after.toFixed(2)];
  const change =
    from === to
      ? `leaves max/mean of the writes at ${to}, as with ${plain.strategy}`
      : `${after < before ? 'lowers' : 'raises'} max/mean of the writes from ${from} ` +
        `(${plain.strategy}) to ${to}`;
  const balance = `${verb} (${strategy}) ${change}`;
  if (split === null) return [`${balance}.`];
  const [fewer, more] = [plain, cell].map((each) => each.shardQueriesPerOperation.toFixed(2));
  return [
    `${balance}. The shard queries of an operation go from ${fewer} to ${more}: an operation that ` +
      `does not fix ${split.by} must ask all ${split.over} shards of a split key.`,
  ];
}
