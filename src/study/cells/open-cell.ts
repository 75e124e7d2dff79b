import { present } from '../../base/assert.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';
import type { MeasuredCell } from './cell-outcome.ts';
import { visitsOf } from './cell-phases.ts';
import type { CellRunner, PlannedCell } from './cell-runner.ts';
import { measuredCell, type RanPhase } from './measured-cell.ts';

/** What a cell needs for its turns. */
export interface OpenCellPorts {
  readonly loaded: LoadedScenario;
  readonly runner: CellRunner;
  readonly plan: () => Promise<PlannedCell>;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly entered: (stage: string) => void;
}

/** A cell that is measured in one visit or in several, with turns of other cells in between. */
export class OpenCell {
  private readonly ports: OpenCellPorts;
  private cell: PlannedCell | null = null;
  private visits = 0;
  private closed = false;
  private readonly ran: RanPhase[] = [];

  constructor(ports: OpenCellPorts) {
    this.ports = ports;
  }

  /** Whether all of its window has been measured. */
  get isComplete(): boolean {
    return this.cell !== null && this.visits === visitsOf(this.cell.phases).length;
  }

  /** Its next visit, the `turn`th of the run; resolves to what has been measured so far. */
  async visit(turn: number): Promise<MeasuredCell> {
    const { loaded, runner, signal, now, entered } = this.ports;
    const cell = this.cell ?? (await this.prepared());
    this.cell = cell;
    const phases = present(visitsOf(cell.phases)[this.visits], 'visit');
    this.visits += 1;
    for (const phase of phases) {
      signal.throwIfAborted();
      entered(phase.title);
      const startedAt = now();
      // oxlint-disable-next-line no-await-in-loop -- phases follow each other
      this.ran.push({ phase, record: await runner.run(phase), turn, startedAt });
    }
    return measuredCell(loaded, { cell, phases: this.ran, facts: await runner.facts() });
  }

  /** Once: a second call does nothing. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.ports.runner.close();
  }

  private async prepared(): Promise<PlannedCell> {
    const { runner, plan, entered } = this.ports;
    entered('place');
    const cell = await plan();
    entered('load');
    await runner.prepare(cell);
    return cell;
  }
}
