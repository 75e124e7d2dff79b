import type { AdviceDocument, AdvisedCandidate } from '../../result/advice-document.ts';

/**
 * What a reader asks about first: the recommended candidate and those like it, one instance in
 * its ways, the best of each other key, and the recommended strategy on other numbers of shards.
 */
export function shownCandidates({
  candidates,
  recommendation,
}: AdviceDocument): AdvisedCandidate[] {
  const strategy = recommendation.strategy ?? recommendation.otherwise?.strategy ?? null;
  const bestOfKeys = new Map<string | null, AdvisedCandidate>();
  for (const each of candidates) if (!bestOfKeys.has(each.key)) bestOfKeys.set(each.key, each);
  const first = new Set(bestOfKeys.values());
  return candidates.filter(
    (each) =>
      each.status === 'recommended' ||
      each.status === 'no-difference' ||
      each.strategy === null ||
      first.has(each) ||
      each.strategy === strategy,
  );
}
