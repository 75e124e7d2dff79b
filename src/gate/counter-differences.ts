import type { CounterDifference } from '../result/gate-document.ts';
import type { CounterValues } from '../result/router-counters.ts';

/** All counters of one subject that differ, in the order of `found`, those that are gone last. */
export function counterDifferences(
  subject: string,
  expected: CounterValues,
  found: CounterValues,
): CounterDifference[] {
  const names = [...new Set([...Object.keys(found), ...Object.keys(expected)])];
  return names.flatMap((counter) => {
    const [was, is] = [expected[counter] ?? null, found[counter] ?? null];
    return was === is ? [] : [{ subject, counter, expected: was, found: is }];
  });
}
