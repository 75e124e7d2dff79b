import { z } from 'zod';
import { count, measure } from './distribution.ts';

/**
 * A program beside the load generator and the shards, by the name that the system has of it: a
 * command line may hold passwords.
 */
export const busyProgram = z.strictObject({
  name: z.string(),
  pid: count,
  /** Of one core, children that ended meanwhile included: 1.0 is one core busy. */
  cpuFraction: measure,
});

export type BusyProgram = z.infer<typeof busyProgram>;
