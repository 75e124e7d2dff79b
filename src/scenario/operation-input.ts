import { z } from 'zod';
import { defaults } from './defaults.ts';
import { atLeast, integer, list, oneOf, record, text } from './fields.ts';

const bindAllowed =
  'a column, { list: order_id, count: 5 } or { range: order_id, rows: 100 }; ' +
  'other.column is the column of a second row';

const column = text('a column, or other.column for a second row', /^(other\.)?[a-z_][a-z0-9_]*$/);

const bindInput = z
  .union(
    [
      column.transform((name) => binding(name, 'value', 1)),
      record({
        list: column,
        count: integer(1, 10_000).describe('Values in the list'),
      }).transform((input) => binding(input.list, 'list', input.count)),
      record({
        range: column,
        rows: integer(1, 1_000_000).describe('Rows that the range spans'),
      }).transform((input) => binding(input.range, 'range', input.rows)),
    ],
    { error: bindAllowed },
  )
  .describe('A column that the statement fixes by equality, by a list or by a range');

function binding(name: string, by: 'value' | 'list' | 'range', count: number) {
  const other = name.startsWith('other.');
  return { column: other ? name.slice('other.'.length) : name, by, count, other };
}

const binds = z
  .array(bindInput, { error: 'a list of columns' })
  .optional()
  .describe(
    'Columns that the statement fixes, which is checked; absent: those found in the SQL. ' +
      'If the shard key is not among them, it goes to all shards',
  );

const sql = text('an SQL statement').describe(
  'One statement; parameters are :column, :column_list, :column_from and :column_to',
);

const expectAllowed =
  'SQLSTATEs such as 23505 (in quotes if they begin with 0), or empty if no row may match; ' +
  'not of the classes 00 to 02, 08, 53, 57, 58 and XX, which do not come from the operation itself';

/** Success and warnings, then what the connection, the machine or the server itself has met. */
const neverExpected = /^(?:00|01|02|08|53|57|58|XX)/;

const expected = z
  .union([z.string(), z.int()], { error: expectAllowed })
  .transform((written, context) => {
    const word = String(written);
    if (word === 'empty') return word;
    if (/^[0-9A-Z]{5}$/.test(word) && !neverExpected.test(word)) return word;
    context.addIssue({ code: 'custom', message: expectAllowed });
    return z.NEVER;
  });

const expect = z
  .array(expected, { error: 'a list of SQLSTATEs or empty' })
  .min(1, { error: 'a list of SQLSTATEs or empty' })
  .optional()
  .describe('Errors that are expected and count as ok; empty means that it may match no row');

export const operationCommon = {
  name: text(
    'a name of letters, digits, - and _ that begins with a letter',
    /^[A-Za-z][A-Za-z0-9_-]{0,62}$/,
  ),
  kind: oneOf(['read', 'write']),
  weight: atLeast(0, 1e9, 'a weight')
    .prefault(defaults.operationWeight)
    .describe('Relative frequency'),
  expect,
};

export const operationInput = z
  .union(
    [
      record({ ...operationCommon, binds, sql }).transform(
        ({ binds: bound, sql: written, ...rest }) => ({
          ...rest,
          statements: [{ binds: bound, sql: written }],
          /** Where the statements stand below the operation, for error messages. */
          transaction: false,
        }),
      ),
      record({
        ...operationCommon,
        statements: list(record({ binds, sql }), 'a list of { binds, sql }').describe(
          'Statements of one transaction',
        ),
      }).transform((input) => ({ ...input, transaction: true })),
    ],
    { error: '{ name, kind, weight, binds, sql } or { name, kind, weight, statements }' },
  )
  .describe('A template of work');

export type OperationInput = z.output<typeof operationInput>;
export type StatementInput = OperationInput['statements'][number];
