import { assert } from '../base/assert.ts';
import type { Said, Sentences } from './sentence.ts';

/** The sentences of other facts whose numbers and names this one has too: `reasons`, in order. */
export function reasonsOf(said: Said, sentences: Sentences): string[] {
  return said.list('reasons').map((code) => {
    const sentence = sentences[code];
    assert(sentence !== undefined, `a sentence for ${code}`);
    return sentence(said);
  });
}

/** The numbers of one of several things, whose names end with its index. */
export function numbersAt(said: Said, index: number): Pick<Said, 'number' | 'perhaps'> {
  return {
    number: (name) => said.number(`${name}${index}`),
    perhaps: (name) => said.perhaps(`${name}${index}`),
  };
}
