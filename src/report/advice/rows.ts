import type { AdviceDocument, AdvisedCandidate } from '../../result/advice-document.ts';
import { counted } from '../../wording/format.ts';
import type { Tone } from '../document.ts';
import { name } from '../text.ts';

/** What the parts of the advice's report look up in its document. */

/** `tenant/jump on 8 shards`, or the instance. */
export function labelOf({
  strategy,
  shardCount,
}: Pick<AdvisedCandidate, 'strategy' | 'shardCount'>): string {
  return strategy === null
    ? 'one instance'
    : `${name(strategy)} on ${counted(shardCount, 'shard')}`;
}

export const tones: Readonly<Record<AdvisedCandidate['status'], Tone>> = {
  recommended: 'good',
  'no-difference': 'good',
  lost: 'plain',
  excluded: 'doubtful',
};

/** Months with one decimal; what is not full within the horizon is full never. */
export const monthsText = (months: number | null): string =>
  months === null ? 'never' : months.toFixed(1);

/** Keys of the candidates, those of better candidates first. */
export function keysOf({ candidates }: AdviceDocument): string[] {
  return [...new Set(candidates.flatMap(({ key }) => key ?? []))];
}

/** The recommended candidate, or what it would be were one instance not enough; null: none. */
export function bestOf({ candidates, recommendation }: AdviceDocument): AdvisedCandidate | null {
  const { strategy, shardCount, otherwise } = recommendation;
  const best = strategy === null ? otherwise : { strategy, shardCount };
  const found = candidates.find(
    (each) => each.strategy === best?.strategy && each.shardCount === best?.shardCount,
  );
  return found ?? null;
}

/** Reasons of a candidate in one text. */
export const reasonsText = ({ reasons }: AdvisedCandidate): string =>
  reasons.map(({ text }) => text).join(' ');
