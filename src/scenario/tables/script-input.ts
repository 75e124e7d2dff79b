import { z } from 'zod';
import { integer, list, oneOf, record, text } from '../fields.ts';
import { operationCommon } from '../operation-input.ts';
import { wholeFraction } from '../quantities.ts';
import { identifier } from '../table-input.ts';
import { valueShapes } from './column-input.ts';
import { rangeText } from './row-count-input.ts';
import type { DrawnValue, ScriptStatement } from '../table-types.ts';

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

const valueDraws = [
  record({ choice: valueShapes.choice.choice }).transform((input) =>
    value({ kind: 'choice', ...input.choice, per: 'row' }),
  ),
  record(valueShapes.number).transform((input) => value({ kind: 'number', ...input.number })),
  record(valueShapes.text).transform((input) => value({ kind: 'text', bytes: input.text })),
  record(valueShapes.words).transform((input) => value({ kind: 'words', ...input })),
  record(valueShapes.date).transform((input) => value({ kind: 'date', ...input.date })),
  record(valueShapes.json).transform((input) => value({ kind: 'json', bytes: input.json })),
] as const;

const drawInput = z
  .union([rowDraw, ...valueDraws], { error: drawAllowed })
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

const nothingBelow = undefined as ScriptStatement['deletedBelow'];

const plainStatement = text('an SQL statement').transform((written) => ({
  kind: 'sql' as const,
  sql: written,
  as: undefined,
  binds: undefined,
  isMap: false,
  deletedBelow: nothingBelow,
}));

const mapStatement = record({
  sql,
  as: identifier
    .optional()
    .describe('Name by which later statements use the first row of its answer'),
  binds,
}).transform((input) => ({
  kind: 'sql' as const,
  ...input,
  isMap: true,
  deletedBelow: nothingBelow,
}));

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

const toAllowed =
  'choice, number, text, words, date or json for a value, or draw.column for that of another row';

const rekey = record({
  row: text('a draw or a table').describe('The row, with all that hangs on it'),
  column: identifier.describe('The column whose value changes, with its copies in tables below'),
  to: z
    .union([...valueDraws, text(toAllowed, /^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/)], {
      error: toAllowed,
    })
    .describe('The new value'),
}).describe(
  'A row gets another value of a column. Where that is the shard key, its rows are deleted on ' +
    'one shard and inserted on another, in one transaction',
);

export type RekeyInput = z.output<typeof rekey>;

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
        rekey: undefined,
        statements: [
          {
            kind: 'sql' as const,
            sql: written,
            as: undefined,
            binds: bound,
            isMap: true,
            deletedBelow: nothingBelow,
          },
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
      }).transform((input) => ({ ...input, rekey: undefined, isList: true })),
      record({ ...operationCommon, draw: draws, rekey }).transform((input) => ({
        ...input,
        binds: undefined,
        transaction: 'interactive' as const,
        /** These follow from the tables. */
        statements: [] as StepInput[],
        instead: undefined as StepInput[] | undefined,
        isList: false,
      })),
    ],
    {
      error:
        '{ name, kind, weight, sql }, { name, kind, weight, statements } or ' +
        '{ name, kind, weight, rekey }',
    },
  )
  .describe('A template of work');

export type ScriptOperationInput = z.output<typeof scriptOperationInput>;
