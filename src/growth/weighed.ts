import type { CapacityRow, CostRow, Recommendation } from '../result/growth-document.ts';
import type { WeighedRemedy } from './tenant-remedies.ts';

/** A candidate with its rows; `isPresent` where nothing has to be done for it. */
export interface Weighed {
  readonly capacity: CapacityRow;
  readonly cost: CostRow;
  /** What it does, in the work of one instance. */
  readonly instances: number;
  readonly isPresent: boolean;
  /** Set where a tenant is split off or apart. */
  readonly remedy: WeighedRemedy['remedy'] | null;
}

/** A recommendation but for the assumptions that it rests on. */
export type Advice = Omit<Recommendation, 'restsOn'>;

/** Whether it lasts so long in 9 of 10 futures, as far as its capacity is known. */
export function lastsFor({ capacity: { monthsToFull } }: Weighed, months: number): boolean {
  return monthsToFull !== null && (monthsToFull.p10 === null || monthsToFull.p10 >= months);
}
