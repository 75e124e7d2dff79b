import type { Cell } from '../result/types.ts';

/** The same cells as a scenario that lists several shard counts would have them on another one. */
export function cellsOnShards(cells: readonly Cell[], shardCount: number): readonly Cell[] {
  return cells.filter(({ router }) => router !== null).map((cell) => onShards(cell, shardCount));
}

function onShards(cell: Cell, shardCount: number): Cell {
  return { ...cell, shardCount };
}
