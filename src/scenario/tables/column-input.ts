import { z } from 'zod';
import { defaults } from '../defaults.ts';
import { aboveZero, atLeast, integer, list, oneOf, record, text } from '../fields.ts';
import { idStyles } from '../id-styles.ts';
import { wholeFraction } from '../quantities.ts';
import type { TableGenerator } from '../table-types.ts';
import { dateRange } from './date-range.ts';

/** Postgres' type, as CREATE TABLE has it; what is no type is found by Postgres. */
export const typeField = text(
  'a type of Postgres, such as int8, numeric(12,2) or text',
  /^[A-Za-z_"][^;]*$/,
).describe('Type of the column in Postgres; absent: that of the generator');

const more = {
  null: wholeFraction.optional().describe('Share of the rows in which the column is NULL'),
  type: typeField.optional(),
  default: text('an SQL expression, such as "now()"')
    .optional()
    .describe("SQL of the column's default, such as \"'new'\""),
};

interface More {
  readonly null?: number | undefined;
  readonly type?: string | undefined;
  readonly default?: string | undefined;
}

/** A column as it is written; `generator` null: its default holds. */
export interface ColumnInput {
  readonly generator: TableGenerator | null;
  readonly type: string | undefined;
  readonly default: string | null;
  readonly nulls: number | undefined;
}

function column(generator: TableGenerator | null, rest: More): ColumnInput {
  const { type, default: sql } = rest;
  return { generator, type, default: sql ?? null, nulls: rest.null };
}

const reference = text('a column of a table, such as orders.id', /^[a-z_]\w*\.[a-z_]\w*$/);

function splitReference(written: string): { table: string; column: string } {
  const [table = '', name = ''] = written.split('.');
  return { table, column: name };
}

const word = z
  .union([z.string(), z.number()], { error: 'a text' })
  .transform((written) => String(written));

const weighted = z.record(
  text('a text', /^/),
  aboveZero(1e9, 'a weight, a number'),
  'a map of texts and their weights',
);

const choiceAllowed = 'a list of texts, or a map of texts and their weights';

const choices = z
  .union([list(word, 'a list of one or more texts'), weighted], { error: choiceAllowed })
  .refine((written) => Object.keys(written).length > 0, { error: choiceAllowed })
  .transform((written) => {
    const entries = Array.isArray(written)
      ? written.map((value): [string, number] => [value, 1])
      : Object.entries(written);
    const sum = entries.reduce((so, [, weight]) => so + weight, 0);
    return {
      values: entries.map(([value]) => value),
      weights: entries.map(([, weight]) => weight / sum),
    };
  })
  .describe('Values that are equally likely, or each with its weight');

const numberRange = record({
  min: atLeast(-1e12, 1e12),
  max: atLeast(-1e12, 1e12),
  decimals: integer(0, 12).prefault(defaults.decimals),
}).refine(({ min, max }) => min <= max, { path: ['max'], error: 'a number not below min' });

/** What needs neither row nor tenant, so that it can be a drawn value as well. */
export const valueShapes = {
  choice: {
    choice: choices,
    per: oneOf(['row', 'tenant'])
      .prefault(defaults.choicePer)
      .describe('Drawn for each row, or once for each tenant'),
  },
  number: { number: numberRange },
  text: { text: integer(1, 1_000_000).describe('Length in characters') },
  words: {
    words: list(word, 'a list of one or more words').describe('Words that are put together'),
    count: integer(1, 20).prefault(1).describe('Words in each value'),
  },
  date: { date: dateRange },
  json: { json: integer(2, 1_000_000).describe('Bytes of a JSON object') },
} as const;

const generatorAllowed =
  'tenant, id, sequence, timestamp, or a map with one of id, user, parent, pick, choice, number, ' +
  'text, padded, words, date, timestamp, sequence, tenant, json, and perhaps null, type and ' +
  'default; or { type, default }';

const plain = ['tenant', 'id', 'sequence', 'timestamp'] as const;

function plainGenerator(kind: (typeof plain)[number]): TableGenerator {
  return kind === 'id' ? { kind, style: defaults.idStyle } : { kind };
}

const yes = z.literal(true, { error: 'true' });

export const columnInput = z
  .union(
    [
      oneOf(plain, generatorAllowed).transform((kind) => column(plainGenerator(kind), {})),
      record({ tenant: yes.describe("The tenant's id"), ...more }).transform((input) =>
        column({ kind: 'tenant' }, input),
      ),
      record({ id: oneOf(idStyles).describe('Unique in the table'), ...more }).transform((input) =>
        column({ kind: 'id', style: input.id }, input),
      ),
      record({ user: integer(1, 1_000_000).describe('Users of each tenant'), ...more }).transform(
        (input) => column({ kind: 'user', perTenant: input.user }, input),
      ),
      record({
        sequence: yes.describe('1 and on within the parent, the tenant or the table'),
        ...more,
      }).transform((input) => column({ kind: 'sequence' }, input)),
      record({ timestamp: yes.describe('Rises with the row'), ...more }).transform((input) =>
        column({ kind: 'timestamp' }, input),
      ),
      record({
        parent: reference.describe('Value of a column of the parent, or of a table above it'),
        ...more,
      }).transform((input) => column({ kind: 'parent', ...splitReference(input.parent) }, input)),
      record({
        pick: reference.describe(
          'Value of a column of a row of another table: of the same tenant, where that has some',
        ),
        remote: wholeFraction
          .optional()
          .describe("Share of the rows that pick another tenant's row, drawn by weight"),
        ...more,
      }).transform(({ pick, remote, ...rest }) => {
        const generator = { kind: 'pick' as const, ...splitReference(pick) };
        return column(remote === undefined ? generator : { ...generator, remote }, rest);
      }),
      record({
        padded: integer(1, 1000).describe("Length of the row's number with leading zeros"),
        ...more,
      }).transform((input) => column({ kind: 'padded', length: input.padded }, input)),
      record({ ...valueShapes.choice, ...more }).transform((input) =>
        column({ kind: 'choice', ...input.choice, per: input.per }, input),
      ),
      record({ ...valueShapes.number, ...more }).transform((input) =>
        column({ kind: 'number', ...input.number }, input),
      ),
      record({ ...valueShapes.text, ...more }).transform((input) =>
        column({ kind: 'text', bytes: input.text }, input),
      ),
      record({ ...valueShapes.words, ...more }).transform((input) =>
        column({ kind: 'words', words: input.words, count: input.count }, input),
      ),
      record({ ...valueShapes.date, ...more }).transform((input) =>
        column({ kind: 'date', ...input.date }, input),
      ),
      record({ ...valueShapes.json, ...more }).transform((input) =>
        column({ kind: 'json', bytes: input.json }, input),
      ),
      record({ ...more, type: typeField }).transform((input) => column(null, input)),
    ],
    { error: generatorAllowed },
  )
  .describe('How the values of a column are made');
