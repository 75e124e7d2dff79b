import { cellName, routedCells } from '../../result/cells.ts';
import type { Fate } from '../../result/table-result.ts';
import type { Cell, OperationResult, RunResult } from '../../result/types.ts';
import { percent } from '../../wording/format.ts';
import { name } from '../text.ts';

/**
 * Strategies with the same shard key do the same to the operations and to the tables, whatever
 * their routers: they stand in one column.
 */
export interface KeyColumn {
  /** The shard key; the strategy's name where its key alone does not tell. */
  readonly head: string;
  /** At least one. */
  readonly cells: readonly [Cell, ...Cell[]];
}

/** Shard keys on several shards, in the order of the document. */
export function keyColumns(result: RunResult): readonly KeyColumn[] {
  const cells = routedCells(result).filter(
    ({ operations, shardCount }) => operations.length > 0 && shardCount > 1,
  );
  const groups = [...Map.groupBy(cells, likeness).values()];
  return groups.flatMap(([first, ...others]): KeyColumn[] => {
    if (first === undefined) return [];
    const alone = groups.filter(([other]) => other?.shardKey === first.shardKey).length === 1;
    const head = alone ? (first.shardKey ?? '') : headOf(first, groups);
    return [{ head: name(head), cells: [first, ...others] }];
  });
}

/** What the cells of one column have in common. */
function likeness({ shardKey, shardCount, operations }: Cell): string {
  return JSON.stringify([
    shardKey,
    shardCount,
    operations.map((one) => [one.operation, fateOf(one), one.instead ?? false]),
  ]);
}

/** On several shard counts the key with the count; else the strategy, such as one that splits. */
function headOf(cell: Cell, groups: readonly (readonly Cell[])[]): string {
  const ofKey = groups.flatMap(([other]) => (other?.shardKey === cell.shardKey ? [other] : []));
  const counts = new Set(ofKey.map(({ shardCount }) => shardCount));
  if (counts.size === ofKey.length) return `${cell.shardKey ?? ''} on ${cell.shardCount}`;
  return cellName(cell, ofKey);
}

const fateOfRouting = {
  'single-shard': 'single',
  'multi-shard': 'multi',
  'scatter-gather': 'scatter',
} as const satisfies Record<OperationResult['routing'], Fate>;

/** Documents of earlier versions know routing alone. */
export const fateOf = ({ fate, routing }: OperationResult): Fate => fate ?? fateOfRouting[routing];

/** As tables say it. */
export const fateWords: Readonly<Record<Fate, string>> = {
  single: 'single',
  multi: 'multi',
  scatter: 'scatter',
  reference: 'reference',
  notRunnable: 'not runnable',
};

/** `single`, `multi *` by the way round, `single, 5.4 % cross` with transactions across shards. */
export function fateText(operation: OperationResult, { cells }: KeyColumn): string {
  const crossing = rangeText(
    cells.map((cell) => {
      const own = cell.operations.find((one) => one.operation === operation.operation);
      return own?.crossShardFraction ?? 0;
    }),
  );
  const word = fateWords[fateOf(operation)] + (operation.instead ? ' *' : '');
  if (crossing === '') return word;
  return crossing === percent(1) ? `${word}, cross` : `${word}, ${crossing} cross`;
}

/** Shares of the cells of a column, `5.4 %` or `5.4 to 5.9 %`; '' where all are 0. */
export function rangeText(fractions: readonly number[]): string {
  const [low, high] = [Math.min(...fractions), Math.max(...fractions)];
  if (!(high > 0)) return '';
  const [from, to] = [percent(low), percent(high)];
  return from === to ? to : `${from.replace(/ %$/, '')} to ${to}`;
}

/** Share of all operations that is each one, whether it was run or not. */
export function loadShares({ operations }: Cell): readonly number[] {
  const asked = operations.map(({ arrivals, skipped = 0 }) => arrivals + skipped);
  const all = asked.reduce((sum, one) => sum + one, 0);
  return asked.map((one) => (all === 0 ? 0 : one / all));
}
