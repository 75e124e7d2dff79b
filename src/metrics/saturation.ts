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

/** Why the load offered is above what a shard can take; none where it is not. */
export function saturated(shards: readonly ShardPressure[]): string[] {
  return shards.flatMap((shard) => fullShard(shard) ?? droppingShard(shard) ?? []);
}

function fullShard({ shard, fullFraction, dropped, queuedByThird }: ShardPressure): string | null {
  const grew = grewThroughout(queuedByThird);
  if (fullFraction < fullLimit || !(dropped > 0 || grew)) return null;
  const thirds = queuedByThird.map((queued) => queued.toFixed(1)).join(', ');
  const effect =
    dropped > 0
      ? `${dropped} of its queries were dropped or timed out in its queue`
      : `its queue grew in every third of the window (mean length ${thirds})`;
  return (
    `Shard ${shard} had all connections busy ${percent(fullFraction)} of the time (limit ` +
    `${percent(fullLimit)}) and ${effect}: the load offered is above its capacity.`
  );
}

function droppingShard({ shard, droppedByThird }: ShardPressure): string | null {
  if (!droppedByThird.every((fraction) => fraction > droppedLimit)) return null;
  const thirds = droppedByThird.map(percent).join(', ');
  return (
    `Shard ${shard} had no connection and no place in its queue for ${thirds} of its queries in ` +
    `the three thirds of the window (limit ${percent(droppedLimit)} in each): the load offered is ` +
    'above its capacity.'
  );
}

function grewThroughout([first, second, third]: Thirds): boolean {
  return first > 0 && second > first && third > second;
}
