import { warmAgainMs } from '../../workload/phases.ts';
import { repeatMs } from '../../scenario/repeat.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { CellSpec } from '../cells/cell-specs.ts';

/** How long a run should take, for the progress bar and --dry-run. */
export interface RunEstimate {
  readonly totalMs: number;
  /** Until this turn begins: from 0 on, each cell has `scenario.repeat` of them. */
  readonly turnStartMs: (turn: number) => number;
  /** By name of the stage, since the start of a turn; undefined: not told apart. */
  readonly stageStartMs: (turn: number, stage: string) => number | undefined;
}

// Measured on two cores with four embedded shards: 64 MB load in 4 to 5 s, indexes included.
const startMs = 2500;
const emptyLoadMs = 1200;
const loadMsPerMb = 55;
const drainMs = 150;
/** Of a turn that is not the first: connections, statements and counters. */
const returnMs = 700;

export function estimate(scenario: Scenario, cells: readonly CellSpec[]): RunEstimate {
  const { repeat, warmupMs, data } = scenario;
  const loadMs = emptyLoadMs + loadMsPerMb * (data.totalBytes / 2 ** 20);
  const isFirst = (turn: number): boolean => turn < cells.length;
  const readyMs = (turn: number): number => (isFirst(turn) ? loadMs : returnMs);
  const warmMs = (turn: number): number =>
    drainMs + (isFirst(turn) ? warmupMs : Math.min(warmupMs, warmAgainMs));
  const turnMs = (turn: number): number =>
    readyMs(turn) + warmMs(turn) + repeatMs(scenario) + drainMs;
  const turnStartMs = (turn: number): number => {
    const first = Math.min(turn, cells.length);
    return startMs + first * turnMs(0) + (turn - first) * turnMs(cells.length);
  };
  return {
    totalMs: turnStartMs(cells.length * repeat),
    turnStartMs,
    stageStartMs: (turn, stage) => {
      if (stage === 'load') return 0;
      if (stage === 'warm-up') return readyMs(turn);
      return stage === 'measure' ? readyMs(turn) + warmMs(turn) : undefined;
    },
  };
}
