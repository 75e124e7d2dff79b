import type { RunResult } from '../result/types.ts';

/**
 * What stands beside every number of what asking several shards costs; '' where it does not hold.
 */
export function fanOutBound({ source, environment }: RunResult): string {
  if (source !== 'measured' || environment.fleet === 'urls') return '';
  return 'a lower bound: no network between, one machine';
}
