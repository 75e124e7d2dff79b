import type { Clock } from '../base/clock.ts';
import { rngFrom, type Rng } from '../base/rng.ts';
import { sendFrame, type WriteTo } from '../traffic/outbox.ts';
import { arrivalStream, type ArrivalStream } from '../workload/arrivals.ts';
import { runsForMs } from '../workload/phases.ts';
import type { Workload } from '../workload/types.ts';
import {
  launch,
  type PacerChannel,
  type PacerMessage,
  type PacerRequest,
  ringCapacity,
  ringMask,
  word,
} from './pacer-channel.ts';

/** Time between the order to start and the first arrival, so that the first ones are not late. */
const leadNs = 5e6;
/** How far ahead of the clock arrivals are generated, so that generating never delays a due one. */
const generateAhead = 4096;
const sampleEveryMs = 2;

/**
 * The pacer's thread: when an arrival is due it sends the staged query, or publishes the arrival
 * and wakes the driver. It sleeps in Atomics.wait with fractional milliseconds, which is more exact
 * than a timer and costs no core. Beside that it samples how many operations are intended and not
 * settled, which the driver's own thread could not do without bias: it would look only when it is
 * idle.
 */
export function runPhase(
  workload: Workload,
  channel: PacerChannel,
  request: PacerRequest,
  clock: Clock,
  send: (message: PacerMessage) => void,
  write: WriteTo,
): void {
  const phase = new PhaseLoop(workload, channel, request, clock, send, write);
  phase.run();
}

/** Means of the values added to each index. */
class Means {
  private readonly totals: number[] = [];
  private readonly counts: number[] = [];

  add(index: number, value: number): void {
    this.totals[index] = (this.totals[index] ?? 0) + value;
    this.counts[index] = (this.counts[index] ?? 0) + 1;
  }

  /** Without the indexes that nothing was added to. */
  all(): number[] {
    return this.totals.flatMap((total, i) => {
      const count = this.counts[i] ?? 0;
      return count === 0 ? [] : [total / count];
    });
  }
}

class PhaseLoop {
  private readonly channel: PacerChannel;
  private readonly stream: ArrivalStream;
  private readonly clock: Clock;
  private readonly send: (message: PacerMessage) => void;
  private readonly write: WriteTo;
  private readonly windowNs: number;
  private readonly sampler: Rng;
  private startNs = 0;
  private generated = 0;
  private published = 0;
  private exhausted = false;
  private nextSampleNs = 0;
  private readonly concurrency = new Means();

  constructor(
    workload: Workload,
    channel: PacerChannel,
    { phase }: PacerRequest,
    clock: Clock,
    send: (message: PacerMessage) => void,
    write: WriteTo,
  ) {
    this.channel = channel;
    this.clock = clock;
    this.send = send;
    this.write = write;
    this.stream = arrivalStream(workload, phase);
    this.windowNs = runsForMs(phase) * 1e6;
    this.sampler = rngFrom(workload.seed, `sampler/${phase.name}`);
  }

  run(): void {
    const { control } = this.channel;
    this.generate();
    this.startNs = this.clock.nowNs() + leadNs;
    this.send({ kind: 'started', startNs: this.startNs });
    for (;;) {
      const nowNs = this.clock.nowNs() - this.startNs;
      this.publishDue(nowNs);
      this.sample(nowNs);
      this.generate();
      const stopped = Atomics.load(control, word.stop) === 1;
      const allPublished = this.exhausted && this.published === this.generated;
      if (stopped || (allPublished && nowNs >= this.windowNs)) break;
      this.sleep();
    }
    this.send({ kind: 'ended', concurrency: this.concurrency.all() });
  }

  private generate(): void {
    const { intendedNs, tenants, operations, rows, control } = this.channel;
    const taken = Atomics.load(control, word.taken);
    const limit = Math.min(this.published + generateAhead, taken + ringCapacity);
    while (!this.exhausted && this.generated < limit) {
      if (!this.stream.next()) {
        this.exhausted = true;
        break;
      }
      const at = this.generated & ringMask;
      intendedNs[at] = this.stream.intendedNs;
      tenants[at] = this.stream.tenant;
      operations[at] = this.stream.operation;
      rows[at] = this.stream.row;
      this.generated += 1;
    }
    Atomics.store(control, word.generated, this.generated);
  }

  private publishDue(nowNs: number): void {
    const { intendedNs, control } = this.channel;
    const before = this.published;
    let driverIsNeeded = false;
    while (this.published < this.generated) {
      const at = this.published & ringMask;
      if ((intendedNs[at] ?? 0) > nowNs) break;
      if (!this.launch(at)) driverIsNeeded = true;
      this.published += 1;
    }
    if (this.published === before) return;
    Atomics.store(control, word.published, this.published);
    if (driverIsNeeded && Atomics.exchange(control, word.awake, 1) === 0) {
      this.send({ kind: 'due' });
    }
  }

  /** Sends the staged query of an arrival that is due; false when the driver has to act on it. */
  private launch(at: number): boolean {
    const { launches, sentNs, outbox, control } = this.channel;
    const found = Atomics.compareExchange(launches, at, launch.upcoming, launch.due);
    if (found === launch.upcoming) return false;
    const place = found - 1;
    sentNs[at] = this.clock.nowNs();
    // Before the write: an answer may be there before this thread runs again.
    Atomics.store(launches, at, launch.sent);
    if (sendFrame(outbox, place, this.write)) return true;
    Atomics.add(control, word.failed, 1);
    return false;
  }

  /** At random moments: at fixed ones it could move in step with evenly spaced arrivals. */
  private sample(nowNs: number): void {
    if (nowNs < this.nextSampleNs || nowNs >= this.windowNs) return;
    const settled = Atomics.load(this.channel.control, word.settled);
    this.concurrency.add(Math.floor(nowNs / 1e9), this.published - settled);
    this.nextSampleNs = nowNs + 2 * sampleEveryMs * 1e6 * this.sampler.double();
  }

  private sleep(): void {
    const { intendedNs, control } = this.channel;
    const nextArrivalNs =
      this.published < this.generated
        ? (intendedNs[this.published & ringMask] ?? 0)
        : this.exhausted
          ? this.windowNs
          : 0;
    const untilNs = Math.min(nextArrivalNs, Math.max(this.nextSampleNs, 0));
    const waitMs = (untilNs + this.startNs - this.clock.nowNs()) / 1e6;
    // With the ring full there is nothing to publish until the driver takes some: look again soon.
    const ringFull = !this.exhausted && this.published === this.generated;
    Atomics.wait(control, word.stop, 0, ringFull ? 0.2 : Math.max(0, waitMs));
  }
}
