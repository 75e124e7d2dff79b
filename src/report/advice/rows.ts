import type { AdviceDocument, AdvisedCandidate } from '../../result/advice-document.ts';
import { counted } from '../../wording/format.ts';
import type { Tone } from '../document.ts';
import { name } from '../text.ts';

/** What the parts of the advice's report look up in its document. */

/** One instance as it is, a larger one, or one with replicas for reads. */
export function instanceLabel({ instance }: Pick<AdvisedCandidate, 'instance'>): string {
  const { machineTimes = 1, readReplicas = 0 } = instance ?? {};
  if (machineTimes > 1) return `${machineTimes} x the instance`;
  return readReplicas > 0 ? `with ${counted(readReplicas, 'replica')}` : 'one instance';
}

/** The strategy's name, or what stands instead of one. */
export const strategyLabel = (candidate: AdvisedCandidate): string =>
  candidate.strategy === null ? instanceLabel(candidate) : name(candidate.strategy);

/** The one that there is, as it is. */
export const isPresentInstance = ({ instance }: Pick<AdvisedCandidate, 'instance'>): boolean =>
  instance?.machineTimes === 1 && instance.readReplicas === 0;

/** `tenant/jump on 8 shards`, or the instance. */
export const labelOf = (
  candidate: Pick<AdvisedCandidate, 'strategy' | 'shardCount' | 'instance'>,
): string =>
  candidate.strategy === null
    ? instanceLabel(candidate)
    : `${name(candidate.strategy)} on ${counted(candidate.shardCount, 'shard')}`;

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
