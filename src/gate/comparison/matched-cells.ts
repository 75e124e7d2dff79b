import { type CellId, cellName, isSameCell } from '../../result/cells.ts';
import type { Cell } from '../../result/types.ts';
import type { ComparedSide, MatchedCell, Pair } from './sides.ts';

/** Every cell that is in one of the runs, once. */
export function cellsOf({ runs }: Pick<ComparedSide, 'runs'>): readonly CellId[] {
  const found: CellId[] = [];
  for (const { strategy, shardCount } of runs.flatMap(({ result }) => result.cells)) {
    const id = { strategy, shardCount };
    if (!found.some((other) => isSameCell(other, id))) found.push(id);
  }
  return found;
}

/**
 * The strategies that both sides have, in the order of side a. Cells with as many shards belong
 * together; where a strategy has one cell left on each side, these do, for it may be the number of
 * shards that is compared.
 */
export function matchedCells({ a, b }: Pair): readonly MatchedCell[] {
  const [ofA, ofB] = [cellsOf(a), cellsOf(b)];
  return ofA.flatMap((id) => {
    const same = ofB.find((other) => isSameCell(other, id));
    const other = same ?? onlyOther(id, ofA, ofB);
    if (other === undefined) return [];
    return [{ strategy: cellName(id, ofA), a: inRuns(a, id), b: inRuns(b, other) }];
  });
}

function onlyOther(
  { strategy }: CellId,
  ofA: readonly CellId[],
  ofB: readonly CellId[],
): CellId | undefined {
  const left = (own: readonly CellId[], others: readonly CellId[]): readonly CellId[] =>
    own.filter((id) => id.strategy === strategy && !others.some((other) => isSameCell(other, id)));
  const [here, there] = [left(ofA, ofB), left(ofB, ofA)];
  return here.length === 1 && there.length === 1 ? there[0] : undefined;
}

/** The cell in each run, null where one has none. */
export const inRuns = (
  { runs }: Pick<ComparedSide, 'runs'>,
  id: CellId,
): readonly (Cell | null)[] =>
  runs.map(({ result }) => result.cells.find((cell) => isSameCell(cell, id)) ?? null);
