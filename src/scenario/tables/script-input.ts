import { z } from 'zod';
import { integer, list, oneOf, record, text } from '../fields.ts';
import { operationCommon } from '../operation-input.ts';
import { wholeFraction } from '../quantities.ts';
import { identifier } from '../table-input.ts';
import { valueShapes } from './column-input.ts';
import { rangeText } from './row-count-input.ts';
import type { DrawnValue } from '../table-types.ts';

const rowDraw = record({
  table: text('a table').optional().describe("The table, where it is not the draw's own name"),
  of: text('a draw or a table').optional().describe('Above, below or of the same tenant as that'),
  remote: wholeFraction
    .optional()
    .describe('Share of the arrivals in which it is of another tenant'),
  rows: integer(1, 1_000_000).optional().describe('Rows, for lists and ranges'),
  nurand: integer(1, 1e9).optional().describe("A of TPC-C's NURand(A, ...)"),
}).transform((input) => ({ kind: 'row' as const, ...input }));

const value = (generator: DrawnValue['generator']) => ({ kind: 'value' as const, generator });

const drawAllowed =
  '{ table, of, remote, rows, nurand } for a row, or choice, number, text, words, date or json ' +
  'for a value';

const drawInput = z
  .union(
    [
      rowDraw,
      record({ choice: valueShapes.choice.choice }).transform((input) =>
        value({ kind: 'choice', ...input.choice, per: 'row' }),
      ),
      record(valueShapes.number).transform((input) => value({ kind: 'number', ...input.number })),
      record(valueShapes.text).transform((input) => value({ kind: 'text', bytes: input.text })),
      record(valueShapes.words).transform((input) => value({ kind: 'words', ...input })),
      record(valueShapes.date).transform((input) => value({ kind: 'date', ...input.date })),
      record(valueShapes.json).transform((input) => value({ kind: 'json', bytes: input.json })),
    ],
    { error: drawAllowed },
  )
  .describe('A row of a table, or a value');

export type DrawInput = z.output<typeof drawInput>;
export type RowInput = z.output<typeof rowDraw>;

const draws = z
  .record(identifier, drawInput, { error: 'a map from names to rows and values' })
  .optional()
  .describe("Rows and values that the statements name; a table's own name needs no entry");

const binds = z
  .array(text('a key, or table.column'), { error: 'a list of keys, or of table.column' })
  .optional()
  .describe('Keys or columns that the statement fixes; checked against what the SQL says');

const sql = text('an SQL statement').describe(
  'One statement; parameters are :draw.column, :new.table.column, :value and :answer.column',
);

const plainStatement = text('an SQL statement').transform((written) => ({
  kind: 'sql' as const,
  sql: written,
  as: undefined,
  binds: undefined,
  isMap: false,
}));

const mapStatement = record({
  sql,
  as: identifier
    .optional()
    .describe('Name by which later statements use the first row of its answer'),
  binds,
}).transform((input) => ({ kind: 'sql' as const, ...input, isMap: true }));

const statementAllowed = 'an SQL statement, or { sql, as, binds }';

/** Only so that it is told in words what cannot be. */
const nested = record({
  repeat: z.unknown(),
  draw: z.unknown().optional(),
  statements: z.unknown().optional(),
})
  .refine(() => false, { error: `${statementAllowed}; no repeat within a repeat` })
  .transform(() => z.NEVER);

const innerStatement = z.union([plainStatement, mapStatement, nested], {
  error: statementAllowed,
});

const repeatAllowed =
  'a number, a range such as 5..15, or { children: lines, of: orders, limit: 20 }';

const repeat = z
  .union(
    [
      integer(1, 1000, 'a number of repetitions').transform((count) => ({
        kind: 'times' as const,
        from: count,
        to: count,
      })),
      rangeText(1000, repeatAllowed).transform((range) => ({ kind: 'times' as const, ...range })),
      record({
        children: text('a table').describe('Once for each loaded row of this table'),
        of: text('a draw or a table').describe('whose parent is the row of this draw'),
        limit: integer(1, 1000).prefault(100).describe('Most repetitions'),
      }).transform((input) => ({ kind: 'children' as const, ...input })),
    ],
    { error: repeatAllowed },
  )
  .describe('How often its statements run');

const repeated = record({
  repeat,
  draw: draws.describe('Drawn anew in each repetition'),
  statements: list(innerStatement, 'a list of SQL statements, without a repeat within a repeat'),
}).transform((input) => ({ kind: 'repeat' as const, ...input }));

const statement = z.union([plainStatement, mapStatement, repeated], {
  error: `${statementAllowed}, or { repeat, draw, statements }`,
});

export type SqlInput = z.output<typeof innerStatement>;
export type RepeatInput = z.output<typeof repeated>;
export type StepInput = SqlInput | RepeatInput;

const common = {
  ...operationCommon,
  draw: draws,
  transaction: oneOf(['implicit', 'interactive', 'none'])
    .prefault('implicit')
    .describe(
      'implicit: one round trip; interactive: BEGIN, each statement and COMMIT by themselves; ' +
        'none: each statement by itself',
    ),
  instead: list(statement, 'a list of statements')
    .optional()
    .describe('A way round, used where a strategy cannot run the statements'),
};

export const scriptOperationInput = z
  .union(
    [
      record({ ...common, binds, sql }).transform(({ sql: written, binds: bound, ...rest }) => ({
        ...rest,
        binds: undefined,
        statements: [
          { kind: 'sql' as const, sql: written, as: undefined, binds: bound, isMap: true },
        ],
        /** Where the statements stand below the operation, for messages. */
        isList: false,
      })),
      record({
        ...common,
        binds,
        statements: list(statement, 'a list of statements').describe(
          'Statements, one after another, and groups of them that repeat',
        ),
      }).transform((input) => ({ ...input, isList: true })),
    ],
    { error: '{ name, kind, weight, sql } or { name, kind, weight, statements }' },
  )
  .describe('A template of work');

export type ScriptOperationInput = z.output<typeof scriptOperationInput>;
