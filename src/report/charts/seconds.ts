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

/** Points that a panel has room for. */
const pointLimit = 120;

/** Seconds that one point of a chart stands for, so that a long window fits. */
export function secondsPerPoint(seconds: readonly Second[]): number {
  return Math.max(1, Math.ceil(seconds.length / pointLimit));
}

/**
 * The course in steps of `step` seconds: loads are their mean, the slowest is the slowest of them.
 * A last step that is not full is left out, as it would be another quantity.
 */
export function inSteps(seconds: readonly Second[], step: number): readonly Second[] {
  if (step === 1) return seconds;
  return Array.from({ length: Math.floor(seconds.length / step) }, (_, index): Second => {
    const own = seconds.slice(index * step, (index + 1) * step);
    const sum = (key: 'writes' | 'reads' | 'errors' | 'queued') =>
      own.reduce((total, second) => total + second[key], 0);
    const known = own.flatMap(({ checkpoints }) => checkpoints ?? []);
    return {
      second: own[0]?.second ?? 0,
      writes: sum('writes') / step,
      reads: sum('reads') / step,
      errors: sum('errors'),
      slowestMsP50: most(own.map(({ slowestMsP50 }) => slowestMsP50)),
      slowestMsP99: most(own.map(({ slowestMsP99 }) => slowestMsP99)),
      queued: sum('queued') / step,
      checkpoints: known.length === 0 ? null : known.reduce((total, one) => total + one, 0),
    };
  });
}
