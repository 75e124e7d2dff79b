import { assert } from '../base/assert.ts';
import { type Fact, fact } from '../result/finding.ts';

/**
 * One fact that says others too: it has their numbers and names, which must agree where they have
 * the same, and in `names.reasons` their codes in order.
 */
export function joinedFact(
  code: string,
  parts: readonly Fact[],
  { numbers = {}, names = {}, place = '' }: NonNullable<Parameters<typeof fact>[1]> = {},
): Fact {
  return fact(code, {
    numbers: merged([...parts.map((part) => part.numbers), numbers]),
    names: {
      ...merged([...parts.map((part) => part.names ?? {}), names]),
      reasons: parts.map((part) => part.code),
    },
    place,
  });
}

function merged<T>(records: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const all: Record<string, T> = {};
  for (const [name, value] of records.flatMap((each) => Object.entries(each))) {
    const before = all[name];
    const agree = before === undefined || JSON.stringify(before) === JSON.stringify(value);
    assert(agree, `one ${name} in facts that are said together`);
    all[name] = value;
  }
  return all;
}
