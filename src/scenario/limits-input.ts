import { defaults } from './defaults.ts';
import { integer, record } from './fields.ts';
import { positiveDurationMs, wholeFraction } from './quantities.ts';

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
      'Share of the executions of an operation that may fail or time out; above it, the ' +
        'cell is FAILING',
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
