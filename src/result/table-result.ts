import { z } from 'zod';
import { count as whole, fraction as part } from './distribution.ts';
import { finding } from './finding.ts';

/** What the shard key makes of an operation: that of its worst statement. */
export const fates = ['single', 'multi', 'scatter', 'reference', 'notRunnable'] as const;

export const placements = ['sharded', 'own-key', 'reference', 'home'] as const;

/** A table of a scenario with several, on the shards of one cell. */
export const tableResult = z.strictObject({
  table: z.string(),
  /**
   * sharded: by the strategy's key; own-key: by a key of the table's own; reference: whole on every
   * shard; home: whole on shard 0.
   */
  placement: z.enum(placements),
  /** Columns whose values decide the shard; empty for reference tables and those at home. */
  keyColumns: z.array(z.string()).optional(),
  /** After the load, by shard. */
  rows: z.array(whole),
  /** With indexes, by shard. */
  bytes: z.array(whole),
});

/**
 * A constraint that no shard can hold whole: a foreign key is left out then, a unique one holds
 * within each shard only.
 */
export const lostConstraint = z.strictObject({
  table: z.string(),
  kind: z.enum(['foreign', 'unique', 'primary']),
  columns: z.array(z.string()),
  /** The table that a foreign key points to. */
  references: z.string().optional(),
});

/** What a cell leaves out of the workload, because the strategy cannot run it on shards. */
export const notRunnable = z.strictObject({
  /** Share of the arrivals that were not run. */
  fraction: part,
  operations: z.array(
    z.strictObject({
      operation: z.string(),
      /** Share of all arrivals that asks for it. */
      fraction: part,
      /** Why, with its place within the operation's SQL. */
      reason: finding,
    }),
  ),
});

/** Transactions whose writes or locking reads reach two shards or more. */
export const crossShard = z.strictObject({
  /** Those intended within the window. */
  count: whole,
  /** Mean number of shards that one of them touches; null where there were none. */
  shardsTouched: z.number().min(2).nullable(),
});

export type Fate = (typeof fates)[number];
export type TableResult = z.infer<typeof tableResult>;
export type LostConstraintResult = z.infer<typeof lostConstraint>;
export type NotRunnable = z.infer<typeof notRunnable>;
