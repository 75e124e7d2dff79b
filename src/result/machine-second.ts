import { z } from 'zod';
import { count, fraction } from './distribution.ts';

/** Where the processors' time went in one second of the window, as shares of all of it. */
export const machineSecond = z.strictObject({
  second: count,
  /** Taken by the hypervisor; null where the counters stood still. */
  stealFraction: fraction.nullable(),
  /**
   * Used by programs other than the load generator and the shards; null where shards are not known.
   */
  foreignFraction: fraction.nullable(),
});

export type MachineSecond = z.infer<typeof machineSecond>;
