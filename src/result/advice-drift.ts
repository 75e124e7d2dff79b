import { z } from 'zod';
import { finding, type Unworded } from './finding.ts';

/** What time does to a recommendation: parts of the document of `advise`. */

const measure = z.number().nonnegative();
const share = z
  .number()
  .min(0)
  .max(1 + 1e-9);
const middleAndBad = z.strictObject({ p50: measure, p90: measure });

/** Over futures; null: not within the horizon. */
const alarmMonths = z.strictObject({
  p10: measure.nullable(),
  p50: measure.nullable(),
  p90: measure.nullable(),
});

/** The recommended shards month by month, over futures in which tenants grow at their own rates. */
export const adviceDrift = z.strictObject({
  strategy: z.string(),
  shardCount: z.int().nonnegative(),
  /** Standard deviation of a tenant's own growth a month around that of all. */
  spread: share,
  futures: z.int().nonnegative(),
  horizonMonths: measure,
  /** If nobody moves anything. */
  alarms: z.array(
    z.strictObject({
      alarm: z.enum(['shard-full', 'disk-full', 'value-outgrows-shard', 'uneven']),
      /**
       * Trips above this: of `shard-full` and `disk-full` the share that is used, of
       * `value-outgrows-shard` the heaviest value over an equal part, of `uneven` max/mean.
       */
      limit: measure,
      /** The month in which it trips. */
      months: alarmMonths,
      /** Of the futures, those in which it does. */
      fraction: share,
    }),
  ),
  /** What keeps the fullest shard below a bound in the first year. */
  moves: z.strictObject({
    maxOverMeanMost: measure,
    aYear: middleAndBad,
    /** Share of the load that is moved. */
    loadFraction: middleAndBad,
    /** Of the futures, those in which no move helps at the end: a value is too heavy. */
    stuckFraction: share,
  }),
  findings: z.array(finding),
});

/** How long one instance leaves to begin, and what beginning later costs. */
export const adviceWaiting = z.strictObject({
  /** Until the instance is full; null: not within the horizon. */
  fullMonths: z.strictObject({ fast: measure.nullable(), trend: measure.nullable() }),
  /** From the decision to the last row moved: today, and if it begins as late as it can. */
  moveMonths: z.strictObject({ now: measure, latest: measure.nullable() }),
  /** To begin within; 0: now, or too late already. null: not within the horizon. */
  startMonths: z.strictObject({ fast: measure.nullable(), trend: measure.nullable() }),
  /** Months in which the instance is over its limit even if the move begins now, by the trend. */
  lateMonths: measure,
  /** The bill of the shards less that of the instance: what each month of waiting saves. */
  savedMonthly: z.number(),
  /** Hours of copying and reading back, today, and if it begins as late as it can. */
  copyHours: z.strictObject({ now: measure, latest: measure.nullable() }),
  finding,
});

export type DriftFacts = Unworded<z.infer<typeof adviceDrift>>;
export type WaitingFacts = Unworded<z.infer<typeof adviceWaiting>>;
