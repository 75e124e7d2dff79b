import { percent } from './wording.ts';

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
 * Why the load offered is above what a shard can take, over the whole window or, where it became so, in
 * its last third; none where it is not.
 */
export function saturated(
  whole: readonly ShardPressure[],
  lastThird: readonly ShardPressure[],
): string[] {
  return whole.flatMap((shard, i) => {
    const late = lastThird[i];
    return reasonOf(shard, 'window') ?? (late && reasonOf(late, 'last third')) ?? [];
  });
}

type Span = 'window' | 'last third';

const reasonOf = (shard: ShardPressure, span: Span): string | null =>
  fullShard(shard, span) ?? droppingShard(shard, span);

function fullShard(
  { shard, fullFraction, dropped, queuedByThird }: ShardPressure,
  span: Span,
): string | null {
  const grew = grewThroughout(queuedByThird);
  if (fullFraction < fullLimit || !(dropped > 0 || grew)) return null;
  const thirds = queuedByThird.map((queued) => queued.toFixed(1)).join(', then ');
  const when = span === 'window' ? '' : 'In the last third of the window, ';
  const effect =
    dropped > 0
      ? `${dropped} of its queries were dropped or timed out in its queue`
      : `its queue grew all the time (mean length ${thirds})`;
  return (
    `${when}${when === '' ? 'Shard' : 'shard'} ${shard} had all connections busy ` +
    `${percent(fullFraction)} of the time (limit ${percent(fullLimit)}) and ${effect}: the load ` +
    'offered is above its capacity.'
  );
}

function droppingShard({ shard, droppedByThird }: ShardPressure, span: Span): string | null {
  if (!droppedByThird.every((fraction) => fraction > droppedLimit)) return null;
  const thirds = droppedByThird.map(percent).join(', ');
  const parts =
    span === 'window'
      ? 'the three thirds of the window'
      : 'three parts of the last third of the window';
  return (
    `Shard ${shard} had no connection and no place in its queue for ${thirds} of its queries in ` +
    `${parts} (limit ${percent(droppedLimit)} in each): the load offered is above its capacity.`
  );
}

function grewThroughout([first, second, third]: Thirds): boolean {
  return first > 0 && second > first && third > second;
}
