import { assert } from '../base/assert.ts';
import type { Fact } from '../result/finding.ts';
import { numbersOf } from '../result/numbered.ts';

/** What a sentence may say: a name that the fact does not have is an error of the program. */
export interface Said {
  number(name: string): number;
  /** null where the fact leaves it out. */
  perhaps(name: string): number | null;
  /** A list of numbers (result/numbered.ts); empty where the fact leaves it out. */
  numbers(name: string): readonly number[];
  name(name: string): string;
  hasName(name: string): boolean;
  /** Empty where the fact leaves it out. */
  list(name: string): readonly string[];
}

/** How a fact is said in English: one or more whole sentences. */
export type Sentence = (said: Said) => string;

/** Sentences by the codes of facts. */
export type Sentences = Readonly<Record<string, Sentence>>;

export function said({ code, numbers, names = {} }: Fact): Said {
  const known = <T>(from: Readonly<Record<string, T>>, name: string): T => {
    const value = from[name];
    assert(value !== undefined, `${name} in a fact ${code}`);
    return value;
  };
  return {
    number: (name) => known(numbers, name),
    perhaps: (name) => numbers[name] ?? null,
    numbers: (name) => numbersOf(numbers, name),
    name: (name) => {
      const value = known(names, name);
      assert(typeof value === 'string', `one ${name} in a fact ${code}`);
      return value;
    },
    hasName: (name) => names[name] !== undefined,
    list: (name) => {
      const value = names[name] ?? [];
      assert(typeof value !== 'string', `a list of ${name} in a fact ${code}`);
      return value;
    },
  };
}

/** Several kinds in one; a code that two of them have is an error of the program. */
export function allSentences(kinds: readonly Sentences[]): Sentences {
  const all: Record<string, Sentence> = {};
  for (const [code, sentence] of kinds.flatMap((kind) => Object.entries(kind))) {
    assert(all[code] === undefined, `one sentence for ${code}`);
    all[code] = sentence;
  }
  return all;
}
