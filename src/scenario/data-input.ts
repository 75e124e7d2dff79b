import { formatSize } from '../base/units.ts';
import { defaults } from './defaults.ts';
import { flag, list, record } from './fields.ts';
import type { Problems } from './problem.ts';
import { positiveBytes, positiveDurationMs } from './quantities.ts';
import type { DataVolume } from './types.ts';

export const dataInput = record({
  total: positiveBytes
    .prefault(defaults.total)
    .describe('Loaded before each cell, over all shards together'),
  row: positiveBytes
    .prefault(defaults.row)
    .describe('Size of a row with its index entries; rows = total / row'),
})
  .transform(({ total, row }) => ({ totalBytes: total, rowBytes: row }))
  .refine(({ totalBytes, rowBytes }) => rowBytes <= totalBytes, {
    path: ['total'],
    error: 'a size of at least one row (data.row)',
  });

export const walInput = record({
  indexes: list(positiveBytes, 'a list of sizes, such as [1GB, 10GB]')
    .prefault([...defaults.walIndexes])
    .describe('Sizes of the indexes of one shard for which a run forecasts the WAL of its inserts'),
  checkpoint: positiveDurationMs
    .prefault(defaults.walCheckpoint)
    .describe('checkpoint_timeout for which the WAL is forecast'),
}).transform(({ indexes, checkpoint }) => ({ indexBytes: indexes, checkpointMs: checkpoint }));

export const durabilityInput = record({
  fsync: flag().prefault(defaults.fsync).describe('As in postgresql.conf'),
  synchronousCommit: flag().prefault(defaults.synchronousCommit).describe('As in postgresql.conf'),
});

/** What is loaded by `run`, where `rowsMax` rows can be. */
export function checkRows(
  { totalBytes, rowBytes }: DataVolume,
  rowsMax: number,
  problems: Problems,
): void {
  const rows = Math.floor(totalBytes / rowBytes);
  if (rows <= rowsMax) return;
  const [found, most] = [rows, rowsMax].map((count) => count.toLocaleString('en'));
  problems.add(
    ['data', 'total'],
    `found ${formatSize(totalBytes)}, which is ${found} rows of ${formatSize(rowBytes)}; ` +
      `allowed: up to ${most} rows for a run, which loads them; simulate and grow allow more`,
  );
}
