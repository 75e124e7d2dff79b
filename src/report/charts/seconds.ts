import type { Cell } from '../../result/types.ts';

/** What all shards of a cell did in one second. */
export interface Second {
  readonly second: number;
  readonly writes: number;
  readonly reads: number;
  readonly errors: number;
  /** Of the slowest shard, ms; null where no shard has enough samples. */
  readonly slowestMsP50: number | null;
  readonly slowestMsP99: number | null;
  /** Shard queries waiting for a connection, all shards together. */
  readonly queued: number;
  /** null where nobody looked. */
  readonly checkpoints: number | null;
}

/** The seconds of a cell in their order, its shards' rows put together. */
export function secondsOf(cell: Cell): readonly Second[] {
  const rows = cell.shards.flatMap(({ series }) => series);
  const groups = Map.groupBy(rows, ({ second }) => second);
  return [...groups]
    .toSorted(([a], [b]) => a - b)
    .map(([second, own]) => ({
      second,
      writes: own.reduce((sum, row) => sum + row.writes, 0),
      reads: own.reduce((sum, row) => sum + row.reads, 0),
      errors: own.reduce((sum, row) => sum + row.errors, 0),
      slowestMsP50: most(own.map((row) => row.responseMsP50)),
      slowestMsP99: most(own.map((row) => row.responseMsP99)),
      queued: own.reduce((sum, row) => sum + row.queued, 0),
      checkpoints: own.some((row) => row.checkpoints !== undefined)
        ? own.reduce((sum, row) => sum + (row.checkpoints ?? 0), 0)
        : null,
    }));
}

function most(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
