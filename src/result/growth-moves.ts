import { z } from 'zod';
import { finding } from './finding.ts';

/** Parts of growth-document.ts: how a step is carried out, what to do about one large tenant. */

const count = z.int().nonnegative();
const measure = z.number().nonnegative();
/** A share that rounding may carry a hair past 1. */
const share = z
  .number()
  .min(0)
  .max(1 + 1e-9);

export const plannedMove = z.strictObject({
  /** Tenant (value of the shard key) or slot. */
  unit: z.string(),
  from: count,
  to: count,
  loadFraction: share,
  rows: measure,
  bytes: measure,
  reason: finding,
});

export const ignoredMove = z.strictObject({
  unit: z.string(),
  shard: count,
  loadFraction: share,
  reason: finding,
});

/** Moves by the rule of Citus' rebalancer, where tenants or slots can be placed one by one. */
export const rulePlan = z.strictObject({
  units: z.enum(['tenants', 'slots']),
  /** In order; the plan may be stopped after any of them. If there are many, the first ones. */
  moves: z.array(plannedMove),
  movesTotal: count,
  rowsTotal: measure,
  bytesTotal: measure,
  ignored: z.array(ignoredMove),
  ignoredTotal: count,
  /** max/mean of the load: before, after these moves, and after what the router does by itself. */
  maxOverMean: z.strictObject({ before: measure, after: measure, byRouter: measure }),
});

/** How one step is carried out. */
export const movePlan = z.strictObject({
  strategy: z.string(),
  router: z.string(),
  from: count,
  to: count,
  /** Values of the shard key that move, with their rows and bytes at today's size. */
  tenants: count,
  rows: measure,
  /** With the reference tables, where there are some. */
  bytes: measure,
  /** Of these, copies of the reference tables for new shards; absent where there are none. */
  referenceBytes: measure.optional(),
  throttleBytesPerSecond: measure,
  copySeconds: measure,
  verifySeconds: measure,
  soakSeconds: measure,
  /** From the first row copied until writes to both sides may stop. */
  dualWriteSeconds: measure,
  /** Sources and targets while it lasts. */
  shards: z.array(
    z.strictObject({
      shard: count,
      role: z.enum(['source', 'target', 'both']),
      bytesOut: measure,
      bytesIn: measure,
      /** Of its capacity: before, at the worst moment of the move, and after it. */
      utilisation: z.strictObject({ before: measure, during: measure, after: measure }).nullable(),
      /** null: not known. */
      isPastHeadroom: z.boolean().nullable(),
    }),
  ),
  warnings: z.array(finding),
  /** null: the router decides what moves, and no single move can be left out. */
  rule: rulePlan.nullable(),
});

export const tenantRemedy = z.strictObject({
  kind: z.enum(['dedicated shard', 'split']),
  tenant: z.string(),
  loadFraction: share,
  shardCount: count,
  /** Second column and number of pieces of a split. */
  by: z.string().nullable(),
  over: count.nullable(),
  /** max/mean of the shards' load without and with it. */
  maxOverMean: z.strictObject({ before: measure, after: measure }),
  /** null: not known. */
  capacityQps: measure.nullable(),
  capacityRatio: measure,
  /** How to write it in the scenario, and what it costs. */
  how: finding,
});

/** The largest value of a strategy's shard key. */
export const largestTenant = z.strictObject({
  strategy: z.string(),
  tenant: z.string(),
  loadFraction: share,
  /** 1 / loadFraction: an upper bound that only a directory reaches. */
  usefulShards: measure,
  /** Whether the present count is there already. */
  noShardCountHelps: z.boolean(),
  /** How many shards the tenant lets be of use. */
  limit: finding,
  remedies: z.array(tenantRemedy),
});
