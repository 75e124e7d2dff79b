import { type Fact, fact } from '../result/finding.ts';
import { numbered } from '../result/numbered.ts';

export interface ShardPressure {
  readonly shard: number;
  /** Share of the samples in which all its connections were busy. */
  readonly fullFraction: number;
  /** Shard queries dropped, or timed out while they waited for a connection. */
  readonly dropped: number;
  /** Mean queue length in each third of the window. */
  readonly queuedByThird: Thirds;
  /** Share of its queries that were dropped, in each third. */
  readonly droppedByThird: Thirds;
}

export type Thirds = readonly [number, number, number];

/** In-flight bound full for this share of the time: the shard takes no more. */
export const fullLimit = 0.9;
/** A pool without a queue is never full for long, but turns away what it cannot take. */
export const droppedLimit = 0.01;

/**
 * Shards that were offered more than they can take, over the whole window or, where it became so,
 * in its last third; none where none was.
 */
export function saturated(
  whole: readonly ShardPressure[],
  lastThird: readonly ShardPressure[],
): Fact[] {
  return whole.flatMap((shard, i) => {
    const late = lastThird[i];
    return reasonOf(shard, 'window') ?? (late && reasonOf(late, 'last third')) ?? [];
  });
}

type Span = 'window' | 'last third';

const reasonOf = (shard: ShardPressure, span: Span): Fact | null =>
  fullShard(shard, span) ?? droppingShard(shard, span);

function fullShard(pressure: ShardPressure, span: Span): Fact | null {
  const { shard, fullFraction, dropped, queuedByThird } = pressure;
  const grew = grewThroughout(queuedByThird);
  if (fullFraction < fullLimit || !(dropped > 0 || grew)) return null;
  const queued = numbered('queuedMean', queuedByThird);
  return fact('shard-full', {
    severity: 'error',
    numbers: { shard, fullFraction, limitFraction: fullLimit, droppedQueries: dropped, ...queued },
    names: { span },
    place: `/shards/${shard}`,
  });
}

function droppingShard({ shard, droppedByThird }: ShardPressure, span: Span): Fact | null {
  if (!droppedByThird.every((fraction) => fraction > droppedLimit)) return null;
  const dropped = numbered('droppedFraction', droppedByThird);
  return fact('shard-turning-away', {
    severity: 'error',
    numbers: { shard, limitFraction: droppedLimit, ...dropped },
    names: { span },
    place: `/shards/${shard}`,
  });
}

function grewThroughout([first, second, third]: Thirds): boolean {
  return first > 0 && second > first && third > second;
}
