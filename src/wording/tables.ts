import { counted, listed, percent, ratio } from './format.ts';
import type { Sentences } from './sentence.ts';

/** What strategies do to a workload on several tables. */
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
  'transactions-across-shards': (fact) => {
    const mean = fact.perhaps('shardsTouched');
    const touched = mean === null ? '' : `, on ${ratio(mean)} on average`;
    return (
      `With ${fact.name('strategy')} ${percent(fact.number('crossShardFraction'))} of the ` +
      `operations are transactions that write (or lock rows) on two shards or more${touched}. ` +
      'Each of them is one transaction on each shard: without two-phase commit it is not atomic.'
    );
  },
};
