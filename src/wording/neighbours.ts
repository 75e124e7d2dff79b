import { counted, integer, ms, percent, times } from './format.ts';
import type { Said, Sentences } from './sentence.ts';

/** What the largest tenant does to those that share a shard with it. */
export const neighbourSentences: Sentences = {
  'neighbours-of-largest-wait': (fact) => {
    const [beside, elsewhere] = [fact.number('besideMsP99'), fact.number('elsewhereMsP99')];
    return (
      `With ${fact.name('strategy')} the other tenants ${besideLargest(fact)} have a p99 of ` +
      `${ms(beside)} for operations on one shard, where tenants elsewhere have ` +
      `${ms(elsewhere)}: ${times(beside / elsewhere)} as much.`
    );
  },
  'neighbours-of-largest-fail': (fact) =>
    `With ${fact.name('strategy')} ${percent(fact.number('failedFraction'))} of the ` +
    `operations on one shard of the other tenants ${besideLargest(fact)} failed, timed out ` +
    'or were dropped, where tenants elsewhere have a p99 of ' +
    `${ms(fact.number('elsewhereMsP99'))}.`,
};

function besideLargest(fact: Said): string {
  const tenants = fact.number('largestTenants');
  const whose =
    tenants === 1 ? 'the largest tenant' : `one of the ${integer(tenants)} largest tenants`;
  const shard = fact.perhaps('shard');
  const where =
    shard === null ? counted(fact.number('shardsWithLargest'), 'shard') : `shard ${shard}`;
  return `that share a shard with ${whose} (${where})`;
}
