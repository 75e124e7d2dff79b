import type { CounterDifference } from '../result/gate-document.ts';
import type { CounterValues } from '../result/router-counters.ts';

/** What has the counters, and which of them count the work of a look-up and not where keys go. */
export interface CounterSubject extends Pick<CounterDifference, 'subject' | 'of'> {
  readonly workCounters: ReadonlySet<string>;
}

/** All counters of one subject that differ, in the order of `found`, those that are gone last. */
export function counterDifferences(
  { subject, of, workCounters }: CounterSubject,
  expected: CounterValues,
  found: CounterValues,
): CounterDifference[] {
  const names = [...new Set([...Object.keys(found), ...Object.keys(expected)])];
  return names.flatMap((counter) => {
    const [was, is] = [expected[counter] ?? null, found[counter] ?? null];
    const counts = workCounters.has(counter) ? 'work' : 'answers';
    return was === is ? [] : [{ subject, of, counter, counts, expected: was, found: is }];
  });
}
