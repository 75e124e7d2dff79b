import { formatFraction, formatRate } from '../base/units.ts';
import { counted, integer, listed, percent, short } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** What a person should know of a cell beside its numbers. */
export const cellNoteSentences: Sentences = {
  'router-warning': (fact) => fact.name('warning'),
  'keys-pinned': (fact) => {
    const shards = fact.numbers('shard');
    const each = keysOf(fact, (index) => `to shard ${shards[index] ?? 0}`);
    const alone = fact.hasName('alone') ? ' No other key is on these shards.' : '';
    return `Pinned: ${each}; ${together(fact)}.${alone}`;
  },
  'keys-split': (fact) => {
    const by = fact.name('by');
    const each = keysOf(
      fact,
      (index) => `over shards ${fact.numbers(`key${index}Shard`).join(', ')}`,
    );
    return (
      `Split by ${by}: ${each}; ${together(fact)}. An operation on such a key that does not fix ` +
      `${by} goes to all of its shards.`
    );
  },
  'no-key-pinned': (fact) => noKey(fact, 'pinned'),
  'no-key-split': (fact) => noKey(fact, 'split'),
  'operation-on-several-shards': (fact) => severalShards(fact, fact.name('column')),
  'operation-on-several-pieces': (fact) =>
    severalShards(fact, `${fact.name('column')}, by which keys are split`),
  'not-runnable': () => 'The strategy cannot run it on shards.',
  'tables-placed-by-default': (fact) =>
    `Placed by default, having no column of the key: ${placements(fact)}.`,
  'constraints-lost': (fact) =>
    `No shard can hold these whole: ${listed(fact.list('constraints'))}. A foreign key is not ` +
    'declared then, and a unique one holds within each shard only.',
  'checkpoint-not-allowed': () =>
    'This database user may not run CHECKPOINT (from Postgres 15 on, the role ' +
    'pg_checkpoint allows it): the server may start a checkpoint by itself while a cell is ' +
    'measured.',
  'look-ups-on-shard-0': () =>
    'Look-ups run on the server of shard 0 and take a part of its CPU. The cache is that of one ' +
    'application process. Production has many such processes, and each has its own misses.',
  'look-ups-not-staged': () =>
    'The thread of the driver sends the queries of a cell with look-ups, and the thread of ' +
    'the pacer sends those of other cells: compare strategies by what look-ups added, not ' +
    'by response times.',
  'look-up-entry-moved': (fact) =>
    `The rows of tenant ${fact.name('tenant')} were copied from shard ` +
    `${fact.number('from')} to ${fact.number('to')} before the first operation, and ` +
    'nothing was deleted: only its entry was switched. Rows that were written to the old ' +
    'shard between the copy and the switch were not copied, and scatter-gather read both ' +
    'copies. After the switch a stale write goes to the old shard, where no query looks ' +
    'for it, and a stale read does not see newer writes (and no rows at all after the old ' +
    'copy is deleted). Loads of shards are those before and after the switch together.',
  'look-ups-not-simulated': () =>
    'Look-ups in a table are not simulated: the router knows every shard already.',
  'repeats-missing': (fact) =>
    `Only ${fact.number('measured')} of its ${fact.number('planned')} repeats ` +
    `${fact.number('measured') === 1 ? 'was' : 'were'} measured before the run ended: its ` +
    'numbers are those of a shorter window.',
  'no-row-for-each-second': () =>
    'The result has no row for each second, because so many shards and seconds give too many rows.',
};

/** The keys with their shares; `where` says where the key of this index is. */
function keysOf(fact: Said, where: (index: number) => string): string {
  const shares = fact.numbers('keyFraction');
  const each = fact
    .list('keys')
    .map(
      (key, index) =>
        `${key} (${percent(shares[index] ?? 0)} of the ${fact.name('of')}) ${where(index)}`,
    );
  const others = fact.number('otherKeys');
  return `${each.join('; ')}${others > 0 ? `; and ${others} more` : ''}`;
}

const together = (fact: Said): string =>
  `${percent(fact.number('togetherFraction'))} of the ${fact.name('of')} in all`;

/** The limit stands there as the scenario has it. */
function noKey(fact: Said, verb: string): string {
  const [above, heaviest] = limitAndHeaviest(fact);
  return (
    `No key has ${above} (the heaviest has ${heaviest}), so no key is ${verb} because of ` +
    'its weight.'
  );
}

function limitAndHeaviest(fact: Said): readonly [string, string] {
  const [rows, writes] = [fact.perhaps('aboveRows'), fact.perhaps('aboveWritesPerSecond')];
  if (rows !== null) return [counted(rows, 'row'), integer(fact.number('heaviestRows'))];
  if (writes !== null) {
    const heaviest = short(fact.number('heaviestWritesPerSecond'));
    return [`${formatRate(writes)} of the writes`, `${heaviest}/s`];
  }
  const above = formatFraction(fact.number('aboveFraction'));
  return [`${above} of the ${fact.name('of')}`, percent(fact.number('heaviestFraction'))];
}

const severalShards = (fact: Said, unbound: string): string =>
  `${fact.name('operation')} can write on several shards at once: it does not bind one value of ` +
  `${unbound}. Such a write is not atomic; it counts on every shard it touches.`;

/** Where tables lie by default, and the limits that decide. */
function placements(fact: Said): string {
  const limits =
    `small: at most ${integer(fact.number('rowsMax'))} rows, and at most ` +
    `${percent(fact.number('writesMaxFraction'))} of the operations write it`;
  const placed = (name: string, where: string): string[] => {
    const tables = fact.list(name);
    return tables.length === 0 ? [] : [`${listed(tables)} ${where}`];
  };
  return [
    ...placed('reference', `on every shard (${limits})`),
    ...placed('own', 'by the first column of the primary key (larger, or written more)'),
    ...placed('home', 'on shard 0 (larger, or written more, and no column can be a key)'),
  ].join('; ');
}
