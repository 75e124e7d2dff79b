import type { RunResult } from '../result/types.ts';

/** Claims and ranks of latency take so many repeats (gate/differences/). */
export const repeatsForClaims = 5;

/** How many repeats the cells of a run have, and how many they were to have. */
export interface MeasuredRepeats {
  readonly measured: { readonly least: number; readonly most: number };
  readonly planned: number;
}

/** Of a run without repeats: one, as planned. Cells that were not measured do not count. */
export function repeatsOf({ cells }: RunResult): MeasuredRepeats {
  const measured = cells
    .filter(({ status }) => status === 'ok')
    .map(({ repeats = [] }) => Math.max(1, repeats.length));
  const missing = cells
    .flatMap(({ notes }) => notes)
    .filter(({ code }) => code === 'repeats-missing')
    .map(({ numbers }) => Number(numbers['planned']));
  const least = measured.length === 0 ? 1 : Math.min(...measured);
  const most = Math.max(1, ...measured);
  return { measured: { least, most }, planned: Math.max(most, ...missing) };
}

/** What claims take, behind `that takes`: who asked for enough repeats need not be told how. */
export const howToClaim = (planned: number): string =>
  `${repeatsForClaims} repeats of each cell` +
  (planned >= repeatsForClaims ? ', and the run ended before' : ` (--repeat ${repeatsForClaims})`);

export const isRankedByLatency = ({ cells }: RunResult): boolean =>
  cells.some(({ latencyRank }) => latencyRank !== undefined);
