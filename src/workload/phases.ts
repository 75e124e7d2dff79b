import type { ArrivalProcess } from '../scenario/types.ts';
import type { Phase, Workload } from './types.ts';

/** A warm-up keeps the rate at which a ramp begins; every other process runs as it is. */
export function atTheStart(arrivals: ArrivalProcess): ArrivalProcess {
  if (arrivals.process !== 'ramp') return arrivals;
  return { ...arrivals, toPerSecond: arrivals.fromPerSecond };
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
