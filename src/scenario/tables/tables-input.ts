import { z } from 'zod';
import { list, oneOf, record, text } from '../fields.ts';
import { positiveBytes } from '../quantities.ts';
import { identifier, nameAllowed } from '../table-input.ts';
import { type ColumnInput, columnInput } from './column-input.ts';
import { rowCountInput } from './row-count-input.ts';

const columnsAllowed = 'a column, or a list of columns such as [tenant_id, id]';

/** A column, or several. */
export const columnList = z
  .union([text('a column'), list(text('a column'), columnsAllowed)], { error: columnsAllowed })
  .transform((written) => [written].flat());

const columnLists = z
  .array(columnList, { error: 'a list of columns, or of lists of columns' })
  .prefault([]);

const referenceAllowed = 'table.column, or table(a, b) for several columns';

const referenced = text(
  referenceAllowed,
  /^[a-z_]\w*(?:\.[a-z_]\w*|\s*\(\s*[a-z_]\w*(?:\s*,\s*[a-z_]\w*)*\s*\))$/,
).transform((written) => {
  const [table = '', ...columns] = written.split(/[\s.,()]+/).filter((part) => part !== '');
  return { table, columns };
});

const foreignInput = record({
  columns: columnList.describe('Columns of this table'),
  references: referenced.describe('Columns of the other table: table.column, or table(a, b)'),
  on_delete: oneOf(['no action', 'cascade', 'set null'])
    .prefault('no action')
    .describe('What happens when the row that it points to is deleted'),
}).describe('A foreign key');

function mapOf<T extends z.ZodType>(element: T, allowed: string) {
  return z.record(identifier, element, {
    error: (issue) => (issue.code === 'invalid_key' ? nameAllowed : allowed),
  });
}

export const oneTableInput = record({
  per: text('tenant, or the name of a table')
    .optional()
    .describe('tenant, or a table: its rows hang on those; absent: it belongs to no tenant'),
  rows: rowCountInput.optional(),
  columns: mapOf(columnInput, 'a map from column names to generators').describe(
    'Columns, in the order of CREATE TABLE',
  ),
  primary: columnList.optional().describe('Columns of the primary key'),
  unique: columnLists.describe('Unique constraints: each a column or a list of columns'),
  foreign: z.array(foreignInput, { error: 'a list of foreign keys' }).prefault([]),
  indexes: columnLists.describe('Further indexes: each a column or a list of columns'),
  row: positiveBytes
    .optional()
    .describe('Size of a row with its index entries; absent: measured or estimated'),
})
  .transform(({ columns, ...rest }) => ({
    ...rest,
    columns: Object.entries(columns).map(([name, column]): NamedColumnInput => {
      const { generator, type, default: sql, nulls } = column;
      return { name, generator, type, default: sql, nulls };
    }),
  }))
  .describe('A table');

export interface NamedColumnInput extends ColumnInput {
  readonly name: string;
}

export type OneTableInput = z.output<typeof oneTableInput>;

export const tablesInput = mapOf(oneTableInput, 'a map from table names to tables');

export const viewsInput = mapOf(text('an SQL query'), 'a map from names to SQL queries');
