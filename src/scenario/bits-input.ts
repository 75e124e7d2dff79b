import { integer, record, text } from './fields.ts';

/** A field of bits of an integer column, such as the machine in a Snowflake id. */
export const bitsInput = record({
  bits: text('a column').describe('Column of an integer'),
  from: integer(0, 63).describe('Lowest bit; 0 has the value 1'),
  count: integer(1, 63).describe('Number of bits'),
}).refine(({ from, count }) => from + count <= 64, {
  path: ['count'],
  error: 'bits up to bit 63 (from + count is at most 64)',
});
