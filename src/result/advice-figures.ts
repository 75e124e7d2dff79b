import { z } from 'zod';

/** Parts of a candidate in the document of `advise`, as it has them. */

const count = z.int().nonnegative();
const measure = z.number().nonnegative();
const besideOthers = z.strictObject({ own: measure, median: measure });

/** How response times were found: as it is placed, without another salt. */
export const simulatedFigures = z.strictObject({
  /** About as many in each of the two. */
  arrivals: count,
  /** Work of the fullest shard over what it can do: from 1 on it has no p99. */
  usedFraction: measure,
  usedFractionAtTwice: measure,
});

/** Twice as many shards at today's size: what moves, and hours until nothing is written twice. */
export const nextStepFigures = z.strictObject({
  shardCount: count,
  movedFraction: measure,
  bytes: measure,
  hours: measure,
});

/** Of one whose salt was chosen among many: max/mean beside the middle one of other salts. */
export const chosenSaltFigures = z.strictObject({
  salt: z.string(),
  tried: count,
  now: besideOthers,
  /** On twice as many shards. */
  doubled: besideOthers,
  /** In futures in which it was not chosen: how fast the luck fades. */
  after: z.array(
    z.strictObject({
      months: measure,
      own: z.strictObject({ p5: measure, p50: measure, p95: measure }),
      median: measure,
    }),
  ),
});
