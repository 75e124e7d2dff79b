import { z } from 'zod';
import { defaults } from './defaults.ts';
import { atLeast, integer, list, oneOf, record, text } from './fields.ts';
import { idStyles } from './id-styles.ts';

export const nameAllowed =
  'a name of lower-case letters, digits and underscores that begins with no digit';

/** What needs no quotes in Postgres and can be a parameter's name in SQL. */
export const identifier = text(nameAllowed, /^[a-z_][a-z0-9_]{0,62}$/);

const generatorAllowed =
  'tenant, id, timestamp, { id: uuid7 }, { user: 50 }, { choice: [a, b], per: tenant }, ' +
  '{ number: { min: 1, max: 500, decimals: 2 } } or { text: 200 }';

const range = record({
  min: atLeast(-1e12, 1e12),
  max: atLeast(-1e12, 1e12),
  decimals: integer(0, 12).prefault(defaults.decimals),
}).refine(({ min, max }) => min <= max, { path: ['max'], error: 'a number not below min' });

export const generatorInput = z
  .union(
    [
      oneOf(['tenant', 'id', 'timestamp'], generatorAllowed).transform((kind) =>
        kind === 'id' ? { kind, style: defaults.idStyle } : { kind },
      ),
      record({
        id: oneOf(idStyles).describe(
          'serial and snowflake are int8, the others are uuid; all except uuid4 increase with time',
        ),
      }).transform(({ id }) => ({ kind: 'id' as const, style: id })),
      record({
        user: integer(1, 1_000_000).describe('Users of each tenant; the column is int8'),
      }).transform(({ user }) => ({ kind: 'user' as const, perTenant: user })),
      record({
        choice: list(z.string({ error: 'a text' }), 'a list of one or more texts'),
        per: oneOf(['row', 'tenant'])
          .prefault(defaults.choicePer)
          .describe('Drawn for each row, or once for each tenant'),
      }).transform(({ choice, per }) => ({ kind: 'choice' as const, values: choice, per })),
      record({ number: range }).transform((input) => ({
        kind: 'number' as const,
        ...input.number,
      })),
      record({ text: integer(1, 1_000_000).describe('Length in characters') }).transform(
        (input) => ({
          kind: 'text' as const,
          bytes: input.text,
        }),
      ),
    ],
    { error: generatorAllowed },
  )
  .describe('How the values of a column are made');

const sqlList = z.array(text('an SQL statement'), { error: 'a list of SQL statements' });

export const tableInput = record({
  ddl: sqlList
    .min(1, { error: 'the statements that create the table' })
    .describe('Statements that run in order on every shard before the load'),
  indexes: sqlList
    .prefault([])
    .describe(
      'Statements that run in order after the load, because indexes are built faster on ' +
        'loaded rows',
    ),
  table: identifier.describe('The table that is loaded'),
  columns: z
    .record(identifier, generatorInput, {
      error: (issue) =>
        issue.code === 'invalid_key' ? nameAllowed : 'a map from column names to generators',
    })
    .describe('Columns that shardlab fills; the others need a default in the DDL'),
})
  .refine(({ columns }) => tenantColumns(columns) === 1, {
    path: ['columns'],
    error: 'exactly one column with the generator tenant',
  })
  .transform(({ columns, ...rest }) => ({
    ...rest,
    columns: Object.entries(columns).map(([name, generator]) => ({ name, generator })),
  }));

function tenantColumns(columns: Readonly<Record<string, { kind: string }>>): number {
  return Object.values(columns).filter((generator) => generator.kind === 'tenant').length;
}
