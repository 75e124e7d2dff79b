import type { CapacityDocument, CapacityStrategy } from '../../result/capacity-document.ts';
import type { CapacityStep } from '../../result/capacity-step.ts';
import type { SeenCell, SeenResult } from '../seen-result.ts';

/**
 * A search as growth reads results: its steps up to the rate that held stand for VALID cells, and
 * those above which a shard broke for SATURATED ones. What a search did not confirm, and what the
 * load generator or other programs broke, shows nothing about a shard.
 */
export function seenSteps({
  name,
  source,
  scenario,
  objective,
  strategies,
}: CapacityDocument): SeenResult {
  return {
    name,
    source,
    scenario,
    objective: objective.expressions.join(' and '),
    cells: strategies
      .filter(({ status }) => status === 'found' || status === 'at-least')
      .flatMap(seenOf),
  };
}

function seenOf(strategy: CapacityStrategy): SeenCell[] {
  const { steps, limitedBy } = strategy;
  const sustainedQps = strategy.sustainedQps ?? 0;
  const inOrder = steps.toSorted((a, b) => a.rateQps - b.rateQps);
  const isShards = limitedBy?.kind === 'shard';
  return inOrder.flatMap((step) => {
    const { rateQps, outcome } = step;
    if (outcome === 'held' && rateQps <= sustainedQps) return [seenCell(strategy, step, 'VALID')];
    const isAbove = outcome === 'broken' && rateQps > sustainedQps;
    return isAbove && isShards ? [seenCell(strategy, step, 'SATURATED')] : [];
  });
}

function seenCell(
  { strategy, shardCount, hash }: CapacityStrategy,
  { rateQps, shards, operations }: CapacityStep,
  status: 'VALID' | 'SATURATED',
): SeenCell {
  return {
    strategy,
    shardCount,
    hash,
    status: 'ok',
    verdict: { status },
    load: { offeredQps: rateQps },
    shards,
    operations,
  };
}
