import type { Evidence } from '../evidence.ts';

const separator = '\u001f';

/** All values of the user's data that the evidence has, parts of composite ones by themselves. */
export function userValues({ values, load, schema }: Evidence): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (value: string): void => {
    for (const part of value.split(separator)) found.add(part);
  };
  for (const { top } of [...values, ...load]) for (const { value } of top) add(value);
  for (const { columns } of schema?.tables ?? []) {
    for (const { stats } of columns) {
      for (const { value } of stats?.mostCommon ?? []) add(value);
      for (const value of stats?.histogram ?? []) add(value);
    }
  }
  return found;
}
