import type { z } from 'zod';
import { defaults } from './defaults.ts';
import { record, text } from './fields.ts';

/** The names come from the vocabulary: parse.ts checks them, json-schema.ts lists them. */
export const routerField = text('a router, such as jump or ring:150').describe(
  'Router, with its number after a colon where it takes one',
);

export const hashField = text('a key hash, such as xxh64').describe(
  'Hash of the key, for routers that take one',
);

export const strategyInput = record({
  key: text('a column').describe('Shard key: the column that the router reads'),
  router: routerField,
  hash: hashField.optional(),
  salt: text('letters, digits, dots, - and _', /^[A-Za-z0-9._-]{0,64}$/)
    .prefault(defaults.salt)
    .describe('Another placement by the same router'),
}).describe('A shard key and a router, measured as one cell');

export type StrategyInput = z.output<typeof strategyInput>;
