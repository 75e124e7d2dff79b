import { counted, listed } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

const columns = (fact: Said): string => listed(fact.list('columns'), 5);
const place = (fact: Said): string => `${fact.name('table')} (${columns(fact)})`;

/** What the scenario that `profile` writes has otherwise than the database. */
const ofTables: Sentences = {
  'scenario-view-left-out': (fact) =>
    `The view ${fact.name('view')} is not in the scenario: ${fact.name('reason')}.`,
  'scenario-key-left-out': (fact) =>
    fact.hasName('tables')
      ? `The key ${fact.name('key')} does without ${listed(fact.list('tables'), 8)}, where no ` +
        'router can use its column.'
      : `The key ${fact.name('key')} is not in the scenario, for no router can use its columns.`,
  'scenario-exclusion-left-out': (fact) =>
    `The exclusion constraints of ${fact.name('table')} are not in the scenario.`,
  'scenario-generated-plain': (fact) =>
    `Generated columns are plain ones in the scenario: ${place(fact)}.`,
  'scenario-type-mapped': (fact) =>
    `Types that only this database has are plain ones in the scenario: ${place(fact)}.`,
  'scenario-primary-left-out': (fact) =>
    `The primary key of ${place(fact)} is an index in the scenario, for the values that it makes ` +
    'might not be different.',
  'scenario-unique-left-out': (fact) =>
    `The unique constraint of ${place(fact)} is an index in the scenario, for the values that it ` +
    'makes might not be different.',
  'scenario-foreign-not-held': (fact) =>
    `The foreign key of ${place(fact)} to ${fact.name('references')} is not in the scenario, for ` +
    'the values that it makes do not follow it.',
  'scenario-foreign-in-circle': (fact) =>
    `The foreign key of ${place(fact)} to ${fact.name('references')} is not in the scenario, for ` +
    'it closes a circle.',
  'scenario-index-left-out': (fact) => `The index of ${place(fact)} is not in the scenario.`,
  'scenario-table-left-out': (fact) =>
    `The table ${fact.name('table')} is not in the scenario: ${fact.name('reason')}.`,
  'scenario-tables-left-out': (fact) =>
    `${counted(fact.number('count'), 'table')} of little work are not in the scenario ` +
    `(${listed(fact.list('tables'), 5)} and so on).`,
  'scenario-operation-refused': (fact) =>
    `The operation ${fact.name('operation')} is not in the scenario: ${fact.name('reason')}.`,
  'scenario-column-plain': (fact) =>
    `No values can be made for ${place(fact)}: its default stands in all rows.`,
};

/** Of files. */
const ofFiles: Sentences = {
  'tenants-by-weight': (fact) =>
    `The file has one line for each ${fact.name('id')}: shares are those of ` +
    `${fact.name('weight')}, which counts as rows, and the scenario takes its tenants from it.`,
};

/** Why no operation has a template. */
const ofTemplates: Sentences = {
  'template-hidden': () => 'Its text is hidden from this role.',
  'template-cut-short': () => 'Its text was cut short by the server.',
  'template-not-parsed': () => 'The grammar of Postgres does not take it as it was recorded.',
  'template-several-statements': () => 'It is several statements in one text.',
  'template-transaction-control': () => 'It begins or ends a transaction.',
  'template-session': () => 'It is about the session.',
  'template-cursor': () => 'It reads from a cursor, whose query counts.',
  'template-copy': () => 'It copies whole tables.',
  'template-explain': () => 'It explains a statement.',
  'template-procedure': () => 'It calls a procedure, whose statements are not seen here.',
  'template-execute': () => 'It executes a prepared statement, whose text is not seen here.',
  'template-definition': () => 'It changes the schema.',
  'template-utility': () => 'It is no work on rows.',
  'template-empty': () => 'It is empty.',
  'template-catalog': () => 'It reads the catalogue of the database.',
  'template-no-table': () => 'It uses no table.',
  'template-unknown-table': (fact) => `It uses a table that no source has shown${named(fact)}.`,
  'template-unknown-function': (fact) =>
    `It calls a function that the scenario's shards do not have${named(fact)}.`,
  'template-column-without-value': (fact) =>
    `It needs a value of a column that the scenario does not fill${named(fact)}.`,
  'template-not-accepted': (fact) => `The scenario does not take it${named(fact)}.`,
  'template-rare': () => 'It is rare: the operations stand for enough of the calls without it.',
};

const named = (fact: Said): string => (fact.hasName('name') ? ` (${fact.name('name')})` : '');

export const scenarioNoteSentences: Sentences = { ...ofTables, ...ofFiles, ...ofTemplates };
