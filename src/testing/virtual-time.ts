import type { Clock } from '../base/clock.ts';
import type { Pacer, PacerEvents, Ticker } from '../load/ports.ts';
import { arrivalStream } from '../workload/arrivals.ts';
import type { Phase, Workload } from '../workload/types.ts';

/** Events in virtual time: nothing waits, and two runs are the same to the nanosecond. */
export class VirtualTime implements Clock {
  private now = 0;
  private order = 0;
  private readonly events: { atNs: number; order: number; run: () => void }[] = [];

  nowNs(): number {
    return this.now;
  }

  at(atNs: number, run: () => void): void {
    this.events.push({ atNs: Math.max(atNs, this.now), order: this.order, run });
    this.order += 1;
    // Tests have few events under way at a time; a sorted array is short enough.
    this.events.sort((a, b) => b.atNs - a.atNs || b.order - a.order);
  }

  /** Runs until `done` has settled or nothing is left to happen. */
  async run(done: Promise<void>): Promise<void> {
    let finished = false;
    void done.then(() => {
      finished = true;
    });
    while (!finished && this.step()) {
      if (this.events.length === 0 || this.order % 64 === 0) await Promise.resolve();
    }
    await done;
  }

  /** Lets the next thing happen; false when nothing is left to. */
  step(): boolean {
    const event = this.events.pop();
    if (event === undefined) return false;
    this.now = event.atNs;
    event.run();
    return true;
  }

  readonly ticker: Ticker = (periodMs, tick) => {
    let stopped = false;
    const next = (): void => {
      if (stopped) return;
      tick();
      if (!stopped) this.at(this.now + periodMs * 1e6, next);
    };
    this.at(this.now + periodMs * 1e6, next);
    return () => {
      stopped = true;
    };
  };
}

/** Delivers the arrivals of a workload exactly when they are due. */
export class VirtualPacer implements Pacer {
  private readonly time: VirtualTime;
  private readonly workload: Workload;
  private settledTotal = 0;
  private published = 0;
  private concurrencyTotal = 0;
  private samples = 0;

  constructor(time: VirtualTime, workload: Workload) {
    this.time = time;
    this.workload = workload;
  }

  start(phase: Phase, events: PacerEvents): void {
    const startNs = this.time.nowNs();
    const stream = arrivalStream(this.workload, phase, this.workload.rows.count);
    const windowNs = (phase === 'warmup' ? this.workload.warmupMs : this.workload.durationMs) * 1e6;
    events.onStart(startNs);
    const next = (): void => {
      if (!stream.next()) {
        this.time.at(startNs + windowNs, () => events.onEnd());
        return;
      }
      this.time.at(startNs + stream.intendedNs, () => {
        this.published += 1;
        events.onArrival(stream.intendedNs, stream.tenant, stream.operation, stream.row);
        next();
      });
    };
    const sample = (): void => {
      if (this.time.nowNs() >= startNs + windowNs) return;
      this.samples += 1;
      this.concurrencyTotal += this.published - this.settledTotal;
      this.time.at(this.time.nowNs() + 1e6, sample);
    };
    this.time.at(startNs + 0.5e6, sample);
    next();
  }

  settled(total: number): void {
    this.settledTotal = total;
  }

  concurrency(): readonly number[] {
    return this.samples === 0 ? [] : [this.concurrencyTotal / this.samples];
  }

  stop(): void {}
}
