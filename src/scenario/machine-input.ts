import { z } from 'zod';
import { formatSize } from '../base/units.ts';
import { defaults } from './defaults.ts';
import { aboveZero, atLeast, flag, integer, list, record } from './fields.ts';
import type { Problems } from './problem.ts';
import { positiveBytes, positiveDurationMs, wholeFraction } from './quantities.ts';
import type { DataVolume } from './types.ts';

export const maxShards = 1024;

const shardsAllowed =
  `a whole number from 1 to ${maxShards.toLocaleString('en')}, or a list of such numbers, ` +
  'such as [4, 8]';

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

const weight = atLeast(0.001, 1e6);
const weightsAllowed = 'a list with one number for each shard, each from 0.001 to 1,000,000';

export const topologyInput = record({
  shards: z
    .union([integer(1, maxShards), list(integer(1, maxShards), shardsAllowed)], {
      error: shardsAllowed,
    })
    .transform((counts) => [counts].flat())
    .refine((counts) => new Set(counts).size === counts.length, {
      error: `${shardsAllowed}, each once`,
    })
    .prefault(defaults.shards)
    .describe('Number of shards; of a list, each strategy is measured with each number'),
  weights: list(weight, weightsAllowed)
    .optional()
    .describe('Relative capacity of each shard; if left out, all are equal'),
  urls: z
    .array(z.string({ error: 'a connection URL' }), { error: 'a list of connection URLs' })
    .prefault([])
    .describe('Your own shards, for --fleet urls: postgres://user:password@host:port/database'),
  quota: record({
    cpu: aboveZero(1024).describe('Cores that one shard may use'),
    memory: positiveBytes.describe('Memory that one shard may use'),
  })
    .transform(({ cpu, memory }) => ({ cpu, memoryBytes: memory }))
    .optional()
    .describe('Limits of one shard, if the fleet can set them'),
})
  .refine(({ shards, weights }) => weights === undefined || shards.length === 1, {
    path: ['weights'],
    error: 'no weights beside several numbers of shards',
  })
  .refine(
    ({ shards, weights }) =>
      weights === undefined || shards.length > 1 || weights.length === shards[0],
    { path: ['weights'], error: weightsAllowed },
  )
  .transform(({ shards: [shards = 1, ...furtherShards], weights, urls, quota }) => ({
    shards,
    ...(furtherShards.length > 0 && { furtherShards }),
    urls,
    weights: weights ?? Array.from({ length: shards }, () => 1),
    quota: quota ?? null,
  }));

export const limitsInput = record({
  timeout: positiveDurationMs
    .prefault(defaults.timeout)
    .describe('Time-out of an operation, from its intended start'),
  shardTimeout: positiveDurationMs
    .prefault(defaults.shardTimeout)
    .describe('Time-out of one shard of a scatter-gather, from the dispatch'),
  connections: integer(1, 1000)
    .prefault(defaults.connections)
    .describe('Connections to each shard'),
  queue: integer(0, 1_000_000)
    .prefault(defaults.queue)
    .describe(
      'Number of queries that may wait for a connection of one shard; further ones are dropped',
    ),
  errors: wholeFraction
    .prefault(defaults.errors)
    .describe(
      'Share of the executions of an operation that may fail or time out; above it, the cell is FAILING',
    ),
}).transform(({ timeout, shardTimeout, connections, queue, errors }) => ({
  operationTimeoutMs: timeout,
  shardTimeoutMs: shardTimeout,
  connectionsPerShard: connections,
  queuePerShard: queue,
  errorFraction: errors,
}));

export const alarmsInput = record({
  for: positiveDurationMs
    .prefault(defaults.alarmFor)
    .describe('An alarm is given only if its condition holds for so long without a break'),
  wait: positiveDurationMs
    .prefault(defaults.alarmWait)
    .describe('Mean queue wait of a shard above which the alarm is given'),
}).transform((input) => ({ forMs: input.for, waitMs: input.wait }));

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
