import { createHistogram } from '../base/histogram.ts';
import type { RunningSecond, RunningShard } from '../result/running-second.ts';
import type { SecondSamples } from './cell-samples.ts';
import { samplesForTail, tailMs } from './percentiles.ts';
import type { Recorder } from './recorder.ts';

type Seconds = readonly SecondSamples[];

const secondNs = 1e9;
/** A tail of older queries would say nothing of now. */
const tailSeconds = 10;

/**
 * Reads the seconds of a phase that is still running, each once and as soon as every shard has
 * closed it. The recorder does nothing for it: what is read are the rows that its series has
 * anyway.
 */
export class RunningSeconds {
  private readonly lists: readonly Seconds[];
  private readonly whole: number;
  private readonly tail = createHistogram();
  private at = 0;

  constructor(recorder: Recorder) {
    this.lists = recorder.shards.map(({ closed }) => closed);
    // A last second that the window's end cuts short is another quantity.
    this.whole = Math.floor(recorder.options.windowNs / secondNs);
  }

  /** The next second; null: it has not ended on every shard. */
  next(): RunningSecond | null {
    const { at } = this;
    if (at >= this.whole || !this.lists.every(({ length }) => length > at)) return null;
    this.at += 1;
    const shards = this.lists.map((seconds) => this.together([seconds], at));
    return { second: at, all: this.together(this.lists, at), shards };
  }

  private together(lists: readonly Seconds[], at: number): RunningShard {
    let [writes, reads, errors, dropped, queued] = [0, 0, 0, 0, 0];
    for (const seconds of lists) {
      const own = seconds[at];
      writes += own?.writes ?? 0;
      reads += own?.reads ?? 0;
      errors += own?.errors ?? 0;
      dropped += own?.dropped ?? 0;
      queued += own?.queued ?? 0;
    }
    return { writes, reads, errors, dropped, queued, p99Ms: this.p99Ms(lists, at) };
  }

  private p99Ms(lists: readonly Seconds[], at: number): number | null {
    const { tail } = this;
    tail.reset();
    let failures = 0;
    for (let second = at; second >= 0 && second > at - tailSeconds; second--) {
      for (const seconds of lists) {
        const own = seconds[second];
        if (own === undefined) continue;
        tail.add(own.response);
        failures += own.errors + own.dropped;
      }
      if (tail.count + failures >= samplesForTail) break;
    }
    const ms = tailMs(tail, failures);
    return ms === Infinity ? null : ms;
  }
}
