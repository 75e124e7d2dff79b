import type { Worker } from 'node:worker_threads';
import type { Pacer, PacerEvents } from '../traffic/ports.ts';
import type { Phase } from '../workload/types.ts';
import {
  launch,
  type PacerChannel,
  type PacerMessage,
  type PacerRequest,
  ringCapacity,
  ringMask,
  word,
} from './pacer-channel.ts';

/** The driver's side of the pacer's thread. */
export class WorkerPacer implements Pacer {
  private readonly worker: Worker;
  private readonly channel: PacerChannel;
  private events: PacerEvents | null = null;
  private taken = 0;
  /** Arrivals below this were offered for staging, and staged. */
  private staged = 0;
  private failed = 0;
  private readonly placeOf = new Int32Array(ringCapacity);
  private sampled: readonly number[] = [];

  constructor(worker: Worker, channel: PacerChannel) {
    this.worker = worker;
    this.channel = channel;
    worker.on('message', (message: PacerMessage) => this.receive(message));
  }

  start(phase: Phase, events: PacerEvents): void {
    this.events = events;
    this.taken = 0;
    this.staged = 0;
    this.failed = 0;
    this.sampled = [];
    this.channel.launches.fill(launch.upcoming);
    this.channel.outbox.failed.fill(0);
    for (const index of Object.values(word)) Atomics.store(this.channel.control, index, 0);
    const request: PacerRequest = { phase };
    this.worker.postMessage(request);
  }

  settled(total: number): void {
    Atomics.store(this.channel.control, word.settled, total);
  }

  poll(): void {
    if (this.events !== null) this.takeDue(this.events);
  }

  offer(): void {
    if (this.events !== null) this.offerUpcoming(this.events);
  }

  concurrency(): readonly number[] {
    return this.sampled;
  }

  stop(): void {
    Atomics.store(this.channel.control, word.stop, 1);
    Atomics.notify(this.channel.control, word.stop);
  }

  private receive(message: PacerMessage): void {
    const { events } = this;
    if (events === null) return;
    switch (message.kind) {
      case 'started':
        events.onStart(message.startNs);
        break;
      case 'due':
        // Cleared before reading: what is published after this sends a message of its own.
        Atomics.store(this.channel.control, word.awake, 0);
        this.takeDue(events);
        this.offerUpcoming(events);
        break;
      case 'ended':
        this.takeDue(events);
        this.sampled = message.concurrency;
        this.events = null;
        events.onEnd();
        break;
    }
  }

  private takeDue(events: PacerEvents): void {
    const { control, intendedNs, tenants, operations, rows, launches, sentNs, outbox } =
      this.channel;
    // Read first: each of these has its arrival among those that the loop takes.
    const failed = Atomics.load(control, word.failed);
    for (;;) {
      const at = this.taken & ringMask;
      const state = Atomics.load(launches, at);
      if (state === launch.upcoming || state > 0) break;
      Atomics.store(launches, at, launch.upcoming);
      this.taken += 1;
      if (state === launch.sent) {
        events.staged?.onSent(this.placeOf[at] ?? -1, sentNs[at] ?? 0);
      } else {
        events.onArrival(intendedNs[at] ?? 0, tenants[at] ?? 0, operations[at] ?? 0, rows[at] ?? 0);
      }
      if ((this.taken & 255) === 0) Atomics.store(control, word.taken, this.taken);
    }
    Atomics.store(control, word.taken, this.taken);
    if (failed === this.failed) return;
    this.failed = failed;
    for (let place = 0; place < outbox.places; place++) {
      if (Atomics.exchange(outbox.failed, place, 0) === 1) events.staged?.onNotSent(place);
    }
  }

  /** In order and without gaps, so that no arrival takes a connection from an earlier one. */
  private offerUpcoming({ staged }: PacerEvents): void {
    if (staged === undefined) return;
    const { control, intendedNs, tenants, operations, rows, launches } = this.channel;
    const generated = Atomics.load(control, word.generated);
    if (this.staged < this.taken) this.staged = this.taken;
    while (this.staged < generated) {
      const at = this.staged & ringMask;
      const place = staged.onUpcoming(
        intendedNs[at] ?? 0,
        tenants[at] ?? 0,
        operations[at] ?? 0,
        rows[at] ?? 0,
      );
      if (place < 0) return;
      this.placeOf[at] = place;
      const found = Atomics.compareExchange(launches, at, launch.upcoming, place + 1);
      if (found !== launch.upcoming) {
        staged.onTooLate(place);
        return;
      }
      this.staged += 1;
    }
  }
}
