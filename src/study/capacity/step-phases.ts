import { inTurns } from '../../host/turns.ts';
import { visitSteps } from '../../workload/arrivals.ts';
import { arrivalsAt } from '../../workload/steady-arrivals.ts';
import type { Phase, Workload } from '../../workload/types.ts';

/**
 * The windows of one strategy, made one after the other as the search asks for them. Shards are not
 * loaded again between them, so each goes on behind the rows that those before have inserted.
 */
export class StepPhases {
  private readonly workload: Workload;
  private readonly signal: AbortSignal;
  private firstNewRow: number;
  private readonly made = new Map<number, number>();

  constructor(workload: Workload, signal: AbortSignal) {
    this.workload = workload;
    this.signal = signal;
    this.firstNewRow = workload.rows.count;
  }

  /** Fills caches and connections before the first step. */
  warmUp(ratePerSecond: number): Promise<Phase> {
    return this.phase('capacity/warmup', ratePerSecond, this.workload.warmupMs);
  }

  /**
   * A window of its own draws: another one of the same rate has other arrivals. That of another
   * strategy, at the same rate and as often tried, has the same.
   */
  step(ratePerSecond: number, durationMs: number): Promise<Phase> {
    const before = this.made.get(ratePerSecond) ?? 0;
    this.made.set(ratePerSecond, before + 1);
    return this.phase(`capacity/${ratePerSecond}/${before}`, ratePerSecond, durationMs);
  }

  private async phase(name: string, ratePerSecond: number, durationMs: number): Promise<Phase> {
    const { workload, firstNewRow, signal } = this;
    const arrivals = arrivalsAt(workload.arrivals, ratePerSecond);
    const phase = { name, durationMs, arrivals, firstNewRow };
    const counting = visitSteps(workload, phase, () => undefined);
    const { inserts } = await inTurns(counting, () => signal.throwIfAborted());
    this.firstNewRow += inserts;
    return phase;
  }
}
