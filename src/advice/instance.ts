import type { Setting } from './candidate-figures.ts';
import { type Ceilings, ceilingsOf, type Database } from './ceilings.ts';

/** Staying on the one instance that there is. */
export interface Stay extends Ceilings {
  /**
   * Whether it is enough for now: no limit is hit before shards could be there, even when growth is
   * fast. null: nobody said what it can take.
   */
  readonly isEnough: boolean | null;
}

/** The present instance, which has everything. */
export const instanceOf = ({ capacity, instanceDiskBytes }: Setting): Database => ({
  work: 1,
  written: 1,
  bytes: 1,
  capacityQps: capacity?.instance ?? null,
  machine: 1,
  diskBytes: instanceDiskBytes,
});

export function stayOnInstance(setting: Setting): Stay {
  const ceilings = ceilingsOf(setting, instanceOf(setting));
  const isKnown = setting.capacity !== null;
  const isFull = isFullInTime(ceilings, setting);
  return { ...ceilings, isEnough: isFull ? false : isKnown ? true : null };
}

/** Full before anything else could stand in its place, where growth is fast. */
export function isFullInTime({ first }: Ceilings, { leadMonths }: Setting): boolean {
  const months = first?.months.fast ?? null;
  return months !== null && months <= leadMonths;
}
