import type { BusyProgram } from '../result/busy-program.ts';
import { percent } from './format.ts';
import type { Said } from './sentence.ts';

/** `node (pid 123) 98 % of a core`. */
export const busyProgram = ({ name, pid, cpuFraction }: BusyProgram): string =>
  `${name} (pid ${pid}) ${percent(cpuFraction)} of a core`;

/** Which the other programs were; empty where that is not known. */
export function busiestOfThem(said: Said): string {
  const [pids, fractions] = [said.numbers('pid'), said.numbers('coreFraction')];
  const named = said
    .list('programs')
    .map((name, index) =>
      busyProgram({ name, pid: pids[index] ?? 0, cpuFraction: fractions[index] ?? 0 }),
    );
  return named.length === 0 ? '' : ` The busiest of them: ${named.join(', ')}.`;
}
