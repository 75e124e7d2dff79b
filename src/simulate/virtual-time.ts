import type { Clock } from '../base/clock.ts';
import type { Ticker } from '../traffic/ports.ts';

/** What happens first of several things at one moment: answers free what arrivals need. */
export const moments = { answer: 0, tick: 1, arrival: 2 } as const;
type Moment = (typeof moments)[keyof typeof moments];

interface Event {
  readonly atNs: number;
  readonly moment: Moment;
  readonly order: number;
  readonly run: () => void;
}

/** A clock that stands still between events: nothing waits, and every run is the same. */
export class VirtualTime implements Clock {
  private now = 0;
  private order = 0;
  private readonly heap: Event[] = [];

  nowNs(): number {
    return this.now;
  }

  at(atNs: number, run: () => void, moment: Moment = moments.arrival): void {
    const event = { atNs: Math.max(atNs, this.now), moment, order: this.order, run };
    this.order += 1;
    const { heap } = this;
    let place = heap.push(event) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || before(above, event)) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = event;
  }

  /** Lets the next thing happen; false when nothing is left to. */
  step(): boolean {
    const event = this.take();
    if (event === undefined) return false;
    this.now = event.atNs;
    event.run();
    return true;
  }

  /** Lets things happen until `done` has settled or nothing is left to. */
  async run(done: Promise<void>): Promise<void> {
    let settled = false;
    const settle = (): void => {
      settled = true;
    };
    done.then(settle, settle);
    const stepsBetweenLooks = 1024;
    while (!settled) {
      let more = true;
      for (let i = 0; i < stepsBetweenLooks && more; i += 1) more = this.step();
      // What settles a promise is seen by others only after a pause.
      await Promise.resolve();
      if (!more) break;
    }
    await done;
  }

  readonly ticker: Ticker = (periodMs, tick) => {
    let stopped = false;
    const next = (): void => {
      if (stopped) return;
      tick();
      if (!stopped) this.at(this.now + periodMs * 1e6, next, moments.tick);
    };
    this.at(this.now + periodMs * 1e6, next, moments.tick);
    return () => {
      stopped = true;
    };
  };

  private take(): Event | undefined {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const a = heap[left];
      const b = heap[left + 1];
      if (a === undefined) break;
      const right = b !== undefined && before(b, a);
      const child = right ? b : a;
      if (before(last, child)) break;
      heap[place] = child;
      place = right ? left + 1 : left;
    }
    heap[place] = last;
    return first;
  }
}

function before(a: Event, b: Event): boolean {
  if (a.atNs !== b.atNs) return a.atNs < b.atNs;
  return a.moment !== b.moment ? a.moment < b.moment : a.order < b.order;
}
