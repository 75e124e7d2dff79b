import type { RunningShard } from '../result/running-second.ts';
import { counted, integer, ms, rate } from './format.ts';

/** The last second in a few words: `412/s, p99 12.3 ms, 0 errors`. */
export function pulse({ writes, reads, errors, dropped, p99Ms }: RunningShard): string {
  const parts = [
    `${rate(writes + reads)}/s`,
    p99Ms === null ? 'p99 unknown' : `p99 ${ms(p99Ms)}`,
    counted(errors, 'error'),
    ...(dropped === 0 ? [] : [`${integer(dropped)} dropped`]),
  ];
  return parts.join(', ');
}
