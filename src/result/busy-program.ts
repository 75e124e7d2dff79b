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

/** So many say who it was; the rest is the tail of a list. */
const shown = 3;

/** Of programs seen in several windows each with the most that it used, the busiest first. */
export function busiestOf(programs: readonly BusyProgram[]): readonly BusyProgram[] {
  const most = new Map<string, BusyProgram>();
  for (const program of programs) {
    const id = `${program.pid} ${program.name}`;
    const known = most.get(id);
    if (known === undefined || known.cpuFraction < program.cpuFraction) most.set(id, program);
  }
  return [...most.values()].toSorted((a, b) => b.cpuFraction - a.cpuFraction).slice(0, shown);
}
