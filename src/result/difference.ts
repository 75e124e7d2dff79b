import { z } from 'zod';
import { count, measure, perhaps } from './distribution.ts';
import { finding } from './finding.ts';

/** What a difference says of b, seen from a. */
export const differenceVerdicts = ['better', 'worse', 'none', 'not-comparable'] as const;

/**
 * One quantity on two sides: of one strategy in two results, or of two strategies in one result.
 */
export const difference = z.strictObject({
  /** The strategy; within one result that of side b. */
  strategy: z.string(),
  /** Within one result: the strategy of side a. Absent between results. */
  against: z.string().optional(),
  /** Such as `service_ms.p50` or `write_qps.max_over_mean`. */
  metric: z.string(),
  /** What it is of: operation, shard, ...; none: of the whole cell. */
  tags: z.record(z.string(), z.string()),
  a: perhaps,
  b: perhaps,
  /** b / a: the geometric mean over pairs where there are several. */
  ratio: perhaps,
  /** Of the ratio, at the level of `family`; null where nothing tells how much it varies. */
  interval: z.strictObject({ low: measure, high: measure }).nullable(),
  /** Repeats or runs on each side. */
  samples: z.strictObject({ a: count, b: count }),
  verdict: z.enum(differenceVerdicts),
  /** Whether it belongs to the family, named beforehand, of which claims are made. */
  primary: z.boolean(),
  /** Why it is not comparable, or what the verdict rests on. */
  note: finding.optional(),
});

/** The differences for which claims are made, and how many of them may be wrong. */
export const differenceFamily = z.strictObject({
  metric: z.string(),
  /** Hypotheses in it. */
  size: count,
  /** Chance of one false claim or more in the whole document. */
  errorRate: z.number().min(0).max(1),
  correction: z.literal('holm'),
  /** Fewer repeats on either side give intervals and no claims. */
  claimsFrom: count,
});

export type Difference = z.infer<typeof difference>;
export type DifferenceVerdict = (typeof differenceVerdicts)[number];
export type DifferenceFamily = z.infer<typeof differenceFamily>;
