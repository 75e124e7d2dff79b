import type { Scenario } from '../../scenario/types.ts';
import type { CellSpec } from '../cells/cell-specs.ts';

/** How long a run should take, for the progress bar and --dry-run. */
export interface RunEstimate {
  readonly totalMs: number;
  /** Until the shards answer. */
  readonly startMs: number;
  readonly cellMs: number;
  /** By name of the stage, since the start of a cell. */
  readonly stageStartMs: Readonly<Record<string, number>>;
}

// Measured on two cores with four embedded shards: 64 MB load in 4 to 5 s, indexes included.
const startMs = 2500;
const emptyLoadMs = 1200;
const loadMsPerMb = 55;
const drainMs = 150;

export function estimate(scenario: Scenario, cells: readonly CellSpec[]): RunEstimate {
  const loadMs = emptyLoadMs + loadMsPerMb * (scenario.data.totalBytes / 2 ** 20);
  const warmUpMs = scenario.warmupMs + drainMs;
  const cellMs = loadMs + warmUpMs + scenario.durationMs + drainMs;
  return {
    totalMs: startMs + cells.length * cellMs,
    startMs,
    cellMs,
    stageStartMs: { load: 0, 'warm-up': loadMs, measure: loadMs + warmUpMs },
  };
}
