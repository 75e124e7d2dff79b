import { present } from '../../base/assert.ts';
import { visitArrivals } from '../../workload/arrivals.ts';
import { measurePhase, partsOf, warmupAgain, warmupPhase } from '../../workload/phases.ts';
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
  /**
   * Whether its samples are the cell's numbers, and what else happens is watched meanwhile. Several
   * such phases are equal parts of one window.
   */
  readonly measured: boolean;
  /**
   * Which visit to the cell it belongs to, from 0 on; other cells may have their turn between two
   * visits. Absent: the first.
   */
  readonly visit?: number;
}

type Drawn = Pick<LoadedScenario, 'workload' | 'plan'>;

/** What a run does with each cell: the window in as many visits as it has repeats. */
export function measuredPhases(
  drawn: Drawn & Pick<LoadedScenario, 'scenario'>,
  routing: CellRouting,
): CellPhase[] {
  const whole = measuredPhase(drawn, routing);
  const parts = partsOf(whole.phase, drawn.scenario.repeat);
  const warmUps = warmUpsOf(drawn, parts.length);
  const phases: CellPhase[] = [];
  for (const [visit, phase] of parts.entries()) {
    const warmUp = present(warmUps[visit], 'warm-up');
    if (warmUp.durationMs > 0) {
      phases.push({ phase: warmUp, title: 'warm-up', routing, measured: false, visit });
    }
    phases.push({ ...whole, phase, visit });
  }
  return phases;
}

/** Each makes rows of its own, numbered behind those of the whole window. */
function warmUpsOf({ workload, plan }: Drawn, count: number): Phase[] {
  const phases = [warmupPhase(workload)];
  let firstNewRow = plan.measure.firstNewRow + plan.measure.inserts;
  for (let visit = 1; visit < count; visit += 1) {
    const phase = warmupAgain(workload, visit, firstNewRow);
    phases.push(phase);
    firstNewRow += visitArrivals(workload, phase, () => undefined).inserts;
  }
  return phases;
}

/** The phases of each visit, in order. */
export function visitsOf(phases: readonly CellPhase[]): CellPhase[][] {
  const visits: CellPhase[][] = [];
  for (const phase of phases) (visits[phase.visit ?? 0] ??= []).push(phase);
  return visits;
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
