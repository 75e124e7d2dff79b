import { mean } from '../base/statistics/moments.ts';
import type { MachineSecond } from '../result/machine-second.ts';
import type { VerdictStatus } from '../result/types.ts';

/**
 * What others took in the worst third of a window (all of a drift is between thirds) from which its
 * times may be theirs, as shares of the processors' time. In the quiet windows of
 * `results/baseline` the worst thirds have 2.5 % used by other programs and 2.4 % stolen at most;
 * one busy core of two is 50 %.
 */
const foreignThird = 0.1;
const stealThird = 0.05;

/**
 * Means over the whole window from which shards may have been full, or operations have failed, for
 * want of processors: half of what one busy core of two takes.
 */
const foreignWindow = 0.25;
const stealWindow = 0.1;

/** Why a cell's numbers are the machine's and not the strategy's. */
export interface Spoilt {
  readonly reason:
    | 'generator-bound'
    | 'noisy'
    | 'drifting-on-a-busy-machine'
    | 'overloaded-on-a-busy-machine';
}

/**
 * Whether it is worth measuring a cell again, because the machine spoilt this measurement; null
 * where it did not. A drift alone says nothing of the machine: tables that grow drift as well, and
 * what is offered may be more than shards can do on any machine.
 */
export function spoiltBy(status: VerdictStatus, machine: readonly MachineSecond[]): Spoilt | null {
  if (status === 'GENERATOR-BOUND') return { reason: 'generator-bound' };
  if (status === 'NOISY') return { reason: 'noisy' };
  if (status !== 'DRIFTING' && !isOverloaded(status)) return null;
  if (!isMachineTaken(status, machine)) return null;
  const what = isOverloaded(status) ? 'overloaded' : 'drifting';
  return { reason: `${what}-on-a-busy-machine` };
}

const isOverloaded = (status: VerdictStatus): boolean =>
  status === 'SATURATED' || status === 'FAILING';

/**
 * Whether other programs, or other machines on the same host, took so much of a window that its
 * numbers may be theirs: in some part of it, and in all of it where shards were full or operations
 * have failed. False where the system does not tell.
 */
export function isMachineTaken(status: VerdictStatus, machine: readonly MachineSecond[]): boolean {
  const foreign = machine.map(({ foreignFraction }) => foreignFraction);
  const stolen = machine.map(({ stealFraction }) => stealFraction);
  return isOverloaded(status)
    ? meanOf(foreign) >= foreignWindow || meanOf(stolen) >= stealWindow
    : worstThird(foreign) >= foreignThird || worstThird(stolen) >= stealThird;
}

/** Of what is known; 0 without any. */
function meanOf(fractions: readonly (number | null)[]): number {
  const known = fractions.filter((fraction) => fraction !== null);
  return known.length === 0 ? 0 : mean(known);
}

/** Largest mean of a third of the window in a row, wherever it begins, of what is known. */
function worstThird(fractions: readonly (number | null)[]): number {
  const known = fractions.filter((fraction) => fraction !== null);
  const third = Math.max(1, Math.ceil(known.length / 3));
  const means = known.slice(third - 1).map((_, from) => mean(known.slice(from, from + third)));
  return Math.max(0, ...means);
}
