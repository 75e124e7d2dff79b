import type { Recorder } from '../../metrics/recorder.ts';
import { RunningSeconds } from '../../metrics/running-seconds.ts';
import type { RunningSecond } from '../../result/running-second.ts';
import type { Ticker } from '../../traffic/ports.ts';
import type { CellPhase } from '../cells/cell-phases.ts';

/** Told that a phase begins; what it returns is called when the phase has ended, however it did. */
export type WatchPhase = (recorder: Recorder, phase: CellPhase) => () => void;

/** Shorter than a second, or each would be seen up to a second late. */
const lookMs = 200;

/** Tells of each second of a running phase once it is over. */
export function watchSeconds(
  recorder: Recorder,
  tell: (second: RunningSecond) => void,
  ticker: Ticker,
): () => void {
  const seconds = new RunningSeconds(recorder);
  const look = (): void => {
    for (let next = seconds.next(); next !== null; next = seconds.next()) tell(next);
  };
  const stop = ticker(lookMs, look);
  return () => {
    stop();
    look();
  };
}
