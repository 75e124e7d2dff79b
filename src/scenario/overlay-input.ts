import { z } from 'zod';
import { flag, integer, list, record, text } from './fields.ts';
import { maxShards } from './topology-input.ts';
import { positiveRatePerSecond, share } from './quantities.ts';

const idAllowed = 'a value of the shard key (in quotes if it is a number above 2^53)';

/** YAML reads a bare 17 as a number. */
const id = z
  .union([z.string(), z.int()], { error: idAllowed })
  .transform((written) => String(written));

const above = share.optional();

/** A misspelt key is one problem: that the right one is missing would be said as well. */
const soundSoFar = ({ issues }: { readonly issues: readonly unknown[] }) => issues.length === 0;

const thresholdAllowed = '5%, { rows: 1000000 } or { writes: 500/s }';

/** A key that reaches any of them is pinned. */
const thresholds = record({
  load: share.optional().describe('Share of the load of one key'),
  rows: integer(1, Number.MAX_SAFE_INTEGER, 'a number of rows')
    .optional()
    .describe('Rows that a key has before the first operation, in all tables together'),
  writes: positiveRatePerSecond.optional().describe('Writes of one key a second'),
})
  .refine(({ load, rows, writes }) => (load ?? rows ?? writes) !== undefined, {
    error: thresholdAllowed,
    when: soundSoFar,
  })
  .describe('Any of: share of the load, rows, writes a second');

const pinAbove = z.union([share.transform((load) => ({ load })), thresholds], {
  error: thresholdAllowed,
});

function thresholdsOf({ rows, writes }: z.output<typeof thresholds>) {
  return {
    ...(rows !== undefined && { aboveRows: rows }),
    ...(writes !== undefined && { aboveWritesPerSecond: writes }),
  };
}

export const pinInput = record({
  tenants: z
    .record(
      text(idAllowed, /^/),
      integer(0, maxShards - 1, 'the number of a shard, a whole number'),
      { error: 'a map of values of the shard key and their shards, such as { acme: 2 }' },
    )
    .optional()
    .describe('Values of the shard key and the shard of each, such as { acme: 2 }'),
  above: pinAbove
    .optional()
    .describe('Every key with this share of the load, or so much, goes to the least loaded shard'),
  exclusive: flag()
    .optional()
    .describe('true: no other key is on the shard of a pinned one; each heavy key has its own'),
})
  .refine((pin) => Object.keys(pin.tenants ?? {}).length > 0 || pin.above !== undefined, {
    error: '{ tenants: { acme: 2 } } or { above: 5% }, or both',
    when: soundSoFar,
  })
  .transform((pin) => ({
    tenants: Object.entries(pin.tenants ?? {}).map(([name, shard]) => ({ id: name, shard })),
    above: pin.above?.load ?? null,
    ...thresholdsOf(pin.above ?? {}),
    ...(pin.exclusive === true && { exclusive: true as const }),
  }))
  .describe('Keys that are placed on a given shard instead of the shard of the router');

export const splitInput = record({
  tenants: list(id, 'a list of values of the shard key, such as [acme]')
    .optional()
    .describe('Values of the shard key that are split'),
  above: above.describe('Every key with this share of the load is split'),
  by: text('a column').describe('Second column; its hash decides on which of the shards a row is'),
  over: integer(2, maxShards, 'a number of shards').describe('Shards of each split key'),
})
  .refine((split) => split.tenants !== undefined || split.above !== undefined, {
    error: '{ above: 10%, by: order_id, over: 4 } or { tenants: [acme], by: order_id, over: 4 }',
    when: soundSoFar,
  })
  .transform((split) => ({
    tenants: split.tenants ?? [],
    above: split.above ?? null,
    by: split.by,
    over: split.over,
  }))
  .describe('Keys whose rows are on several shards; a second column decides on which');
