import type { Progress } from '../../host/progress.ts';
import { intervalTicker } from '../../host/ticker.ts';
import type { LiveEvent } from '../../report/live/live-events.ts';
import { pulse } from '../../wording/pulse.ts';
import { type WatchPhase, watchSeconds } from './watch-seconds.ts';

/** Takes what happens in a run, for people who look at it meanwhile. */
export type LiveFeed = (event: LiveEvent) => void;

/** Says on the line of progress, and to who watches, what each second of a cell has shown. */
export function watchPhases(
  strategy: string,
  progress: Progress,
  live: LiveFeed | null,
): WatchPhase {
  return (recorder, { phase: { durationMs, part }, title }) => {
    const { shardCount } = recorder.options;
    const windowSeconds = durationMs / 1000;
    const fromSecond = (part?.fromMs ?? 0) / 1000;
    const phase = { strategy, title, windowSeconds, fromSecond, shardCount };
    live?.({ kind: 'phase', phase });
    return watchSeconds(
      recorder,
      (second) => {
        progress.pulse(pulse(second.all));
        live?.({ kind: 'second', second });
      },
      intervalTicker,
    );
  };
}
