import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { CellOutcome, FinishedCell, MeasuredCell } from './cell-outcome.ts';
import type { CellRunner, PlannedCell } from './cell-runner.ts';
import type { CellSpec } from './cell-specs.ts';
import { LimitBroken } from './limit-broken.ts';
import { measuredCell, type RanPhase } from './measured-cell.ts';

/** A cell whose turn it is. */
interface CellTurn {
  readonly spec: CellSpec;
  /** Cells that had their turn before. */
  readonly index: number;
}

export interface CellLoop {
  readonly loaded: LoadedScenario;
  /** The cells, in the order of their turns. */
  readonly order: readonly CellSpec[];
  readonly plan: (spec: CellSpec) => Promise<PlannedCell>;
  /** A new one for each cell. */
  readonly runner: (turn: CellTurn) => CellRunner;
  /** Throws where numbers are the machine's, not the strategy's: the cell has failed then. */
  readonly accept: (cell: MeasuredCell) => void;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Called when a cell enters its next stage: `place`, `load`, or a phase by its title. */
  readonly entered: (turn: CellTurn, stage: string) => void;
  /**
   * Called after each cell, whatever came of it, with all that had their turn: writes the document.
   */
  readonly finished: (cells: readonly FinishedCell[]) => Promise<void>;
  /** Why no cell follows those that had their turn, asked after each; null: the next one does. */
  readonly enough?: () => unknown;
}

export interface CellsRun {
  readonly cells: readonly FinishedCell[];
  /** Why it ended early; null where every cell was measured. */
  readonly problem: unknown;
}

/**
 * Runs the cells one after another. The first that is not measured is the last: what made it fail
 * would most likely make the others fail. What was measured before is kept.
 */
export async function eachCell(loop: CellLoop): Promise<CellsRun> {
  const cells: FinishedCell[] = [];
  for (const [index, spec] of loop.order.entries()) {
    const startedAt = loop.now();
    const { outcome, problem } = await outcomeOf({ spec, index }, loop);
    cells.push({ spec, startedAt, outcome });
    await loop.finished(cells);
    if (outcome.status !== 'ok') return { cells, problem };
    const enough = loop.enough?.() ?? null;
    if (enough !== null) return { cells, problem: enough };
  }
  return { cells, problem: null };
}

async function outcomeOf(
  turn: CellTurn,
  loop: CellLoop,
): Promise<{ readonly outcome: CellOutcome; readonly problem: unknown }> {
  try {
    loop.signal.throwIfAborted();
    const outcome = await measure(turn, loop);
    loop.accept(outcome);
    return { outcome, problem: null };
  } catch (problem) {
    if (loop.signal.aborted) {
      const interrupted = { exitCode: exitCodes.interrupted, cause: problem };
      return {
        outcome: { status: 'interrupted' },
        problem: new UserError('interrupted', interrupted),
      };
    }
    const error = problem instanceof Error ? problem.message : String(problem);
    const limit = problem instanceof LimitBroken ? problem.limit : null;
    return { outcome: { status: 'failed', error, ...(limit && { limit }) }, problem };
  }
}

async function measure(turn: CellTurn, loop: CellLoop): Promise<MeasuredCell> {
  const { loaded, signal } = loop;
  const runner = loop.runner(turn);
  try {
    loop.entered(turn, 'place');
    const cell = await loop.plan(turn.spec);
    loop.entered(turn, 'load');
    await runner.prepare(cell);
    const phases: RanPhase[] = [];
    for (const phase of cell.phases) {
      signal.throwIfAborted();
      loop.entered(turn, phase.title);
      phases.push({ phase, record: await runner.run(phase) });
    }
    return measuredCell(loaded, { cell, phases, facts: await runner.facts() });
  } finally {
    await runner.close();
  }
}
