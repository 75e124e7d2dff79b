import type { Pacer, PacerEvents } from '../traffic/ports.ts';
import { arrivalStream } from '../workload/arrivals.ts';
import { runsForMs } from '../workload/phases.ts';
import type { Phase, Workload } from '../workload/types.ts';
import { Concurrency } from './concurrency.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Delivers the arrivals of a workload exactly when they are due. */
export class VirtualPacer implements Pacer {
  private readonly time: VirtualTime;
  private readonly workload: Workload;
  private under = new Concurrency(0);
  private startNs = 0;
  private changedNs = 0;
  private begun = 0;
  private ended = 0;

  constructor(time: VirtualTime, workload: Workload) {
    this.time = time;
    this.workload = workload;
  }

  start(phase: Phase, events: PacerEvents): void {
    const windowNs = runsForMs(phase) * 1e6;
    const stream = arrivalStream(this.workload, phase);
    const startNs = this.time.nowNs();
    this.startNs = startNs;
    this.changedNs = 0;
    this.begun = 0;
    this.ended = 0;
    this.under = new Concurrency(windowNs);
    events.onStart(startNs);
    const next = (): void => {
      if (!stream.next()) {
        this.time.at(startNs + windowNs, () => events.onEnd());
        return;
      }
      this.time.at(startNs + stream.intendedNs, () => {
        this.account();
        this.begun += 1;
        events.onArrival(stream.intendedNs, stream.tenant, stream.operation, stream.row);
        next();
      });
    };
    next();
  }

  settled(total: number): void {
    this.account();
    this.ended = total;
  }

  concurrency(): readonly number[] {
    return this.under.means();
  }

  stop(): void {}

  private account(): void {
    const nowNs = this.time.nowNs() - this.startNs;
    this.under.add(this.changedNs, nowNs, this.begun - this.ended);
    this.changedNs = nowNs;
  }
}
