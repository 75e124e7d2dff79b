import { z } from 'zod';
import { defaults } from './defaults.ts';
import { aboveZero, atLeast, integer, list, record } from './fields.ts';
import { positiveBytes } from './quantities.ts';

export const maxShards = 1024;

const shardsAllowed =
  `a whole number from 1 to ${maxShards.toLocaleString('en')}, or a list of such numbers, ` +
  'such as [4, 8]';

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
