import { setImmediate as turn } from 'node:timers/promises';
import type { Steps } from '../base/steps.ts';

/** So long the event loop may wait: Ctrl-C is then heard at once, as people see it. */
const turnMs = 40;

/**
 * Runs long work to its end, a turn of the event loop at a time, unless the signal is aborted.
 *
 * @throws the signal's reason
 */
export async function interruptible<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  let endsAt = performance.now() + turnMs;
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() < endsAt) continue;
    await turn();
    signal.throwIfAborted();
    endsAt = performance.now() + turnMs;
  }
}

/** One piece for each item. */
export function* mapped<Item, Result>(
  items: readonly Item[],
  map: (item: Item) => Result,
): Steps<Result[]> {
  const results: Result[] = [];
  for (const item of items) {
    results.push(map(item));
    yield results.length / items.length;
  }
  return results;
}
