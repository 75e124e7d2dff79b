import type { Clock } from '../base/clock.ts';
import { arrivalStream, type ArrivalStream } from '../workload/arrivals.ts';
import { runsForMs } from '../workload/phases.ts';
import type { Phase, Workload } from '../workload/types.ts';
import type { Pacer, PacerEvents } from './ports.ts';

/** Runs `work` soon, but not within the caller. */
export type Defer = (work: () => void) => void;

/**
 * Closed loop: a fixed number of clients, each of which starts its next operation when its last one
 * has settled. Operations are intended when they are started, so queueing before the driver cannot
 * be seen: for capacity and benchmarks, not for response times. Tenants, operations and rows are
 * those of the open loop, in the same order; only their times are not used.
 */
export class ClosedPacer implements Pacer {
  private readonly workload: Workload;
  private readonly clients: number;
  private readonly clock: Clock;
  private readonly defer: Defer;
  private stream: ArrivalStream | null = null;
  private events: PacerEvents | null = null;
  private startNs = 0;
  private windowNs = 0;
  private started = 0;
  private settledCount = 0;
  private scheduled = false;
  /** How many rows a phase adds shows only as it runs, so the next phase counts on from it. */
  private firstNewRow: number;

  constructor(workload: Workload, clients: number, clock: Clock, defer: Defer) {
    this.workload = workload;
    this.clients = clients;
    this.clock = clock;
    this.defer = defer;
    this.firstNewRow = workload.rows.count;
  }

  start(phase: Phase, events: PacerEvents): void {
    this.firstNewRow += this.stream?.inserts ?? 0;
    const { firstNewRow } = this;
    this.stream = arrivalStream(this.workload, { ...endlessly(phase), firstNewRow });
    this.windowNs = runsForMs(phase) * 1e6;
    this.events = events;
    this.started = 0;
    this.settledCount = 0;
    this.startNs = this.clock.nowNs();
    events.onStart(this.startNs);
    this.schedule();
  }

  settled(total: number): void {
    this.settledCount = total;
    this.schedule();
  }

  /** By definition the number of clients; there is nothing to sample. */
  concurrency(): readonly number[] {
    return [];
  }

  stop(): void {
    this.end();
  }

  /** Not within the driver's own call, which may be in the middle of settling. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.defer(() => {
      this.scheduled = false;
      this.startDue();
    });
  }

  private startDue(): void {
    while (this.events !== null && this.started - this.settledCount < this.clients) {
      const sinceStartNs = this.clock.nowNs() - this.startNs;
      if (sinceStartNs >= this.windowNs || this.stream === null || !this.stream.next()) {
        this.end();
        return;
      }
      this.started += 1;
      const { tenant, operation, row } = this.stream;
      this.events.onArrival(sinceStartNs, tenant, operation, row);
    }
  }

  private end(): void {
    const { events } = this;
    this.events = null;
    events?.onEnd();
  }
}

/** Far more arrivals than any target takes: the stream must not end before the window does. */
const endless = { process: 'constant', ratePerSecond: 1e6 } as const;

/** A part of a phase has arrivals of its own: where the part before ended shows only as it runs. */
function endlessly({ part, ...phase }: Phase): Phase {
  const name = part === undefined ? phase.name : `${phase.name} from ${part.fromMs}`;
  return { ...phase, name, arrivals: endless };
}
