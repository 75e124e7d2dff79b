import type { TimingLook } from '../result/gate-timing.ts';
import { lookLevels } from './spending.ts';

/** What is fixed before anything is measured. */
export interface TimingPlan {
  readonly tolerance: number;
  /** What an interval must stay below the tolerance by to pass. */
  readonly passMargin: number;
  readonly alpha: number;
  readonly looks: readonly TimingLook[];
}

/** A router may become slower by this and still pass. */
const tolerance = 0.05;
/**
 * Two copies of one tree differ by a few tenths of a per cent for as long as they stand where they
 * are, in how their code and keys lie in memory (standard deviation 0.2 % of 75 gates of 50 rounds
 * each): no number of rounds averages that out, so no interval of rounds has it in it.
 */
const passMargin = 0.005;
/**
 * One-sided, for "regressed" as for "pass", over all looks and routers: of code that is slower by
 * just the tolerance 2 in 1,000 pass. Rounds are cheap: one router needs 11 at the first look
 * instead of the 8 that 0.02 would need.
 */
const alpha = 0.002;
const fractions = [0.25, 0.5, 1];

/** In words, for the document. */
export const spendingText =
  'Lan-DeMets with Pocock-like spending, alpha ln(1 + (e - 1) t) at the share t of the time; the ' +
  'increments are used as they are (union bound). Holm over the routers at each look';

export const timingPlan: TimingPlan = {
  tolerance,
  passMargin,
  alpha,
  looks: lookLevels(alpha, fractions).map((level, i) => ({ fraction: fractions[i] ?? 1, level })),
};

const mediansBeyond = 4;

/**
 * Resamples of the bootstrap, so that the smallest level of a look that Holm may ask of so many
 * routers still has an end with some medians beyond it.
 */
export function resamplesFor({ looks }: TimingPlan, routers: number): number {
  const smallest = Math.min(...looks.map(({ level }) => level)) / routers;
  return Math.max(10_000, Math.ceil(mediansBeyond / smallest)) - 1;
}
