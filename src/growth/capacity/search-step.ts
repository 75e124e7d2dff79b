/**
 * What a window at one rate said: `held` and `broken` are of the objective. `generator`: it was
 * broken, but the load generator was late itself, which says nothing about the shards. `spoilt`: it
 * was broken while other programs took the machine, so the window does not count.
 */
export type StepOutcome = 'held' | 'broken' | 'generator' | 'spoilt';

/** A window that was measured, as far as the search looks at it. */
export interface SearchStep {
  readonly ratePerSecond: number;
  readonly outcome: StepOutcome;
  /** Whether chance can hardly have made it so. */
  readonly isClear: boolean;
}

/** Rates a second, and how many windows there may be. */
export interface SearchBounds {
  /** Where the ramp begins: between the other two. */
  readonly startPerSecond: number;
  readonly lowestPerSecond: number;
  readonly highestPerSecond: number;
  readonly stepsMax: number;
}

/** The windows of one rate. */
export interface TriedRate {
  readonly ratePerSecond: number;
  readonly steps: readonly SearchStep[];
}

/** Each rate with the windows that count, the lowest first. */
export function triedRates(steps: readonly SearchStep[]): TriedRate[] {
  const counting = steps.filter(({ outcome }) => outcome !== 'spoilt');
  return [...Map.groupBy(counting, ({ ratePerSecond }) => ratePerSecond)]
    .map(([ratePerSecond, own]) => ({ ratePerSecond, steps: own }))
    .toSorted((a, b) => a.ratePerSecond - b.ratePerSecond);
}

const heldAt = ({ outcome }: SearchStep): boolean => outcome === 'held';

export const heldCount = ({ steps }: TriedRate): number => steps.filter(heldAt).length;

export const isAlwaysHeld = ({ steps }: TriedRate): boolean => steps.every(heldAt);

export const isNeverHeld = ({ steps }: TriedRate): boolean => !steps.some(heldAt);
