import type { ArrivalProcess } from '../scenario/types.ts';
import type { Phase, Workload } from './types.ts';

/** A warm-up keeps the rate at which a ramp begins; every other process runs as it is. */
export function atTheStart(arrivals: ArrivalProcess): ArrivalProcess {
  if (arrivals.process !== 'ramp') return arrivals;
  return { ...arrivals, toPerSecond: arrivals.fromPerSecond };
}

/** How long a phase runs: it may be a part of a longer one. */
export function runsForMs({ durationMs, part }: Phase): number {
  return part === undefined ? durationMs : part.toMs - part.fromMs;
}

/** What runs before the measured window. */
export function warmupPhase({ arrivals, warmupMs, rows }: Workload): Phase {
  return {
    name: 'warmup',
    durationMs: warmupMs,
    arrivals: atTheStart(arrivals),
    firstNewRow: rows.count,
    who: 'atStart',
  };
}

/**
 * The measured window.
 * @param firstNewRow after the loaded rows and those of the warm-up (`ArrivalPlan`)
 */
export function measurePhase({ arrivals, durationMs }: Workload, firstNewRow: number): Phase {
  return { name: 'measure', durationMs, arrivals, firstNewRow };
}

/** A phase in so many equal parts, which together have its arrivals. */
export function partsOf(phase: Phase, count: number): Phase[] {
  if (count === 1) return [phase];
  const partMs = phase.durationMs / count;
  return Array.from({ length: count }, (_, index) => ({
    ...phase,
    part: { fromMs: index * partMs, toMs: (index + 1) * partMs },
  }));
}

/** Before a part that is not the first: others had their turn meanwhile, and caches are theirs. */
export function warmupAgain(workload: Workload, part: number, firstNewRow: number): Phase {
  const phase = warmupPhase(workload);
  const durationMs = Math.min(phase.durationMs, warmAgainMs);
  return { ...phase, name: `warmup/${part + 1}`, durationMs, firstNewRow };
}

export const warmAgainMs = 1000;
