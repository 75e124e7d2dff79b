import { assert } from '../base/assert.ts';
import type { Fact } from '../result/finding.ts';

/** What a sentence may say: a name that the fact does not have is an error of the program. */
export interface Said {
  number(name: string): number;
  /** null where the fact leaves it out. */
  perhaps(name: string): number | null;
  name(name: string): string;
  hasName(name: string): boolean;
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
    name: (name) => known(names, name),
    hasName: (name) => names[name] !== undefined,
  };
}
