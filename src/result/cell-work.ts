import { z } from 'zod';
import { count, fraction, measure } from './distribution.ts';

/** Where the cost of an operation comes from; 1 where nobody measured or gave one. */
export const costSources = ['given', 'measured', 'unmeasured'] as const;

/**
 * What the operations of a cell make its shards do, in executions of an operation of cost 1, and
 * how many databases' work the shards do together (documentation, capacity of N shards).
 */
export const cellWork = z.strictObject({
  operations: z.array(
    z.strictObject({
      operation: z.string(),
      /** Of all operations, by the weights of the scenario. */
      share: fraction,
      cost: measure,
      costSource: z.enum(costSources),
      costInterval: z.strictObject({ low: measure, high: measure }).nullable(),
      /** The work falls with the rows of the shard. */
      scan: z.boolean(),
    }),
  ),
  /** Measured: shard queries that succeeded within the window, and their work. */
  shards: z.array(
    z.strictObject({ shard: count, queriesPerSecond: measure, workPerSecond: measure }),
  ),
  relativeCapacity: z.strictObject({
    /** 1 / the share of the work that the fullest shard does: so many databases' work. */
    placement: measure,
    /** The same over hash salts, p5 the worst; null for a router with one placement. */
    band: z.strictObject({ p5: measure, p50: measure, p95: measure, salts: count }).nullable(),
  }),
  /**
   * The fullest shard's share of the work that is on it by its keys, and as all shards are asked.
   */
  fullest: z.strictObject({ shard: count, keyed: measure, scattered: measure }),
});

export type CellWork = z.infer<typeof cellWork>;
