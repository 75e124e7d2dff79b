import { edgeOf } from './edge.ts';
import {
  heldCount,
  type SearchBounds,
  type SearchStep,
  type TriedRate,
  triedRates,
} from './search-step.ts';

/** Why a rate is tried. */
export type StepPurpose = 'ramp' | 'bisect' | 'confirm';

/**
 * found: between two confirmed rates. at-least: the largest rate that may be tried holds. not-met:
 * the least one does not. unfinished: there were no windows left to make sure.
 */
export type SearchEnd = 'found' | 'at-least' | 'not-met' | 'unfinished';

export type NextStep =
  | { readonly kind: 'try'; readonly ratePerSecond: number; readonly purpose: StepPurpose }
  | { readonly kind: 'end'; readonly end: SearchEnd };

/** From one rate of the ramp to the next. */
export const rampFactor = 2;
/** Nearer to each other than this the two rates of the edge need not be. */
export const precision = 1.05;
/** Windows of the rate that is the answer, most of which hold. */
export const heldWindows = 3;
/** Windows of the rate above it, most of which do not. */
export const brokenWindows = 2;

/**
 * The next rate to try, given all windows so far. A ramp by factors leads to a rate that holds and
 * one that does not, halving (of the logarithm) brings them together, and then both are measured
 * again: the answer must hold in most of its windows, and the rate above it must not. Where the
 * repeats say otherwise the edge moves, and the search goes on from there. A spoilt window is no
 * evidence: the same rate comes again, and costs one of the steps.
 */
export function nextStep(steps: readonly SearchStep[], bounds: SearchBounds): NextStep {
  const { startPerSecond, lowestPerSecond, highestPerSecond, stepsMax } = bounds;
  const { held, broken } = edgeOf(triedRates(steps));
  if (held === null && broken === null) {
    const isOver = steps.length >= stepsMax;
    return isOver ? { kind: 'end', end: 'unfinished' } : tried(startPerSecond, 'ramp');
  }
  if (held === null || broken === null) {
    const end = held === null ? 'not-met' : 'at-least';
    const last = held === null ? lowestPerSecond : highestPerSecond;
    const rate = (held ?? broken)?.ratePerSecond ?? startPerSecond;
    if (rate === last && isConfirmed({ held, broken })) return { kind: 'end', end };
    if (steps.length >= stepsMax) return { kind: 'end', end: 'unfinished' };
    if (rate === last) return tried(rate, 'confirm');
    return tried(
      held === null
        ? Math.max(lowestPerSecond, rounded(rate / rampFactor))
        : Math.min(highestPerSecond, rounded(rate * rampFactor)),
      'ramp',
    );
  }
  const [low, high] = [held.ratePerSecond, broken.ratePerSecond];
  const isNear = high / low <= precision;
  if (isNear && isConfirmed({ held, broken })) return { kind: 'end', end: 'found' };
  if (steps.length >= stepsMax) return { kind: 'end', end: 'unfinished' };
  if (!isNear) return tried(between(low, high), 'bisect');
  return tried(isHeldConfirmed(held) ? high : low, 'confirm');
}

const tried = (ratePerSecond: number, purpose: StepPurpose): NextStep => ({
  kind: 'try',
  ratePerSecond,
  purpose,
});

function isConfirmed({ held, broken }: Record<'held' | 'broken', TriedRate | null>): boolean {
  return (held === null || isHeldConfirmed(held)) && (broken === null || isBrokenConfirmed(broken));
}

const isHeldConfirmed = (rate: TriedRate): boolean =>
  rate.steps.length >= heldWindows && 2 * heldCount(rate) > rate.steps.length;

const isBrokenConfirmed = (rate: TriedRate): boolean =>
  rate.steps.length >= brokenWindows && 2 * heldCount(rate) < rate.steps.length;

/** Four digits are more than any window can tell apart, and are read more easily. */
export const rounded = (rate: number): number => Number(rate.toPrecision(4));

/** Half way between two rates by their ratio. */
function between(low: number, high: number): number {
  const middle = Math.sqrt(low * high);
  const round = Number(middle.toPrecision(3));
  return round > low && round < high ? round : middle;
}
