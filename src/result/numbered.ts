/** Lists of numbers in a fact: `shard0`, `shard1`, ... are the entries of `shard`. */

export function numbered(name: string, values: readonly number[]): Record<string, number> {
  return Object.fromEntries(values.map((value, index) => [`${name}${index}`, value]));
}

/** The list again; empty where the fact has none. */
export function numbersOf(
  numbers: Readonly<Record<string, number>>,
  name: string,
): readonly number[] {
  const values: number[] = [];
  for (;;) {
    const value = numbers[`${name}${values.length}`];
    if (value === undefined) return values;
    values.push(value);
  }
}
