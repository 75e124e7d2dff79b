import type { Progress } from '../../host/progress.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { FinishedCell } from '../cells/cell-outcome.ts';
import { type CellSpec, cellTitle } from '../cells/cell-specs.ts';
import type { CellTurn } from '../cells/each-cell.ts';
import { estimate, type RunEstimate } from './run-estimate.ts';

/** The turns of one attempt: how long they take, and what came before them. */
interface Stretch {
  readonly time: RunEstimate;
  readonly turns: number;
  /** Turns before its first one. */
  readonly before: number;
  /** Estimated time from the start of the run to the end of this stretch. */
  readonly endMs: number;
}

/** Says which stage of which turn has begun, and how much of the run is over. */
export class TurnProgress {
  private readonly scenario: Scenario;
  private readonly order: readonly CellSpec[];
  private readonly progress: Pick<Progress, 'stage' | 'note'>;
  private stretch: Stretch;

  /** @param time what the whole run takes where nothing is measured again */
  constructor(
    scenario: Scenario,
    order: readonly CellSpec[],
    time: RunEstimate,
    progress: Pick<Progress, 'stage' | 'note'>,
  ) {
    this.scenario = scenario;
    this.order = order;
    this.progress = progress;
    this.stretch = { time, turns: order.length * scenario.repeat, before: 0, endMs: time.totalMs };
  }

  entered({ spec, attempt, turn }: CellTurn, stage: string): void {
    const { time, turns, before, endMs } = this.stretch;
    const own = turn - before;
    const stageStartMs = time.stageStartMs(own, stage);
    if (stageStartMs === undefined) return;
    const leftMs = Math.max(0, time.totalMs - time.turnStartMs(own) - stageStartMs);
    const place = `${attempt > 1 ? 'again, ' : ''}${own + 1} of ${turns}`;
    const text = `${cellTitle(spec, this.order)} (${place}): ${stage}`;
    this.progress.stage(text, 1 - leftMs / endMs, leftMs);
  }

  /** How many cells are measured again shows only when all others have been. */
  again(cells: readonly FinishedCell[]): void {
    const { repeat } = this.scenario;
    const time = estimate(
      this.scenario,
      cells.map(({ spec }) => spec),
    );
    const { before, turns, endMs } = this.stretch;
    this.stretch = {
      time,
      turns: cells.length * repeat,
      before: before + turns,
      // The shards stand already.
      endMs: endMs + time.totalMs - time.turnStartMs(0),
    };
    const each = cells.map(({ spec, outcome }) => {
      const status = outcome.status === 'ok' ? outcome.verdict.status : outcome.status;
      return `${cellTitle(spec, this.order)} (${status})`;
    });
    this.progress.note(
      `measured again, because the machine has spoilt the first time: ${each.join(', ')}`,
    );
  }
}
