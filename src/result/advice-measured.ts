import { z } from 'zod';
import { capacityStrategy, capacityDocument } from './capacity-document.ts';
import { count, fraction, measure } from './distribution.ts';
import { finding } from './finding.ts';
import { runResult } from './types.ts';

/** Part of advice-document.ts: the ranking against what real shards take. */

const interval = z.strictObject({ low: measure, high: measure.nullable() });

/** One search of one candidate. */
export const rankingSearch = z.strictObject({
  /** From 1 on. */
  round: count,
  status: capacityStrategy.shape.status,
  error: z.string().nullable(),
  sustainedQps: measure.nullable(),
  interval: interval.nullable(),
  limitedBy: z.enum(['shard', 'generator', 'machine', 'none']).nullable(),
  /** Windows that were measured. */
  windows: count,
});

export const rankedCandidate = z.strictObject({
  strategy: z.string(),
  key: z.string(),
  router: z.string(),
  /**
   * best: one of the best. other-key: the best of a key that those do not have. contrast: the one
   * that is predicted to do least, where there is no other key.
   */
  chosen: z.enum(['best', 'other-key', 'contrast']),
  /** What the advice says of it on so many shards. */
  predicted: z.strictObject({
    /** Databases whose work its shards do, in the placement that is measured. */
    databases: measure,
    /** The same over all placements. */
    band: z.strictObject({ p5: measure, p50: measure, p95: measure }),
    /** Operations a second of shards as the scenario states them; null: it does not. */
    capacityQps: measure.nullable(),
    /** 1 is the largest; equal ones have the same. */
    rank: count,
  }),
  /** Largest rate that held the objective, the mean of the searches; null: none was seen to. */
  sustainedQps: measure.nullable(),
  /**
   * All of the searches' intervals together; high is null where only something else than the shards
   * ended the search. null: nothing is known.
   */
  interval: interval.nullable(),
  rank: count.nullable(),
  searches: z.array(rankingSearch),
  /**
   * At the rate of the scenario, where each search begins; the middle one of its windows. Not
   * ranked: these are few windows. null: no window of that rate counts.
   */
  atRate: z
    .strictObject({
      rateQps: measure,
      windows: count,
      /** null: so many operations failed that there is none. */
      p50Ms: measure.nullable(),
      p99Ms: measure.nullable(),
    })
    .nullable(),
  /** What bounds what is known of it. */
  notes: z.array(finding),
});

/** Two candidates, the one that is predicted to take more first. */
export const rankedPair = z.strictObject({
  first: z.string(),
  second: z.string(),
  /** Predicted databases of the first over those of the second. */
  predictedRatio: measure,
  /** null: the second holds no rate. */
  measuredRatio: measure.nullable(),
  order: z.enum(['same', 'opposite', 'equal']),
  /** Whether their measured intervals have no rate in common. */
  toldApart: z.boolean(),
  /** Whether the predictions are so near each other that they say no order. */
  predictedAlike: z.boolean(),
});

export const rankingVerdict = z.enum(['held', 'not-held', 'cannot-be-told']);

export const adviceMeasured = z.strictObject({
  startedAt: z.iso.datetime(),
  environment: runResult.shape.environment,
  /** Shards of each candidate, and of the recommended one. */
  shardCount: count,
  recommendedShardCount: count,
  objective: capacityDocument.shape.objective,
  search: z.strictObject({
    /** Searches of each candidate that were asked for, each round in the opposite order. */
    rounds: count,
    durationMs: measure,
    warmupMs: measure,
    startQps: measure,
    stepsMax: count,
  }),
  /** As predicted, the largest first. */
  candidates: z.array(rankedCandidate),
  pairs: z.array(rankedPair),
  /** Kendall's tau-b of predicted databases and measured rates; null: too few to rank. */
  kendallTau: z.number().min(-1).max(1).nullable(),
  /** Share of all orders that agree as well as this one; null where some are equal. */
  byChance: fraction.nullable(),
  verdict: rankingVerdict,
  reason: finding,
  /** What else a reader must know. */
  findings: z.array(finding),
});

export type AdviceMeasured = z.infer<typeof adviceMeasured>;
export type RankedCandidate = z.infer<typeof rankedCandidate>;
export type RankedPair = z.infer<typeof rankedPair>;
export type RankingSearch = z.infer<typeof rankingSearch>;
