import { z } from 'zod';
import { finding, type Unworded } from './finding.ts';

/** The heaviest values of a key, and what to do with them: parts of the document of `advise`. */

const measure = z.number().nonnegative();
const share = z
  .number()
  .min(0)
  .max(1 + 1e-9);
const reach = z.strictObject({ keysFraction: share, loadFraction: share });

/** `list`: on the least loaded shards. `own-shard`: nothing else lies there. */
export const hotRemedy = z.enum(['nothing', 'list', 'own-shard', 'split']);

const hotOption = z.strictObject({
  remedy: hotRemedy,
  /** Whether it can be done and breaks no rule; `reasons` say what does not let it be. */
  possible: z.boolean(),
  reasons: z.array(finding),
  /** Keys on the list that somebody keeps; null like all that follows: it cannot be built. */
  listedKeys: measure.nullable(),
  /** Operations of the mix a second, in the middle placement and in a bad one. */
  capacityQps: z.strictObject({ p5: measure, p50: measure }).nullable(),
  /** The same against the present instance, in the middle. */
  capacityRatio: measure.nullable(),
  /** max/mean of the load of the shards, in the middle placement and in a bad one. */
  maxOverMean: z.strictObject({ p50: measure, p95: measure }).nullable(),
  monthlyCost: measure,
  /** Shards that an operation touches, and operations that one shard answers. */
  fanOut: measure.nullable(),
  singleShardFraction: share.nullable(),
  /** What the failure of the fullest shard reaches. */
  blastRadius: reach.nullable(),
  /** What else lies where this value does, and so feels it. */
  noisyReach: reach.nullable(),
});

/** One whose load is half of a shard's equal part or more, on the recommended number of shards. */
export const hotTenant = z.strictObject({
  /** As the scenario names it. */
  value: z.string(),
  of: z.enum(['tenant', 'value']),
  /** The strategy that the options are laid over. */
  over: z.string(),
  share,
  shardCount: z.int().nonnegative(),
  /** Share from which on it is worth a list, and from which on it must be split. */
  moveAbove: measure,
  splitAbove: measure,
  /**
   * What the recommended strategy does with it, else the best option: capacity for its price, then
   * what is easier to keep.
   */
  advised: hotRemedy.nullable(),
  /** Each takes this value and all heavier ones. */
  options: z.array(hotOption),
  finding,
});

/** What to lay over the router, as a strategy of a scenario says it. */
export const adviceOverlay = z.strictObject({
  /** The strategy that it is laid over. */
  over: z.string(),
  remedy: hotRemedy,
  key: z.string(),
  /** With its number after a colon where it takes one. */
  router: z.string(),
  hash: z.string().nullable(),
  salt: z.string(),
  /** Of a share of the load where keys have several columns, else by name. */
  pin: z
    .strictObject({
      tenants: z.record(z.string(), z.int().nonnegative()).optional(),
      above: share.optional(),
      exclusive: z.literal(true).optional(),
    })
    .nullable(),
  split: z
    .strictObject({
      tenants: z.array(z.string()).optional(),
      above: share.optional(),
      by: z.string(),
      over: z.int(),
    })
    .nullable(),
});

export type AdviceOverlay = z.infer<typeof adviceOverlay>;
export type HotTenantFacts = Unworded<z.infer<typeof hotTenant>>;
export type HotOptionFacts = HotTenantFacts['options'][number];
export type HotRemedy = z.infer<typeof hotRemedy>;
