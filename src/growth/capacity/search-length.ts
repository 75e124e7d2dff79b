import { brokenWindows, heldWindows, precision, rampFactor } from './capacity-search.ts';
import type { SearchBounds } from './search-step.ts';

/** Windows of the ramp where nothing is known of the capacity: a factor of four either way. */
const usualRamp = 3;

/** How many windows a search of one strategy takes, said before it begins. */
export interface SearchLength {
  readonly usual: number;
  readonly most: number;
}

export function searchLength({ stepsMax }: Pick<SearchBounds, 'stepsMax'>): SearchLength {
  const halvings = Math.ceil(Math.log2(Math.log(rampFactor) / Math.log(precision)));
  // One window of either rate has been measured before it is confirmed.
  const usual = usualRamp + halvings + heldWindows - 1 + brokenWindows - 1;
  return { usual: Math.min(usual, stepsMax), most: stepsMax };
}
