import { rngFrom } from '../../base/rng.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { CellOutcome, FinishedCell, MeasuredCell } from './cell-outcome.ts';
import type { CellRunner, PlannedCell } from './cell-runner.ts';
import { type CellSpec, shuffled } from './cell-specs.ts';
import { LimitBroken } from './limit-broken.ts';
import { OpenCell } from './open-cell.ts';

/** A cell whose turn it is. */
export interface CellTurn {
  readonly spec: CellSpec;
  /** Its place among the cells that are measured together. */
  readonly index: number;
  /** 2 where it is measured again. */
  readonly attempt: number;
  /** Turns before this one, of all cells and attempts. */
  readonly turn: number;
}

export interface CellLoop {
  readonly loaded: LoadedScenario;
  /** The cells, in the order of their turns. */
  readonly order: readonly CellSpec[];
  readonly plan: (spec: CellSpec) => Promise<PlannedCell>;
  /** A new one for each cell and attempt. */
  readonly runner: (turn: CellTurn) => CellRunner;
  /**
   * Whether the machine has spoilt a cell, which is then measured again behind all others; absent:
   * none is.
   */
  readonly isSpoilt?: (cell: MeasuredCell) => boolean;
  /** How often a cell is measured again at most; absent: never. */
  readonly retries?: number;
  /** Called with the cells that are measured again now. */
  readonly again?: (cells: readonly FinishedCell[]) => void;
  /** Throws where numbers are the machine's, not the strategy's: the cell has failed then. */
  readonly accept: (cell: MeasuredCell) => void;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Called when a cell enters its next stage: `place`, `load`, or a phase by its title. */
  readonly entered: (turn: CellTurn, stage: string) => void;
  /**
   * Called after each round of turns and each complete cell, whatever came of it, with all cells
   * that had a turn, what is known of each so far, and earlier attempts: writes the document.
   */
  readonly finished: (
    cells: readonly FinishedCell[],
    spoilt: readonly FinishedCell[],
    last: CellSpec,
  ) => Promise<void>;
  /** Why no turn follows, asked after each complete cell; null: the next one does. */
  readonly enough?: () => unknown;
}

export interface CellsRun {
  readonly cells: readonly FinishedCell[];
  /** Attempts that were spoilt, of cells that have been measured again. */
  readonly spoilt: readonly FinishedCell[];
  /** Why it ended early; null where every cell was measured. */
  readonly problem: unknown;
}

/**
 * Runs the cells turn by turn: each has one turn, or where its window is cut into parts one for
 * each part, in another order in each round. The first cell that fails
 * is the last: what made it fail would most likely make the others fail. What was measured before
 * is kept. What the machine has spoilt is measured again at the end.
 */
export async function eachCell(loop: CellLoop): Promise<CellsRun> {
  const turns = new Turns(loop);
  const { isSpoilt = () => false, retries = 0, again = () => undefined } = loop;
  let { order } = loop;
  for (let attempt = 1; order.length > 0; attempt += 1) {
    const problem = await turns.take(order, attempt);
    if (problem !== null) return { ...turns.all(), problem };
    const spoilt = turns
      .of(order)
      .filter(({ outcome }) => outcome.status === 'ok' && isSpoilt(outcome));
    if (attempt > retries) break;
    if (spoilt.length > 0) again(spoilt);
    order = spoilt.map(({ spec }) => spec);
  }
  return { ...turns.all(), problem: null };
}

interface Held {
  readonly spec: CellSpec;
  readonly index: number;
  readonly attempt: number;
  /** null before its first turn. */
  open: OpenCell | null;
  startedAt: Date | null;
}

class Turns {
  private readonly loop: CellLoop;
  private readonly cells: FinishedCell[] = [];
  private readonly spoilt: FinishedCell[] = [];
  private turn = 0;

  constructor(loop: CellLoop) {
    this.loop = loop;
  }

  all(): Omit<CellsRun, 'problem'> {
    return { cells: this.cells, spoilt: this.spoilt };
  }

  of(specs: readonly CellSpec[]): FinishedCell[] {
    return specs.flatMap((spec) => this.cells.filter((cell) => cell.spec === spec));
  }

  /** All turns of these cells; resolves to what ended them early, null where nothing did. */
  async take(specs: readonly CellSpec[], attempt: number): Promise<unknown> {
    const { seed } = this.loop.loaded.scenario;
    const held = specs.map((spec, index): Held => {
      return { spec, index, attempt, open: null, startedAt: null };
    });
    try {
      for (let round = 0; ; round += 1) {
        const left = inRound(held, round, seed).filter(({ open }) => open?.isComplete !== true);
        if (left.length === 0) return null;
        for (const cell of left) {
          const problem = await this.turnOf(cell, cell === left.at(-1));
          if (problem !== null) return problem;
        }
      }
    } finally {
      await Promise.allSettled(held.flatMap(({ open }) => (open === null ? [] : [open.close()])));
    }
  }

  private async turnOf(held: Held, isLastOfRound: boolean): Promise<unknown> {
    const { loop } = this;
    const { spec, attempt } = held;
    held.startedAt ??= loop.now();
    const { outcome, problem } = await outcomeOf(() => this.measured(held), loop);
    this.turn += 1;
    const isComplete = held.open?.isComplete === true;
    this.keep({ spec, startedAt: held.startedAt, outcome, attempt }, isComplete);
    // A document takes a good part of a second: of parts of windows there is one for each round.
    if (isComplete || isLastOfRound || outcome.status !== 'ok') {
      await loop.finished(this.cells, this.spoilt, spec);
    }
    if (outcome.status !== 'ok') return problem;
    return isComplete ? (loop.enough?.() ?? null) : null;
  }

  private async measured(held: Held): Promise<MeasuredCell> {
    this.loop.signal.throwIfAborted();
    held.open ??= this.opened(held);
    const { open } = held;
    let measured: MeasuredCell | null = null;
    try {
      measured = await open.visit(this.turn);
    } finally {
      if (measured === null || open.isComplete) await open.close();
    }
    return measured;
  }

  private opened({ spec, index, attempt }: Held): OpenCell {
    const { loop } = this;
    const now = (): CellTurn => ({ spec, index, attempt, turn: this.turn });
    return new OpenCell({
      ...loop,
      runner: loop.runner(now()),
      plan: () => loop.plan(spec),
      entered: (stage) => loop.entered(now(), stage),
    });
  }

  /** A cell has one place; what it had there before stays where the new one has less. */
  private keep(finished: FinishedCell, isComplete: boolean): void {
    const place = this.cells.findIndex(({ spec }) => spec === finished.spec);
    const before = this.cells[place];
    if (before === undefined) {
      this.cells.push(finished);
    } else if (before.attempt === finished.attempt) {
      // What was measured until the user interrupted stands.
      if (finished.outcome.status !== 'interrupted') this.cells[place] = finished;
    } else if (isComplete && finished.outcome.status === 'ok') {
      this.spoilt.push(before);
      this.cells[place] = finished;
    }
  }
}

/**
 * An order for each round, drawn from the seed: in a fixed one, or one that is moved on by one cell
 * a round, what the machine does at regular times would always meet the same cell.
 */
const inRound = <T>(list: readonly T[], round: number, seed: number): T[] =>
  round === 0 ? [...list] : shuffled(list, rngFrom(seed, `round ${round}`).uint32());

async function outcomeOf(
  measure: () => Promise<MeasuredCell>,
  loop: CellLoop,
): Promise<{ readonly outcome: CellOutcome; readonly problem: unknown }> {
  try {
    const outcome = await measure();
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
