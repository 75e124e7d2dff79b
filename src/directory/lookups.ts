import { createHistogram, type Histogram } from '../base/histogram.ts';
import type { Clock } from '../base/clock.ts';
import { KeyEntries } from './key-entries.ts';

/** The table of keys and shards that is looked up: a port. */
export interface Directory {
  /**
   * Asks for the shard of a key; calls `answered` once, never from within. `shard` is null where
   * the table has no such key; `code` is '' on success, else an SQLSTATE or an errno name.
   */
  lookUp(
    key: Uint8Array,
    answered: (shard: number | null, code: string, message: string) => void,
  ): void;
}

/** Told once for each look-up that it waits for. */
export type Waiter = (code: string, message: string) => void;

/**
 * Look-ups under way: those of one key at the same time are one. A miss may allocate (it goes over
 * the network); asking whether a key is under way does not.
 */
export class Lookups {
  /** From the miss to the answer, waiting for a connection included. */
  readonly latency: Histogram = createHistogram();
  underWay = 0;
  /** Queries sent and failed since `reset`. */
  queries = 0;
  failures = 0;
  private readonly directory: Directory;
  private readonly clock: Clock;
  private readonly entries: KeyEntries;
  private readonly free: number[] = [];
  private readonly waiters: Waiter[][] = [];
  private used = 0;
  private epoch = 0;

  /** At most `capacity` distinct keys, none longer than `maxKeyBytes`. */
  constructor(directory: Directory, clock: Clock, capacity: number, maxKeyBytes: number) {
    this.directory = directory;
    this.clock = clock;
    this.entries = new KeyEntries(capacity, maxKeyBytes);
  }

  /** Counts begin anew; a look-up that is still under way is not in them. */
  reset(): void {
    this.epoch += 1;
    this.queries = 0;
    this.failures = 0;
    this.latency.reset();
  }

  /** Begins the look-up of a key unless it is under way; `found` and `failed` end the first one. */
  begin(
    bytes: Uint8Array,
    start: number,
    end: number,
    found: (key: Uint8Array, shard: number | null) => void,
    failed: (key: Uint8Array) => void,
  ): void {
    if (this.entries.find(bytes, start, end) >= 0) return;
    const entry = this.free.pop() ?? this.used++;
    this.entries.insert(entry, bytes, start, end);
    this.waiters[entry] = [];
    this.underWay += 1;
    this.queries += 1;
    const { epoch } = this;
    const key = this.entries.keyIn(entry);
    const begunNs = this.clock.nowNs();
    this.directory.lookUp(key, (shard, code, message) => {
      if (epoch === this.epoch) {
        if (code === '') this.latency.record(this.clock.nowNs() - begunNs);
        else this.failures += 1;
      }
      if (code === '') found(key, shard);
      else failed(key);
      this.end(entry, code, message);
    });
  }

  /** The look-up of a key that is under way, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.entries.find(bytes, start, end);
  }

  waitFor(lookup: number, waiter: Waiter): void {
    this.waiters[lookup]?.push(waiter);
  }

  private end(entry: number, code: string, message: string): void {
    const waiters = this.waiters[entry] ?? [];
    this.entries.remove(entry);
    this.waiters[entry] = [];
    this.free.push(entry);
    this.underWay -= 1;
    for (const waiter of waiters) waiter(code, message);
  }
}
