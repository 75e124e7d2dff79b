import type { CapacityFacts, CostFacts, GrowthFacts } from '../result/growth-document.ts';
import { agreement } from './placement-bands.ts';
import type { WeighedRemedy } from './tenant-remedies.ts';

/** A candidate with its rows; `isPresent` where nothing has to be done for it. */
export interface Weighed {
  readonly capacity: CapacityFacts;
  readonly cost: CostFacts;
  /** What it does, in the work of one instance. */
  readonly instances: number;
  readonly isPresent: boolean;
  /** Share of its placements that last long enough; 1 where there is one placement. */
  readonly lasting: number;
  /** Set where a tenant is split off or apart. */
  readonly remedy: WeighedRemedy['remedy'] | null;
}

/** A recommendation but for the assumptions that it rests on. */
export type Advice = Omit<GrowthFacts['recommendation'], 'restsOn'>;

/** Whether it lasts so long in 9 of 10 futures and with 9 of 10 placements, as far as is known. */
export function lastsFor({ capacity, lasting }: Weighed, months: number): boolean {
  const { monthsToFull } = capacity;
  const inFutures =
    monthsToFull !== null && (monthsToFull.p10 === null || monthsToFull.p10 >= months);
  return inFutures && lasting >= agreement;
}
