import { integer } from './fields.ts';
import { defaults } from './defaults.ts';
import type { ArrivalProcess, Scenario } from './types.ts';

/** More are no news: intervals get narrower by the root of their number. */
export const maxRepeats = 100;

export const repeatInput = integer(1, maxRepeats)
  .prefault(defaults.repeat)
  .describe(
    'Equal parts in which `run` measures each window, with those of the other cells in between: ' +
      'from 5 on it says which differences of latency are real',
  );

/** How long each part of a window is. */
export const repeatMs = ({ repeat, durationMs }: Pick<Scenario, 'repeat' | 'durationMs'>): number =>
  durationMs / repeat;

/** What decides whether a window can be cut; undefined: not known, as there are problems. */
interface Window {
  readonly repeat: number | undefined;
  readonly durationMs: number | undefined;
  readonly arrivals: ArrivalProcess | undefined;
  readonly looksUp: boolean;
}

/** Why a window cannot be measured in so many parts; null where it can. */
export function repeatProblem({
  repeat = 1,
  durationMs,
  arrivals,
  looksUp,
}: Window): string | null {
  if (repeat === 1) return null;
  if (looksUp) {
    return `found ${repeat}; allowed: 1 with a look-up, whose cache is counted over one window`;
  }
  if (arrivals?.process === 'ramp') {
    return `found ${repeat}; allowed: 1 with a ramp, of which no two parts have the same load`;
  }
  if (durationMs === undefined) return null;
  const cycleMs = arrivals?.process === 'burst' ? arrivals.onMs + arrivals.offMs : 1000;
  const unit = arrivals?.process === 'burst' ? 'bursts' : 'seconds';
  const wholeMs = leastCommonMultiple(1000, Math.round(cycleMs));
  if ((durationMs / repeat) % wholeMs === 0) return null;
  const shortest = Math.max(1, Math.round(durationMs / repeat / wholeMs)) * wholeMs;
  const fitting = (shortest * repeat) / 1000;
  return (
    `found ${repeat}, which cuts a window of ${durationMs / 1000} s into parts that are not ` +
    `whole ${unit}; allowed: a number that does not, or another window, such as ${fitting} s`
  );
}

/** The most parts, of so many at most, into which a window can be cut. */
export function mostRepeats(wanted: number, window: Omit<Window, 'repeat'>): number {
  for (let repeat = wanted; repeat > 1; repeat -= 1) {
    if (repeatProblem({ ...window, repeat }) === null) return repeat;
  }
  return 1;
}

function leastCommonMultiple(a: number, b: number): number {
  let [larger, smaller] = [Math.max(a, b), Math.min(a, b)];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return (a / larger) * b;
}
