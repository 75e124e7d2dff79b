import { listed } from './format.ts';
import { reasonsOf } from './said-together.ts';
import type { Said, Sentences } from './sentence.ts';

/** Why an operation on several tables asks more than one shard, or cannot run on shards at all. */
const statementSentences: Sentences = {
  'key-not-bound': (fact) =>
    `${subject(fact)} does not fix ${keyOf(fact)}, so it asks all shards${where(fact)}.`,
  'key-in-list': (fact) =>
    `${subject(fact)} gives a list of values for ${keyOf(fact)}, so it asks ` +
    `the shard of each${where(fact)}.`,
  'key-in-range': (fact) =>
    `${subject(fact)} gives a range of ${keyOf(fact)}, so it asks every ` +
    `shard that may hold a part of it${where(fact)}.`,
  'several-keys': (fact) =>
    `${subject(fact)} gives two or more values for ${keyOf(fact)}, so ` +
    `${runs(fact) ? 'it asks the shard of each' : 'no one shard can run it'}${where(fact)}.`,
  undecided: (fact) =>
    `${sqlOf(fact)} does not show which shards have the rows ` +
    `that it is about${ofNames(fact)}, so ` +
    `${runs(fact) ? 'it asks all shards' : 'it cannot run on shards'}${where(fact)}.`,
  'reference-write': (fact) =>
    `${subject(fact)} writes ${namesOf(fact, 'a reference table')}, of which ` +
    `every shard has a copy, so it writes on all shards${where(fact)}.`,
  'join-not-co-located': (fact) =>
    `${subject(fact)} joins ${namesOf(fact, 'tables')}, whose rows do not lie ` +
    `on the same shard${where(fact)}.`,
  'insert-without-key': (fact) =>
    `${subject(fact)} inserts a row without a value that is known beforehand ` +
    `for ${keyOf(fact)}, so no shard can be chosen for it${where(fact)}.`,
  'conflict-on-lost-unique': (fact) =>
    `${subject(fact)} counts on a unique constraint${ofTable(fact)} that no ` +
    `shard can hold whole: ON CONFLICT would not see the rows of other shards${where(fact)}.`,
  'cascade-over-lost-key': (fact) =>
    `${subject(fact)} counts on a foreign key${ofTable(fact)} that no shard ` +
    `can hold: the rows that go with a deleted one may lie on other shards${where(fact)}.`,
  'key-changed': (fact) =>
    `${subject(fact)} changes ${keyOf(fact)}, so its rows would have to move ` +
    `to another shard${where(fact)}.`,
  'home-and-sharded': (fact) =>
    `${subject(fact)} uses ${namesOf(fact, 'tables')} together, of which one ` +
    `part lies on one shard alone and the other on all of them${where(fact)}.`,
};

export const fateSentences: Sentences = {
  ...statementSentences,
  'keys-not-bound': (fact) =>
    'Operations that do not fix the shard key, and so ask all shards: ' +
    `${listed(fact.list('operations'))}.`,
  'operation-by-way-round': (fact) => {
    const why = reasonsOf(fact, statementSentences);
    const told = why.length === 0 ? '' : ` ${why.join(' ')}`;
    return (
      `Operation ${fact.name('operation')} does not run as it is written: it runs by the way ` +
      `round that the scenario names (\`instead\`).${told}`
    );
  },
};

/** An operation of the scenario, or one statement of a file. */
const subject = (fact: Said): string =>
  fact.hasName('operation') ? `Operation ${fact.name('operation')}` : 'The statement';

const sqlOf = (fact: Said): string =>
  fact.hasName('operation') ? `The SQL of operation ${fact.name('operation')}` : 'The statement';

const runs = (fact: Said): boolean => fact.name('runs') === 'yes';

const keyOf = (fact: Said): string => `the shard key${ofTable(fact)}`;

/** Their first name is a table, the others are columns of it. */
function ofTable(fact: Said): string {
  const [table, ...columns] = fact.list('names');
  if (table === undefined) return '';
  return ` of ${table}${columns.length === 0 ? '' : ` (${columns.join(', ')})`}`;
}

function namesOf(fact: Said, unnamed: string): string {
  const names = fact.list('names');
  return names.length === 0 ? unnamed : listed(names);
}

const ofNames = (fact: Said): string => {
  const names = fact.list('names');
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
};

/** Where in the SQL: ` (statement 3, line 2: "join lines on …")`. */
function where(fact: Said): string {
  const [statement, line] = [fact.perhaps('statement'), fact.perhaps('line')];
  const places = [
    ...(statement === null ? [] : [`statement ${statement}`]),
    ...(line === null ? [] : [`line ${line}`]),
  ].join(', ');
  const near = fact.hasName('near') ? `"${fact.name('near')}"` : '';
  const parts = [places, near].filter((part) => part !== '').join(': ');
  return parts === '' ? '' : ` (${parts})`;
}
