import type { Steps } from '../base/steps.ts';

/** So long the event loop may wait: Ctrl-C is then heard at once, as people see it. */
const turnMs = 40;

/**
 * Runs long work to its end, a turn of the event loop at a time: between two of them signals are
 * heard and timers run.
 * @param report told the share of it that is done
 */
export async function inTurns<T>(
  steps: Steps<T>,
  report: (fraction: number) => void = () => undefined,
): Promise<T> {
  let endsAt = performance.now() + turnMs;
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() < endsAt) continue;
    report(value);
    await new Promise((resolve) => setImmediate(resolve));
    endsAt = performance.now() + turnMs;
  }
}
