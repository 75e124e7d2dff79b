import { assert, present } from '../base/assert.ts';

/** Counts of the same things, added up place by place. */
export function sums(a: Float64Array, b: Float64Array): Float64Array {
  assert(a.length === b.length, 'counts of the same things are added up');
  return a.map((count, place) => count + (b[place] ?? 0));
}

/** Two lists of the same things, one made of both at each place. */
export function pairs<T>(a: readonly T[], b: readonly T[], merge: (a: T, b: T) => T): T[] {
  assert(a.length === b.length, 'lists of the same things are merged');
  return a.map((one, place) => merge(one, present(b[place], 'the same place of the other')));
}
