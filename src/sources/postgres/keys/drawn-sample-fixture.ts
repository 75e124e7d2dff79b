import { rngFrom } from '../../../base/rng.ts';
import { type CountClass, mergedClasses } from './count-classes.ts';

/** Classes of a sample without replacement of `looked` rows from values with these rows each. */
export function drawnSample(rows: readonly number[], looked: number, seed: number): CountClass[] {
  const rng = rngFrom(seed, 'drawn');
  const owners = new Int32Array(rows.reduce((sum, count) => sum + count, 0));
  let filled = 0;
  for (const [value, count] of rows.entries()) {
    owners.fill(value, filled, filled + count);
    filled += count;
  }
  const counts = new Map<number, number>();
  for (let drawn = 0; drawn < looked; drawn += 1) {
    const at = drawn + Math.floor(rng.double() * (owners.length - drawn));
    const owner = owners[at] ?? 0;
    owners[at] = owners[drawn] ?? 0;
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return mergedClasses([...counts.values()].map((count) => [{ count, values: 1 }]));
}

/** Rows of `values` values by Zipf's law, each at least one. */
export function zipfRows(values: number, total: number, exponent: number): number[] {
  const weights = Array.from({ length: values }, (_, at) => (at + 1) ** -exponent);
  const sum = weights.reduce((all, each) => all + each, 0);
  return weights.map((weight) => Math.max(1, Math.round((weight / sum) * total)));
}
