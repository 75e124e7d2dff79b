import type { Offence } from '../result/queries-document.ts';

/** A statement that stays on one shard, or that any shard may run, and what people make of it. */
export interface SoundStatement {
  readonly sql: string;
  /** The same in other words: nothing to object to. */
  readonly rewrites: readonly string[];
  /** Each with one mistake. */
  readonly mutants: readonly Mutant[];
}

export interface Mutant {
  readonly mistake: 'dropped predicate' | 'or' | 'cast' | 'other join' | 'key written' | 'other';
  readonly sql: string;
  readonly offence: Offence;
}

/** Mutants of one kind, each an objection and its SQL. */
const of =
  (mistake: Mutant['mistake']) =>
  (offence: Offence, sql: string): Mutant => ({ mistake, offence, sql });
export const dropped = of('dropped predicate');
export const or = of('or');
export const cast = of('cast');
export const join = of('other join');
export const written = of('key written');
export const other = of('other');
