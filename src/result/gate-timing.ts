import { z } from 'zod';

/**
 * The `timing` part of the gate's document. Ratios are head's time over base's, so that 1.1 is 10 %
 * slower; the control's are those of a second process of base over the first. Everything is there
 * to work it out again: each round's figures, the levels of the looks, the seed of the bootstrap.
 */

const count = z.int().nonnegative();
const nanoseconds = z.number().positive();
const ratio = z.number().positive();
/** A one-sided probability of error. */
const level = z.number().positive().max(0.5);

/**
 * A median ratio and the ends of its confidence interval; an end is null where so few pairs cannot
 * have one at that level (the interval has no end there).
 */
export const ratioInterval = z.strictObject({
  ratio,
  low: ratio.nullable(),
  high: ratio.nullable(),
  /** One-sided levels of the two ends: Holm may put them at different ones. */
  lowLevel: level,
  highLevel: level,
});

/** One round: fresh processes of base, head and base again, measured in turns. */
export const timingRound = z.strictObject({
  /** Which process measured first, second and third; the second half of the slices goes back. */
  order: z.array(z.enum(['base', 'head', 'control'])).length(3),
  /** Nanoseconds a look-up took in each process. */
  baseNs: nanoseconds,
  headNs: nanoseconds,
  controlNs: nanoseconds,
});

/**
 * `missing`: there is no evidence, which fails the gate: a process that did not come up or died, or
 * no round in the time that there was.
 */
export const timingStatus = z.enum(['pass', 'regressed', 'undecided', 'missing']);

export const routerTiming = z.strictObject({
  /** As the user wrote it: `ring:150`, `./my-router.ts`. */
  router: z.string(),
  /** null: a router that reads no hash. */
  hash: z.string().nullable(),
  shards: count,
  keyType: z.enum(['text', 'int8', 'uuid']),
  status: timingStatus,
  /** Why there is no evidence: which side failed and how; null unless `missing`. */
  problem: z.string().nullable(),
  /** The look that decided it, from 1; null where none did. */
  decidedAtLook: count.nullable(),
  /** Head over base, of `pairs` rounds; null where there is none. */
  head: ratioInterval.nullable(),
  /** Base's second process over its first, in the same rounds. */
  control: ratioInterval.nullable(),
  /** How far the control's interval reaches from 1: 0.03 where it goes to 1.03 (or to 1 / 1.03). */
  noise: z.number().nonnegative().nullable(),
  /** Above this the low end has to be for `regressed`: 1 + max(tolerance, noise). */
  regressedAbove: ratio.nullable(),
  pairs: count,
  /** Medians over the rounds. */
  baseNs: nanoseconds.nullable(),
  headNs: nanoseconds.nullable(),
  /** Whether base and head gave other answers to the same keys, which is no matter of time. */
  answersDiffer: z.boolean(),
  rounds: z.array(timingRound),
});

export const timingLook = z.strictObject({
  /** Of the time there is, when it is taken. */
  fraction: z.number().positive().max(1),
  /** Probability of error spent here, one-sided, for all routers together (Holm divides it). */
  level,
});

/** A look that was taken. */
export const takenLook = z.strictObject({
  /** Which of the planned ones, from 1. */
  look: count,
  atMs: z.number().nonnegative(),
  /** With what looks before it left unspent, as too few rounds could have decided anything. */
  level,
});

export const gateTiming = z.strictObject({
  seed: z.int(),
  maxTimeMs: z.number().positive(),
  elapsedMs: z.number().nonnegative(),
  /** Slower by less than this may pass: 0.05. */
  tolerance: z.number().positive(),
  /** Below this the high end has to be for `pass`: 1.045. */
  passBelow: z.number().positive(),
  /** One-sided probability of error, over all looks and routers. */
  alpha: level,
  /** How it is spread over the looks, and how it is divided among the routers; words. */
  spending: z.string(),
  resamples: count,
  looks: z.strictObject({ planned: z.array(timingLook), taken: z.array(takenLook) }),
  /** Rounds of the router that had the most. */
  rounds: count,
  ended: z.enum(['every router decided', 'time is up', 'a router is missing', 'interrupted']),
  routers: z.array(routerTiming),
});

export type RatioInterval = z.infer<typeof ratioInterval>;
export type TimingRound = z.infer<typeof timingRound>;
export type TimingStatus = z.infer<typeof timingStatus>;
export type RouterTiming = z.infer<typeof routerTiming>;
export type TimingLook = z.infer<typeof timingLook>;
export type TakenLook = z.infer<typeof takenLook>;
export type GateTiming = z.infer<typeof gateTiming>;
