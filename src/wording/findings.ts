import { counted, listed, percent, ratio, short } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** What the numbers of a run or a simulation mean together. */
export const runFindingSentences: Sentences = {
  'large-keys-share-a-shard': (fact) => {
    const shardCount = fact.number('shardCount');
    return (
      `Of the ${shardCount + 1} largest (by ${largestWhat(fact)}) two must share one of ` +
      `${shardCount} shards, so no ${keyedRouter(fact)} can help: ${floorLimit(fact)}. ` +
      'Fewer shards would help, or splitting the largest of them.'
    );
  },
  'largest-key-fills-a-shard': (fact) => {
    const share = fact.number('topKeyFraction');
    const pieces = Math.max(2, Math.ceil(fact.number('shardCount') * share));
    return (
      `The largest ${largestWhat(fact)} has ${percent(share)} of the writes, so no ` +
      `${keyedRouter(fact)} can put less than that on one shard: ${floorLimit(fact)}, and ` +
      `no more than ${short(1 / share)} shards are useful (1/p1). Another router will not ` +
      `help. What helps is a finer shard key, or to split that ${largestWhat(fact)} over ` +
      `${pieces} shards or more (\`split\` of a strategy).`
    );
  },
  'balance-alike': (fact) =>
    `${listed(fact.list('strategies'))}: no difference in balance. Where a hash puts the keys is ` +
    'chance: over other salts of the hash their max/mean lies between ' +
    `${ratio(fact.number('maxOverMeanP5'))} and ${ratio(fact.number('maxOverMeanP95'))} (p5 to ` +
    `p95) at ${fact.number('shardCount')} shards, and their bands overlap.`,
  'neighbours-on-one-shard': (fact) =>
    `${fact.name('strategy')} sent ${percent(fact.number('writesFraction'))} of the writes ` +
    `to shard ${fact.number('shard')}: the values of ${fact.name('shardKey')} that are ` +
    'written at one time lie next to each other, and this router keeps neighbours ' +
    'together. The other shards take over none of that load. A router that hashes the key ' +
    'would spread it.',
  'operations-on-all-shards': (fact) => onAllShards(fact, 'the shard key'),
  'operations-on-all-shards-of-split': (fact) =>
    onAllShards(fact, 'the shard key, or the second column of a split key'),
  'writes-not-atomic': (fact) =>
    `With ${fact.name('strategy')} ${counted(fact.number('crossShardWrites'), 'write')} ` +
    'touched more than one shard. Each of them was several transactions, so it was not ' +
    'atomic.',
  'pinned-balance': (fact) => `${balanceChange('Pinning', fact)}.`,
  'split-balance': (fact) =>
    `${balanceChange('Splitting', fact)}. The shard queries of an operation go from ` +
    `${ratio(fact.number('queriesBefore'))} to ${ratio(fact.number('queriesAfter'))}: an ` +
    `operation that does not fix ${fact.name('by')} must ask all ${fact.number('over')} ` +
    'shards of a split key.',
};

const isOfTenants = (fact: Said): boolean => fact.name('of') === 'tenant';

const largestWhat = (fact: Said): string =>
  isOfTenants(fact) ? 'tenant' : `value of ${fact.name('shardKey')}`;

const keyedRouter = (fact: Said): string =>
  isOfTenants(fact) ? 'tenant-keyed router' : `router on ${fact.name('shardKey')}`;

const floorLimit = (fact: Said): string =>
  `at ${fact.number('shardCount')} shards max/mean is at least ` +
  ratio(fact.number('tenantFloor'));

const onAllShards = (fact: Said, unfixed: string): string =>
  `With ${fact.name('strategy')} ${percent(fact.number('scatterFraction'))} of the ` +
  `operations do not fix ${unfixed}, so they go to all ${fact.number('shardCount')} ` +
  'shards. That part of the work does not get cheaper with more shards.';

function balanceChange(verb: string, fact: Said): string {
  const [before, after] = [fact.number('maxOverMeanBefore'), fact.number('maxOverMeanAfter')];
  const [from, to] = [ratio(before), ratio(after)];
  const change =
    from === to
      ? `leaves max/mean of the writes at ${to}, as with ${fact.name('bare')}`
      : `${after < before ? 'lowers' : 'raises'} max/mean of the writes from ${from} ` +
        `(${fact.name('bare')}) to ${to}`;
  return `${verb} (${fact.name('strategy')}) ${change}`;
}
