import type { NextStep } from '../src/growth/capacity/capacity-search.ts';
import { rounded } from '../src/growth/capacity/capacity-search.ts';
import type { SearchStep } from '../src/growth/capacity/search-step.ts';

/** From one rung to the next. */
const rung = 1.03;

/** Rates from one to another, each 3 % above the one before. */
export function ladderRates(from: number, to: number): readonly number[] {
  const rungs = Math.floor(Math.log(to / from) / Math.log(rung)) + 1;
  return Array.from({ length: Math.max(0, rungs) }, (_, index) => rounded(from * rung ** index));
}

/**
 * The slow way to a capacity: one rate after the other, from below, until the first breaks the
 * objective. Spoilt windows are measured again.
 */
export const ladderStep =
  (rates: readonly number[]) =>
  (steps: readonly SearchStep[]): NextStep => {
    const counting = steps.filter(({ outcome }) => outcome !== 'spoilt');
    const isBroken = counting.some(({ outcome }) => outcome !== 'held');
    if (isBroken) return { kind: 'end', end: counting.length > 1 ? 'found' : 'not-met' };
    const ratePerSecond = rates[counting.length];
    if (ratePerSecond === undefined) return { kind: 'end', end: 'at-least' };
    return { kind: 'try', ratePerSecond, purpose: 'ramp' };
  };
