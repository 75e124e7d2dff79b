import type { ScriptRun } from './script-run.ts';

/** The driver looks for time-outs now and then only: it should see them first. */
const marginMs = 50;

/**
 * Operations on several shards that have a connection of some of them and wait for the others'.
 *
 * They cannot wait for each other in a circle. The driver puts an operation into the queues of all
 * its shards in one go, in the order of arrivals, and each queue is first in, first out. So of the
 * operations that wait, take the one that arrived first: whatever it waits for is held by one that
 * arrived before it, which therefore does not wait but runs, and ends, at the latest by the shard's
 * time-out. (What overtakes a queue, because it was staged, touches one shard and waits for none.)
 *
 * One whose other query was given up in its queue would wait for ever: it ends when its time is
 * over, and frees what it holds.
 */
export class Gatherings {
  private readonly byNumber = new Map<number, { run: ScriptRun; sinceMs: number }>();
  private readonly limitMs: number;

  constructor(shardTimeoutMs: number) {
    this.limitMs = shardTimeoutMs + marginMs;
  }

  /** Of the arrival with this number. */
  of(number: number): ScriptRun | undefined {
    return this.byNumber.get(number)?.run;
  }

  add(run: ScriptRun, nowMs: number): void {
    this.byNumber.set(run.number, { run, sinceMs: nowMs });
  }

  remove({ number }: ScriptRun): void {
    this.byNumber.delete(number);
  }

  /** Takes out what has waited for too long. */
  overdue(nowMs: number): ScriptRun[] {
    const found: ScriptRun[] = [];
    for (const [number, { run, sinceMs }] of this.byNumber) {
      // The oldest come first.
      if (nowMs - sinceMs < this.limitMs) break;
      this.byNumber.delete(number);
      found.push(run);
    }
    return found;
  }
}
