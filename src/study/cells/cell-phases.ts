import { measurePhase, warmupPhase } from '../../workload/phases.ts';
import type { Phase } from '../../workload/types.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { CellRouting } from './cell-routing.ts';

/** One of the phases that a cell runs one after another, without being loaded again. */
export interface CellPhase {
  /** What is asked of the shards. */
  readonly phase: Phase;
  /** For people. */
  readonly title: string;
  /**
   * How its arrivals come to shards; another phase of the cell may have others, on other shards.
   */
  readonly routing: CellRouting;
  /** Whether its samples are the cell's numbers, and what else happens is watched meanwhile. */
  readonly measured: boolean;
}

type Drawn = Pick<LoadedScenario, 'workload' | 'plan'>;

/** What a run does with each cell. */
export function measuredPhases(drawn: Drawn, routing: CellRouting): CellPhase[] {
  const phase = warmupPhase(drawn.workload);
  const warmUp = { phase, title: 'warm-up', routing, measured: false };
  return [...(phase.durationMs > 0 ? [warmUp] : []), measuredPhase(drawn, routing)];
}

/**
 * Without a warm-up: a simulated shard has nothing that could be cold, and starts without a queue.
 */
export function simulatedPhases(drawn: Drawn, routing: CellRouting): CellPhase[] {
  return [measuredPhase(drawn, routing)];
}

const measuredPhase = ({ workload, plan }: Drawn, routing: CellRouting): CellPhase => ({
  phase: measurePhase(workload, plan.measure.firstNewRow),
  title: 'measure',
  routing,
  measured: true,
});
