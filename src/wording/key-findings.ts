import { counted, integer, listed, percent } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** What was found of a candidate for the shard key. */
export const keyFindingSentences: Sentences = {
  'key-not-measured': (fact) =>
    `The rows of ${listed(fact.list('tables'), 5)} could not be read, so how they spread over ` +
    'this key is not known.',
  'key-shares-of-table': (fact) =>
    `The shares of its values are those of the ${counted(fact.number('rows'), 'row')} of ` +
    `${fact.name('table')}.`,
  'key-few-values': (fact) =>
    `It has only ${counted(fact.number('distinct'), 'value')}, so on ` +
    `${integer(fact.number('shards'))} shards some would have no rows at all.`,
  'key-hot-value': (fact) =>
    `One value (${fact.name('value')}) has ${percent(fact.number('largestShare'))} of the ` +
    `${ofBasis(fact)}, more than an equal part of ${integer(fact.number('shards'))} shards. No ` +
    'router can put less than that on one shard, unless the value is split.',
  'key-monotonic': (fact) =>
    `New rows of ${fact.name('table')} always have higher values than older ones. A router by ` +
    'range would send all of them to the last shard; one that hashes the key does not.',
  'key-nulls': (fact) =>
    `${percent(fact.number('nullFraction'))} of the rows (${integer(fact.number('rows'))}, of ` +
    `${listed(fact.list('tables'), 5)}) have no value, and so belong to no shard.`,
  'key-updated': (fact) =>
    `${percent(fact.number('share'))} of the calls change its value. On shards the row would ` +
    'have to move to another one.',
  'key-written-with-row': (fact) =>
    `${percent(fact.number('share'))} of the calls write it with all the columns of a row, ` +
    'whether or not it has another value. On shards a statement must not set it.',
  'key-estimate-doubtful': (fact) =>
    `The number of values, about ${integer(fact.number('distinct'))}, may be off by more than a ` +
    `factor of 2 in ${listed(fact.list('tables'), 5)}. --exact counts them.`,
  'key-covers-few-rows': (fact) =>
    `Its tables have ${percent(fact.number('share'))} of all rows ` +
    `(${integer(fact.number('rows'))} of ${integer(fact.number('rowsOfAll'))}).`,
  'key-groups-nothing': (fact) =>
    `Each of its ${counted(fact.number('distinct'), 'value')} has about one row in ` +
    `${fact.name('table')}, so it keeps no rows of that table together.`,
  'key-type-not-routed': (fact) =>
    `Routers take whole numbers, texts and UUIDs; ${fact.name('column')} is of the type ` +
    `${fact.name('type')}.`,
  'key-load-more-skewed': (fact) =>
    `The load is more uneven than the rows: the heaviest value has ` +
    `${percent(fact.number('loadShare'))} of the ${ofBasis(fact)}, where the largest one has ` +
    `${percent(fact.number('rowsShare'))} of the rows.`,
  'key-load-uncertain': (fact) =>
    'More values were seen than are counted one by one, so the share of the heaviest value may ' +
    `be ${percent(fact.number('errorShare'))} less than shown.`,
  'key-load-of-few': (fact) =>
    `Its load is that of ${integer(fact.number('counted'))} transactions that left rows, so the ` +
    `share of the heaviest value is known to about ${percent(fact.number('luck'))} (one standard ` +
    'error). A log shows more.',
  'key-cross-shard-transactions': (fact) =>
    `${percent(fact.number('share'))} of the transactions (${integer(fact.number('several'))} of ` +
    `${integer(fact.number('all'))}) have several values of it, and so may touch several shards.`,
  ...statementReasons(),
};

function ofBasis(fact: Said): string {
  const basis = fact.name('basis');
  if (basis === 'observed') return 'statements in the log';
  return basis === 'written' ? 'transactions that left rows' : 'rows';
}

/** Why one shard does not answer a statement. */
function statementReasons(): Sentences {
  const about = (fact: Said): string => {
    const names = fact.list('names');
    return names.length === 0 ? '' : ` (${listed(names, 5)})`;
  };
  return {
    'statement-key-not-bound': (fact) => `It does not fix the key${about(fact)}.`,
    'statement-key-in-list': (fact) => `It gives a list of values of the key${about(fact)}.`,
    'statement-key-in-range': (fact) => `It gives a range of the key${about(fact)}.`,
    'statement-several-keys': (fact) => `It gives several values of the key${about(fact)}.`,
    'statement-undecided': (fact) => `Its SQL does not show which rows it is about${about(fact)}.`,
    'statement-reference-write': (fact) =>
      `It writes a table of which every shard has a copy${about(fact)}.`,
    'statement-join-not-co-located': (fact) =>
      `It joins rows that do not lie on the same shard${about(fact)}.`,
    'statement-insert-without-key': (fact) =>
      `It inserts a row without a value of the key that is known beforehand${about(fact)}.`,
    'statement-conflict-on-lost-unique': (fact) =>
      `It counts on a unique constraint that no shard can hold${about(fact)}.`,
    'statement-cascade-over-lost-key': (fact) =>
      `It counts on a foreign key that no shard can hold${about(fact)}.`,
    'statement-key-changed': (fact) =>
      `It changes the key, so its rows would have to move${about(fact)}.`,
    'statement-home-and-sharded': (fact) =>
      `It uses a table on one shard together with one that is on all${about(fact)}.`,
  };
}
