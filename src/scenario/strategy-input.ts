import { z } from 'zod';
import { defaults } from './defaults.ts';
import { record, text } from './fields.ts';
import { lookupInput } from './lookup-input.ts';
import { pinInput, splitInput } from './overlay-input.ts';
import { keyField } from './shard-key.ts';
import { tableChoicesShape } from './tables/keys-input.ts';

/** The names come from the vocabulary: parse.ts checks them, the JSON schema lists them. */
export const routerField = text('a router, such as jump or ring:150').describe(
  'Router, with its number after a colon if it takes one, or the path of a file of your own',
);

export const hashField = text('a key hash, such as xxh64').describe(
  'Hash of the key, for routers that take one',
);

const strategyShape = {
  label: text(
    'a name of at most 60 letters, digits, spaces and . _ : / @ + -, without spaces around it',
    /^(?! )[\w .:/@+-]{1,60}(?<! )$/,
  )
    .optional()
    .describe('Name of the cell; with two labels the same strategy may stand twice'),
  key: keyField,
  router: routerField,
  hash: hashField.optional(),
  salt: text('letters, digits, dots, - and _', /^[A-Za-z0-9._-]{0,64}$/)
    .prefault(defaults.salt)
    .describe('Text that gives another placement by the same router'),
  settings: z
    .unknown()
    .optional()
    .describe('Further settings that a router needs, such as the lists of the router `list`'),
  lookup: lookupInput.optional(),
  pin: pinInput.optional(),
  split: splitInput.optional(),
};

const meaning = 'A shard key and a router, measured as one cell';
const onlyWithTables = z
  .undefined({ error: 'nothing, because the scenario has no `tables`' })
  .optional();

export const strategyInput = record({
  ...strategyShape,
  reference: onlyWithTables,
  home: onlyWithTables,
  own: onlyWithTables,
}).describe(meaning);

/** Of a scenario with `tables`. */
export const tableStrategyInput = record({ ...strategyShape, ...tableChoicesShape }).describe(
  meaning,
);

export type TableStrategyInput = z.output<typeof tableStrategyInput>;
export type StrategyInput = z.output<typeof strategyInput>;
