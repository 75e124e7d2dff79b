import type { Family } from './families.ts';

/** What a value comes from: a column of an instance of a table, a parameter, or a constant. */
export type Term =
  | { readonly kind: 'column'; readonly instance: number; readonly column: string }
  | { readonly kind: 'parameter'; readonly number: number }
  /** `family` undefined: a text without a type of its own. */
  | { readonly kind: 'constant'; readonly text: string; readonly family: Family | undefined };

/** Equal terms have equal texts. */
export function termKey(term: Term): string {
  if (term.kind === 'column') return `c${term.instance}.${term.column}`;
  if (term.kind === 'parameter') return `p${term.number}`;
  return `k${term.family ?? '?'}:${term.text}`;
}

/** What is known of every row (or combination of rows) that counts. */
export type Cond =
  /** `nulls`: the same, but both may be NULL, which no comparison would let pass. */
  | {
      readonly kind: 'equal';
      readonly left: Term;
      readonly right: Term;
      readonly nulls?: true;
    }
  /** One of the values in an array that is a parameter. */
  | { readonly kind: 'list'; readonly term: Term; readonly list: Term }
  | { readonly kind: 'low' | 'high'; readonly term: Term; readonly bound: Term }
  /** At least one of the branches holds. */
  | { readonly kind: 'either'; readonly branches: readonly (readonly Cond[])[] };

/** Instances whose columns cannot be NULL where the conditions hold. */
export function strictInstances(conds: readonly Cond[]): Set<number> {
  const found = new Set<number>();
  for (const cond of conds) {
    for (const term of termsOf(cond)) if (term.kind === 'column') found.add(term.instance);
  }
  return found;
}

/** Terms that are not NULL where it holds. */
export function termsOf(cond: Cond): readonly Term[] {
  if (cond.kind === 'equal') return cond.nulls === true ? [] : [cond.left, cond.right];
  return cond.kind === 'either' ? [] : [cond.term];
}
