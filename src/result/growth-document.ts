import { z } from 'zod';
import { finding, type Unworded } from './finding.ts';
import { capacityBounds, capacityRow } from './growth-capacity.ts';
import { largestTenant, movePlan, rulePlan, tenantRemedy } from './growth-moves.ts';

/**
 * The output document of `grow`, `"schema": "shardlab/growth/v2"`: what a path of shard counts
 * moves, buys and costs. A document of its own, beside shardlab/result: nothing in it was
 * measured here, and it is about many counts where a result is about one. Work and load are in
 * operations of the scenario's mix; months count from now; null months are later than
 * `horizonMonths`.
 */

const count = z.int().nonnegative();
const measure = z.number().nonnegative();
const fraction = z.number().min(0).max(1);
/** A share that rounding may carry a hair past 1. */
const share = z
  .number()
  .min(0)
  .max(1 + 1e-9);

const range = z.strictObject({ low: measure, mid: measure, high: measure });
export const flow = z.strictObject({
  from: count,
  to: count,
  keys: measure,
  rows: measure,
  bytes: measure,
  load: measure,
});

export const movementBand = z.strictObject({ p5: fraction, p50: fraction, p95: fraction });

/** What one step, or all steps up to one, move by one router. */
export const growthStep = z.strictObject({
  strategy: z.string(),
  router: z.string(),
  /** step: from one count to the next; path: from the first one, by way of those between. */
  span: z.enum(['step', 'path']),
  from: count,
  to: count,
  /** What was routed: the keys of the loaded rows, or the integers from 0 on, each of one row. */
  counted: z.strictObject({ of: z.enum(['loaded keys', 'integers']), keys: count }),
  keysMovedFraction: share,
  rowsMovedFraction: share,
  bytesMovedFraction: share,
  loadMovedFraction: share,
  /** The least that must move for every shard to have its due share before and after. */
  optimalFraction: share,
  /** By the router's closed form; null where there is none. */
  expectedFraction: share.nullable(),
  /** Its spread over placements of these very keys: one standard deviation of each fraction. */
  expectedSd: z
    .strictObject({ keys: measure, rows: measure, bytes: measure, load: measure })
    .nullable(),
  /** The closed form in words, and what it is about: routers by range cut rows, not keys. */
  expectedBy: z.strictObject({ formula: z.string(), of: z.enum(['keys', 'rows']) }).nullable(),
  /** Of each fraction over further placements; null where there is one placement, or none drawn. */
  band: z
    .strictObject({
      samples: count,
      /** salts: of the hash. keys: the hash is fixed, and the tenants are given other ids. */
      over: z.enum(['salts', 'keys']),
      keys: movementBand,
      rows: movementBand,
      bytes: movementBand,
      load: movementBand,
    })
    .nullable(),
  monotone: z.boolean(),
  strayKeys: count,
  flows: z.array(flow),
  /**
   * Besides what moves by the key: copies of the reference tables for new shards. Absent where
   * there are none.
   */
  referenceBytes: measure.optional(),
});

export const monthlyCost = z.strictObject({
  compute: range,
  replicas: range,
  overhead: range,
  infrastructure: range,
  storage: range,
  people: range,
  crossShardEngineering: range,
  total: range,
});

/** unknown: it needs a measured capacity. */
export const costVerdicts = [
  'present',
  'sound',
  'unknown',
  'dear',
  'no gain',
  'too small',
  'wrong',
  /** Fewer than 9 of 10 placements agree. */
  'depends on the placement',
] as const;

export const costRow = z.strictObject({
  strategy: z.string().nullable(),
  shardCount: count,
  currency: z.string(),
  monthlyCost,
  /** Infrastructure alone, against the present: as stated, and at the ends of the prices. */
  costRatio: measure,
  costRatioRange: z.strictObject({ low: measure, high: measure }),
  /** The whole bill. */
  billRatio: measure,
  /** Of write capacity (of all operations where nothing writes), against the present. */
  capacityRatio: measure.nullable(),
  /** billRatio / capacityRatio: what a unit of capacity costs against the present. */
  unitCostRatio: measure.nullable().optional(),
  verdict: z.strictObject({
    status: z.enum(costVerdicts),
    reasons: z.array(finding),
    /** How many placements have which verdict; absent where there is one placement. */
    placements: z.array(z.strictObject({ status: z.enum(costVerdicts), count })).optional(),
  }),
});

export const instanceLimit = z.strictObject({
  limit: z.string(),
  now: measure,
  /** null: not known. */
  allowed: measure.nullable(),
  unit: z.string(),
  /** Middle trend; null: beyond the horizon, or not known. */
  monthsP50: measure.nullable(),
  /** Of `allowed`; absent: known. */
  bound: z.enum(capacityBounds).optional(),
  /** What kind of limit it is, and where it is stated. */
  meaning: finding,
});

export const instanceAlternative = z.strictObject({
  kind: z.enum(['larger-instance', 'read-replicas']),
  /** Times the machine, or replicas that answer reads. */
  count,
  /** Against the one instance. */
  capacityRatio: measure,
  /** Until its first limit, by the trend; null: beyond the horizon, or not known. */
  monthsP50: measure.nullable(),
  monthlyCost,
  /** The whole bill against that of one instance. */
  billRatio: measure,
  what: finding,
});

export const recommendation = z.strictObject({
  kind: z.enum([
    'stay',
    'one instance',
    'grow',
    'dedicated shard',
    'split',
    'another key',
    /** No shard count and no date can be given before a capacity was measured. */
    'measure',
  ]),
  strategy: z.string().nullable(),
  shardCount: count,
  /** Strategies that cost as much and whose placements overlap: no difference is known. */
  alike: z.array(z.string()).optional(),
  /** The one sentence for a reader in a hurry. */
  advice: finding,
  reasons: z.array(finding),
  /** Months from now until it must be begun; null: not within the horizon. */
  actWithinMonths: measure.nullable(),
  /** When to do it, or what to do before. */
  act: finding,
  /** Assumptions that decide: another value may change the recommendation. */
  restsOn: z
    .array(z.strictObject({ path: z.string(), value: z.string(), isDefault: z.boolean() }))
    .optional(),
});

export const assumption = z.strictObject({
  /** Where it can be changed: a path in the scenario. */
  path: z.string(),
  value: z.string(),
  meaning: z.string(),
  isDefault: z.boolean(),
});

export const growthDocument = z.strictObject({
  schema: z.literal('shardlab/growth/v2'),
  name: z.string(),
  description: z.string(),
  seed: z.int(),
  arrivalsDigest: z.string(),
  startedAt: z.iso.datetime(),
  /** The command that makes it again. */
  command: z.string(),
  shardlab: z.string(),
  recommendation,
  /** The scenario as understood, all defaults filled in. */
  scenario: z.record(z.string(), z.json()),
  now: z.strictObject({
    shardCount: count,
    qps: measure,
    writeFraction: fraction,
    bytes: measure,
    tenants: count,
  }),
  growth: z.array(growthStep),
  capacity: z.array(capacityRow),
  cost: z.array(costRow),
  plans: z.array(movePlan),
  largestTenants: z.array(largestTenant),
  oneInstance: z.strictObject({
    limits: z.array(instanceLimit),
    advice: z.array(finding),
    /** A larger instance, and replicas for reads; absent in older documents. */
    alternatives: z.array(instanceAlternative).optional(),
  }),
  assumptions: z.array(assumption),
  /** What the numbers cannot show. */
  findings: z.array(finding),
});

export type GrowthStepRow = z.infer<typeof growthStep>;
export type CapacityRow = z.infer<typeof capacityRow>;
export type CapacityBound = (typeof capacityBounds)[number];
export type CostRow = z.infer<typeof costRow>;
export type RulePlan = z.infer<typeof rulePlan>;
export type MovePlan = z.infer<typeof movePlan>;
export type TenantRemedy = z.infer<typeof tenantRemedy>;
export type LargestTenant = z.infer<typeof largestTenant>;
export type InstanceLimit = z.infer<typeof instanceLimit>;
export type Recommendation = z.infer<typeof recommendation>;
export type Assumption = z.infer<typeof assumption>;
export type GrowthDocument = z.infer<typeof growthDocument>;

/** The parts as the arithmetic leaves them: findings without their sentences. */
export type GrowthFacts = Unworded<
  Pick<
    GrowthDocument,
    | 'now'
    | 'capacity'
    | 'cost'
    | 'plans'
    | 'largestTenants'
    | 'oneInstance'
    | 'recommendation'
    | 'findings'
  >
> & { assumptions: AssumptionFacts[] };
/** What an assumption means is said by its path alone. */
export type AssumptionFacts = Omit<Assumption, 'meaning'>;
export type CapacityFacts = GrowthFacts['capacity'][number];
export type CostFacts = GrowthFacts['cost'][number];
export type PlanFacts = GrowthFacts['plans'][number];
export type RuleFacts = NonNullable<PlanFacts['rule']>;
export type TenantFacts = GrowthFacts['largestTenants'][number];
export type RemedyFacts = TenantFacts['remedies'][number];
