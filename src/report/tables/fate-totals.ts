import type { Fate } from '../../result/table-result.ts';
import type { Cell } from '../../result/types.ts';
import { percent } from '../../wording/format.ts';
import { fateOf, type KeyColumn, rangeText } from './key-columns.ts';

/** A share of all operations, under each shard key. */
interface Total {
  readonly head: string;
  readonly shares: readonly string[];
}

/** Of all operations together; only what some shard key has to say something of. */
export function totalsOf(columns: readonly KeyColumn[]): readonly Total[] {
  return [
    ...totalOf('all: across shards', columns, crossing),
    ...totalOf('all: not runnable', columns, leftOut),
  ];
}

const crossing = ({ fanOut }: Cell): number => fanOut?.crossShardFraction ?? 0;
const leftOut = ({ notRunnable }: Cell): number => notRunnable?.fraction ?? 0;

function totalOf(
  head: string,
  columns: readonly KeyColumn[],
  share: (cell: Cell) => number,
): readonly Total[] {
  const shares = columns.map(({ cells }) => rangeText(cells.map(share)));
  if (shares.every((each) => each === '')) return [];
  return [{ head, shares: shares.map((each) => (each === '' ? percent(0) : each)) }];
}

/** What the words mean, of those that stand there. */
export function fatesLegend(columns: readonly KeyColumn[]): string {
  const operations = columns.flatMap(({ cells: [cell] }) => cell.operations);
  const has = (fate: Fate): boolean => operations.some((one) => fateOf(one) === fate);
  const parts = [
    'single: one shard',
    ...(has('multi') ? ['multi: some shards'] : []),
    ...(has('scatter') ? ['scatter: all shards'] : []),
    ...(has('reference') ? ['reference: any shard, for each has a copy'] : []),
    ...(has('notRunnable') ? ['not runnable: left out of the numbers'] : []),
    ...(operations.some(({ instead }) => instead) ? ['*: by its way round (instead)'] : []),
    ...(columns.some(({ cells }) => cells.some((cell) => crossing(cell) > 0))
      ? ['cross: its runs, or so many of them, are transactions that write on two shards or more']
      : []),
  ];
  return `${parts.join('; ')}.`;
}
