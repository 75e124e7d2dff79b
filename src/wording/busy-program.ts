import type { BusyProgram } from '../result/busy-program.ts';
import { percent } from './format.ts';

/** `node (pid 123) 98 % of a core`. */
export const busyProgram = ({ name, pid, cpuFraction }: BusyProgram): string =>
  `${name} (pid ${pid}) ${percent(cpuFraction)} of a core`;
