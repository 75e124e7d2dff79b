import type { ParameterFacts } from './key-sets.ts';
import type { ReadStatement } from './sql-reader.ts';

/** Of $1, $2 ... nothing is known but that each is one value, of the type that fits its place. */
export function numberedFacts({ names }: Pick<ReadStatement, 'names'>): ParameterFacts[] {
  return names.map((identity, index): ParameterFacts => {
    return { identity, value: { parameter: index + 1 }, family: undefined, untyped: true };
  });
}
