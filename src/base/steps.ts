/**
 * Long work in pieces: after each it yields the share of the whole (0 to 1) that is done, so that
 * whoever runs it can show progress, and stop between two pieces.
 */
export type Steps<T> = Generator<number, T>;

/** Runs it to its end at once. */
export function allSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same work as a part of a larger one, from the share `from` of it to `to`. */
export function* within<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield from + value * (to - from);
  }
}
