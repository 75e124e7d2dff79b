import type { Clock } from '../../base/clock.ts';
import type { WatchedTimes } from '../../metrics/watched-times.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { Ticker } from '../../traffic/ports.ts';
import { brokenLimit } from '../../traffic/running-limits.ts';
import { brokenWithin } from '../cells/limit-broken.ts';

export interface LimitGuard {
  /** Rejects as soon as a limit with `abortOnFail` is broken; never where there is none. */
  readonly broken: Promise<never>;
  stop(): void;
}

/** Limits, and the operations by index. */
interface Limited extends Pick<Scenario, 'thresholds'> {
  readonly operations: readonly { readonly name: string }[];
}

const lookMs = 1000;

/** Looks at the limits of a running cell once a second, beginning with its window. */
export function guardLimits(
  { thresholds = [], operations }: Limited,
  watched: WatchedTimes | null,
  { clock, ticker }: { readonly clock: Clock; readonly ticker: Ticker },
): LimitGuard {
  if (watched === null || !thresholds.some(({ abortOnFail }) => abortOnFail)) {
    return { broken: new Promise<never>(() => undefined), stop: () => undefined };
  }
  const startNs = clock.nowNs();
  let stop = (): void => undefined;
  const broken = new Promise<never>((_, reject) => {
    stop = ticker(lookMs, () => {
      const atMs = (clock.nowNs() - startNs) / 1e6;
      const limit = brokenLimit(thresholds, operations, watched, atMs);
      if (limit !== null) reject(brokenWithin(limit));
    });
  });
  broken.catch(() => undefined);
  return { broken, stop: () => stop() };
}
