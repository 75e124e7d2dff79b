import { counted, integer, listed, percent, ratio } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** Of the tables of a scenario: where they lie, what is lost by that, and what is left out. */
export const tableSentences: Sentences = {
  'part-of-workload': (fact) => {
    const names = fact.list('operations');
    const were = names.length === 1 ? 'was' : 'were';
    return (
      `This cell serves ${percent(fact.number('servedFraction'))} of the workload: ` +
      `${names.length} of ${counted(fact.number('operations'), 'operation')} ` +
      `(${listed(names, 6)}) cannot run on these shards and ${were} left out, so its numbers are ` +
      'those of a lighter workload.'
    );
  },
  'tables-placed-by-default': (fact) => {
    const small =
      `at most ${integer(fact.number('rowsMax'))} rows, and written by at most ` +
      `${percent(fact.number('writingFractionMax'))} of the operations`;
    const parts = [
      part(fact, 'reference', `on every shard as reference tables (${small})`),
      part(fact, 'ownKey', 'by a key of their own'),
      part(fact, 'home', 'on shard 0 alone'),
    ].flat();
    return (
      `Tables without a column of the shard key, placed by default: ${parts.join('; ')}. ` +
      'A strategy can say otherwise (`reference`, `own`, `home`).'
    );
  },
  'foreign-keys-lost': (fact) => {
    const names = fact.list('constraints');
    const one = names.length === 1;
    return (
      `${counted(names.length, 'foreign key')} ${one ? 'is' : 'are'} not declared, because the ` +
      `rows ${one ? 'it refers' : 'they refer'} to may lie on another shard: ` +
      `${listed(names, shownConstraints)}. No server checks ${one ? 'it' : 'them'}.`
    );
  },
  'unique-constraints-lost': (fact) => {
    const names = fact.list('constraints');
    const one = names.length === 1;
    return (
      `${counted(names.length, 'unique constraint')} ${one ? 'holds' : 'hold'} within each shard ` +
      `only: ${listed(names, shownConstraints)}. Two shards may have the same values.`
    );
  },
  'transactions-across-shards': (fact) =>
    `With ${fact.name('strategy')} ${percent(fact.number('crossShardFraction'))} of the ` +
    'operations are transactions that write (or lock rows) on two shards or more, on ' +
    `${ratio(fact.number('shardsTouched'))} on average. Each of them is one transaction on each ` +
    'shard: without two-phase commit it is not atomic.',
};

const shownConstraints = 8;

function part(fact: Said, placement: string, where: string): string[] {
  const tables = fact.list(placement);
  return tables.length === 0 ? [] : [`${listed(tables)} ${where}`];
}
