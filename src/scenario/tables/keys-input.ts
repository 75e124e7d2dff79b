import { z } from 'zod';
import { bitsInput } from '../bits-input.ts';
import { list, text } from '../fields.ts';
import { identifier, nameAllowed } from '../table-input.ts';

const keyAllowed =
  'a column, a list of columns such as [tenant_id, id], or { bits: id, from: 12, count: 10 }';

/** The key of one table. */
export const tableKeyInput = z
  .union(
    [
      text('a column').transform((column) => ({ columns: [column] })),
      list(text('a column'), keyAllowed).transform((columns) => ({ columns })),
      bitsInput.transform((input) => ({
        columns: [input.bits],
        bits: { from: input.from, count: input.count },
      })),
    ],
    { error: keyAllowed },
  )
  .describe('Column of the key in this table, or several, or bits of one');

export type TableKeyInput = z.output<typeof tableKeyInput>;

const tablesAllowed =
  'a map from tables to their columns of the key, such as { orders: tenant_id }';

export const keysInput = z.record(
  identifier,
  z
    .record(text('a table'), tableKeyInput, { error: tablesAllowed })
    .refine((tables) => Object.keys(tables).length > 0, { error: tablesAllowed }),
  {
    error: (issue) =>
      issue.code === 'invalid_key'
        ? nameAllowed
        : 'a map from names to keys, such as { tenant: { orders: tenant_id } }',
  },
);

export type KeysInput = z.output<typeof keysInput>;

/** What a strategy may say of tables without a column of its key. */
export const tableChoicesShape = {
  reference: list(text('a table'), 'a list of tables')
    .optional()
    .describe('Tables that are whole on every shard'),
  home: list(text('a table'), 'a list of tables')
    .optional()
    .describe('Tables that are on shard 0 only'),
  own: z
    .record(text('a table'), tableKeyInput, {
      error: 'a map from tables to a key of their own, such as { audit: id }',
    })
    .optional()
    .describe('Tables that are sharded by a key of their own'),
} as const;
