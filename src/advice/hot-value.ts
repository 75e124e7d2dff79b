import { type Fact, fact } from '../result/finding.ts';
import { outgrowing } from './hard-rules.ts';
import type { MeasuredCandidate } from './candidate-figures.ts';

/** A value with so much of a shard's equal part is worth a place of its own. */
export const worthListing = 0.5;

/**
 * The heaviest value of a key, where it weighs: from which share on it must be split, and from
 * which number of shards on it is too large for one as it is.
 */
export function hotValueReasons({ key, shardCount, traits }: MeasuredCandidate): Fact[] {
  const largestFraction = key.heaviest[0] ?? 0;
  if (largestFraction * shardCount < worthListing || traits.splits) return [];
  const heavy = key.heaviest.filter((share) => share * shardCount >= worthListing).length;
  const numbers = {
    largestFraction,
    shards: shardCount,
    heavyValues: heavy,
    splitAboveFraction: outgrowing / shardCount,
    listAboveFraction: worthListing / shardCount,
    shardsAtMost: Math.floor(outgrowing / largestFraction),
  };
  const code = traits.listed ? 'advice-hot-value-listed' : 'advice-hot-value';
  return [fact(code, { numbers, names: { of: key.isTenant ? 'tenant' : 'value' } })];
}
