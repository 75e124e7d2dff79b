import type { Clock } from '../src/base/clock.ts';
import type { Target } from '../src/traffic/ports.ts';

/** What is longer is left to a timer, which may be late by about as much. */
const spunNs = 1e6;

/**
 * The shards, whose every answer takes longer by a share of its service time. The thread itself
 * waits out the last millisecond, as no timer is exact to microseconds. Its queries are sent by this
 * thread, not staged.
 */
export function slowedTarget(target: Target, clock: Clock, share: number): Target {
  const sentNs: number[] = [];
  return {
    execute: (ticket, ...rest) => {
      sentNs[ticket] = clock.nowNs();
      target.execute(ticket, ...rest);
    },
    onComplete: (completion) =>
      target.onComplete((ticket, outcome, code, message, rows) => {
        const nowNs = clock.nowNs();
        const untilNs = nowNs + share * (nowNs - (sentNs[ticket] ?? nowNs));
        // The target uses its object again for the next answer.
        const own = rows && { returned: rows.returned, affected: rows.affected };
        const complete = (): void => {
          while (clock.nowNs() < untilNs);
          completion(ticket, outcome, code, message, ...(own === undefined ? [] : [own]));
        };
        const timedMs = Math.floor((untilNs - nowNs - spunNs) / 1e6);
        if (timedMs >= 1) setTimeout(complete, timedMs);
        else complete();
      }),
    abandon: (ticket) => target.abandon(ticket),
  };
}
