import { list, record, text } from './fields.ts';

/** Rows that must not lie on a shard with others, because a shard stands in one place. */
export interface Residency {
  /** A shard key of one column, by whose values rows are told apart. */
  readonly key: string;
  /** Values whose rows must have shards of their own. */
  readonly apart: readonly string[];
}

export const residencyInput = record({
  key: text('a shard key of one column, such as region').describe(
    'Shard key whose values say where rows must lie',
  ),
  apart: list(text('a value of the key'), 'a list of values, such as [eu]').describe(
    'Values whose rows must not share a shard with those of other values',
  ),
}).transform((input): Residency => input);
