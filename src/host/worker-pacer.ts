import type { Worker } from 'node:worker_threads';
import type { Pacer, PacerEvents } from '../load/ports.ts';
import type { Phase } from '../workload/types.ts';
import {
  type PacerChannel,
  type PacerMessage,
  type PacerRequest,
  ringMask,
  word,
} from './pacer-channel.ts';

/** The driver's side of the pacer's thread. */
export class WorkerPacer implements Pacer {
  private readonly worker: Worker;
  private readonly channel: PacerChannel;
  private readonly firstNewRow: (phase: Phase) => number;
  private events: PacerEvents | null = null;
  private taken = 0;
  private sampled: readonly number[] = [];

  constructor(worker: Worker, channel: PacerChannel, firstNewRow: (phase: Phase) => number) {
    this.worker = worker;
    this.channel = channel;
    this.firstNewRow = firstNewRow;
    worker.on('message', (message: PacerMessage) => this.receive(message));
  }

  start(phase: Phase, events: PacerEvents): void {
    this.events = events;
    this.taken = 0;
    this.sampled = [];
    for (const index of Object.values(word)) Atomics.store(this.channel.control, index, 0);
    const request: PacerRequest = { phase, firstNewRow: this.firstNewRow(phase) };
    this.worker.postMessage(request);
  }

  settled(total: number): void {
    Atomics.store(this.channel.control, word.settled, total);
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
        this.takeDue(events);
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
    const { control, intendedNs, tenants, operations, rows } = this.channel;
    // Cleared before reading: what is published after this read sends a message of its own.
    Atomics.store(control, word.awake, 0);
    const published = Atomics.load(control, word.published);
    while (this.taken < published) {
      const at = this.taken & ringMask;
      this.taken += 1;
      events.onArrival(intendedNs[at] ?? 0, tenants[at] ?? 0, operations[at] ?? 0, rows[at] ?? 0);
      if ((this.taken & 255) === 0) Atomics.store(control, word.taken, this.taken);
    }
    Atomics.store(control, word.taken, this.taken);
  }
}
