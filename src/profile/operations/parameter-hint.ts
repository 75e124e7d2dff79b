import type { KnownColumn } from './statement-columns.ts';

/** What the place of a parameter says of its value. */
export type Hint =
  /** Compared with a column. */
  | { readonly kind: 'compared'; readonly column: KnownColumn; readonly by: 'equal' | 'other' }
  /** Compared with what a function of one argument makes of a column. */
  | { readonly kind: 'wrapped'; readonly column: KnownColumn; readonly call: string }
  /** An array of values of a column. */
  | { readonly kind: 'list'; readonly column: KnownColumn }
  /** A column of a row that is inserted. */
  | { readonly kind: 'inserted'; readonly column: KnownColumn }
  /** What a column is set to. */
  | { readonly kind: 'set'; readonly column: KnownColumn }
  /** Added to a number, or taken away from it. */
  | { readonly kind: 'amount' }
  | { readonly kind: 'limit' }
  | { readonly kind: 'offset' }
  /** SQL that can stand in its place. */
  | { readonly kind: 'constant'; readonly sql: string };

export const constant = (sql: string): Hint => ({ kind: 'constant', sql });

/** A list of parameters that can be one array. */
export interface ParameterList {
  readonly numbers: readonly number[];
  /** In bytes: of `in ($1, $2)` or `not in ($1, $2)`, or of `array[$1, $2]`. */
  readonly start: number;
  readonly end: number;
  readonly form: 'in' | 'not in' | 'array';
  readonly column: KnownColumn;
}

export interface FoundHints {
  readonly hints: ReadonlyMap<number, Hint>;
  readonly lists: readonly ParameterList[];
}
