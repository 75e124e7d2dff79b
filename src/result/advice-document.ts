import { z } from 'zod';
import { adviceDrift, adviceWaiting, type DriftFacts, type WaitingFacts } from './advice-drift.ts';
import { adviceMeasured } from './advice-measured.ts';
import { type AdviceOverlay, adviceOverlay, hotTenant, type HotTenantFacts } from './advice-hot.ts';
import { chosenSaltFigures, nextStepFigures, simulatedFigures } from './advice-figures.ts';
import { finding, type Unworded } from './finding.ts';
import { assumption } from './growth-document.ts';

/**
 * The output document of `advise`, `"schema": "shardlab/advice/v1"`: one recommendation, every
 * candidate with what it does, and why each of the others is not the one. Shares lie in [0, 1].
 */

const count = z.int().nonnegative();
const measure = z.number().nonnegative();
const share = z
  .number()
  .min(0)
  .max(1 + 1e-9);
const band = z.strictObject({ p5: measure, p50: measure, p95: measure });

/** futures: of one salt that was chosen, after the months asked for. */
const drawnOver = z.enum(['salts', 'keys', 'futures']);

/** Months until something is full; null: not within the horizon. */
const months = z.strictObject({
  /** When growth is as fast as in one of ten futures. */
  fast: measure.nullable(),
  /** By the trend as it is stated. */
  trend: measure.nullable(),
});

export const candidateStatus = z.enum(['recommended', 'no-difference', 'lost', 'excluded']);

export const advisedCandidate = z.strictObject({
  /** key/router; null: the present instance, unsharded. */
  strategy: z.string().nullable(),
  key: z.string().nullable(),
  router: z.string().nullable(),
  shardCount: count,
  /** Of one unsharded instance: its machine and replicas for reads; null: shards. */
  instance: z.strictObject({ machineTimes: measure, readReplicas: count }).nullable(),
  status: candidateStatus,
  /** Why it is not the recommended one; empty for that. */
  reasons: z.array(finding),
  /** Operations of the mix a second, in the middle placement; null: no capacity is known. */
  capacityQps: measure.nullable(),
  capacityBandQps: band.nullable(),
  /** Against the present instance. */
  capacityRatio: measure.nullable(),
  /** The same of a placement as bad as one in twenty. */
  capacityRatioP5: measure.nullable(),
  /** Of a placement as bad as one in twenty. */
  monthsToFull: months.nullable(),
  /** Of all operations, simulated at the load of today; null: not simulated, or not to be had. */
  p99Ms: measure.nullable(),
  /** The same at twice that load. */
  p99MsAtTwice: measure.nullable(),
  /** null: not simulated. */
  simulated: simulatedFigures.nullable(),
  monthlyCost: measure,
  singleShardFraction: share.nullable(),
  /** Transactions that write, or lock what they read, on two shards or more. */
  crossShardFraction: share.nullable(),
  scatterFraction: share.nullable(),
  /** Shards that an operation touches, on average. */
  fanOut: measure.nullable(),
  /** Of the work of the mix, what each shard has to do. */
  everywhereFraction: measure.nullable(),
  notRunnableFraction: share,
  lostConstraints: count,
  /** max/mean of the load of the shards, over draws of the placement. */
  band: band.extend({ draws: count, over: drawnOver.nullable() }).nullable(),
  /** Different values of the key, and the share of the load that the heaviest has. */
  values: count.nullable(),
  largestFraction: share.nullable(),
  /** max/mean that no router on this key can beat. */
  tenantFloor: measure.nullable(),
  /** 1 / largestFraction. */
  usefulShards: measure.nullable(),
  /** Keys on a list that somebody keeps; null: not known. */
  listedKeys: count.nullable(),
  /** Load that changes shard when the shards are doubled; null: not known, or not possible. */
  movedFraction: share.nullable(),
  /** That step, at today's size. */
  nextStep: nextStepFigures.nullable(),
  /** null: nobody chose its salt. */
  chosenSalt: chosenSaltFigures.nullable(),
  /** What the failure of the fullest shard reaches. */
  blastRadius: z.strictObject({ keysFraction: share, loadFraction: share }).nullable(),
  /** No other candidate is both cheaper and larger. */
  onFront: z.boolean(),
});

const kind = z.enum(['shard', 'stay', 'nothing-helps']);

/** What makes one instance do more, without shards. */
export const remedy = z.enum(['larger-instance', 'read-replicas']);

/** Whether the answer stays when what it rests on is somewhat different. */
export const adviceFirmness = z.strictObject({
  /** Of the resamples of the tenants, those with the same answer, or one that is no different. */
  share,
  resamples: count,
  /** The same of futures in which each tenant has grown at its own rate for so many months. */
  ownRates: z.strictObject({ share, futures: count, months: measure }),
  /** Changes after which the answer is another one, and which. */
  flips: z.array(
    z.strictObject({
      change: z.string(),
      kind,
      strategy: z.string().nullable(),
      shardCount: count,
      /** Of `stay`: what makes the one instance do more; null: it is enough as it is. */
      instead: remedy.nullable(),
    }),
  ),
  /** Changes after which it is the same. */
  kept: z.array(z.string()),
  /** The smallest change that makes another answer. */
  firstChange: finding,
});

const chosen = z.strictObject({ strategy: z.string(), shardCount: count });

export const adviceRecommendation = z.strictObject({
  kind,
  /** null unless it is to shard. */
  strategy: z.string().nullable(),
  shardCount: count,
  /** What to do, in one or two sentences: the text of `advice`. */
  sentence: z.string(),
  advice: finding,
  /** Of `stay`: what to take were one instance not enough; null where nothing would help either. */
  otherwise: chosen.nullable(),
  /** Of `stay`: what makes the one instance do more; null: it is enough as it is. */
  instead: remedy.nullable(),
  reasons: z.array(finding),
  /** What to lay over the router, as a scenario says it; null: no value weighs. */
  overlay: adviceOverlay.nullable(),
  firmness: adviceFirmness,
});

export const ceiling = z.strictObject({
  limit: z.enum([
    'load',
    'writes',
    'iops',
    'wal',
    'memory',
    'connections',
    'disk',
    'size',
    'backup',
    'restore',
  ]),
  now: measure,
  allowed: measure,
  unit: z.enum([
    'operations/s',
    'writes/s',
    'I/O operations/s',
    'bytes/s',
    'connections',
    'bytes',
    'hours',
  ]),
  months,
  /** stated: by the scenario. at-least: what follows from rows and statements, a lower bound. */
  basis: z.enum(['stated', 'at-least']),
});

/** A database against everything that it is not to exceed. */
export const ceilings = z.strictObject({
  limits: z.array(ceiling),
  /** The one that is hit first; null: none within the horizon. */
  first: ceiling.shape.limit.nullable(),
  /** Nobody said what is used of these (`growth.now`), so nothing is said of them. */
  notKnown: z.array(ceiling.shape.limit),
});

/** A candidate with the load of each of its shards, placed as it is: no other salt is drawn. */
export const placedCandidate = z.strictObject({
  /** The best one, the next best of another strategy, and the best one of another key. */
  role: z.enum(['best', 'runner-up', 'best-of-another-key']),
  ...chosen.shape,
  /** By shard. */
  shards: z.array(
    z.strictObject({
      /** Of the load of the key's values. */
      loadFraction: share,
      /** Of the work of the mix, what the shard does: all of it is what one database would. */
      workFraction: measure,
    }),
  ),
});

/** A file of what to use next. */
const nextFile = z.strictObject({
  /** Below the folder of the document, with slashes. */
  path: z.string(),
  /** Whether it places keys as the recommendation does. */
  placement: z.enum(['exact', 'different']),
  note: finding,
});

export const adviceDocument = z.strictObject({
  schema: z.literal('shardlab/advice/v1'),
  name: z.string(),
  description: z.string(),
  seed: count,
  startedAt: z.string(),
  command: z.string(),
  shardlab: z.string(),
  now: z.strictObject({
    qps: measure,
    bytes: measure,
    writeFraction: share,
    tenants: count,
  }),
  /** What was asked for. */
  objectives: z.strictObject({
    months: measure,
    capacity: measure.nullable(),
    p99Ms: measure.nullable(),
    shardCounts: z.array(count),
  }),
  /** How the candidates were measured. */
  basis: z.strictObject({
    /** What one shard and the instance take; null: nobody said. */
    shardQps: measure.nullable(),
    instanceQps: measure.nullable(),
    utilisation: share,
    leadMonths: measure,
    horizonMonths: measure,
    draws: count,
    /** Arrivals that were routed for what operations ask of shards. */
    arrivals: count,
    currency: z.string(),
  }),
  recommendation: adviceRecommendation,
  /** The present instance against its limits. */
  instance: ceilings,
  /** The same of the fullest shard, in a bad placement, of what is or would be recommended. */
  fullestShard: ceilings.nullable(),
  /** Within a status the better one comes first. */
  candidates: z.array(advisedCandidate),
  /** Values that weigh on the recommended shards, the heaviest first, three at most. */
  hotTenants: z.array(hotTenant),
  /** null unless it is to shard. */
  drift: adviceDrift.nullable(),
  /** null: the instance is full never, as far as is looked, or nothing helps. */
  waiting: adviceWaiting.nullable(),
  loadByShard: z.array(placedCandidate),
  /** What was written beside the document; empty where the answer is no number of shards. */
  next: z.array(nextFile),
  assumptions: z.array(assumption),
  /** What else a reader must know of how this was found. */
  findings: z.array(finding),
  /** The ranking against what real shards take; absent unless that was asked for. */
  measured: adviceMeasured.optional(),
});

export type AdviceDocument = z.infer<typeof adviceDocument>;
export type AdvisedCandidate = z.infer<typeof advisedCandidate>;
export type PlacedCandidate = z.infer<typeof placedCandidate>;

/** The parts that the arithmetic makes, without sentences. */
export type AdvisedFacts = Unworded<AdvisedCandidate>;
export type FirmnessFacts = Unworded<z.infer<typeof adviceFirmness>>;
export type RecommendationFacts = Omit<
  Unworded<AdviceDocument['recommendation']>,
  'sentence' | 'firmness' | 'overlay'
>;
export type AdviceFacts = {
  readonly recommendation: RecommendationFacts;
  readonly firmness: FirmnessFacts;
  readonly instance: AdviceDocument['instance'];
  readonly fullestShard: AdviceDocument['fullestShard'];
  readonly candidates: AdvisedFacts[];
  readonly hotTenants: readonly HotTenantFacts[];
  readonly overlay: AdviceOverlay | null;
  readonly drift: DriftFacts | null;
  readonly waiting: WaitingFacts | null;
};
