import type { PressureSamples } from './cell-samples.ts';
import type { ShardPressure, Thirds } from './saturation.ts';

/** Thirds of thirds: a window is judged as a whole, and its last third once more by itself. */
export const ninths = 9;

/** Of several generators, queues are those of all together. */
interface PressedShard {
  readonly shard: number;
  readonly pressure: PressureSamples;
  readonly generators: number;
}

export function pressureOfWindow(pressed: PressedShard): ShardPressure {
  return pressureBetween(pressed, 0, 3);
}

export function pressureOfLastThird(pressed: PressedShard): ShardPressure {
  return pressureBetween(pressed, 6, 1);
}

/** Three parts of so many ninths each, from this one on. */
function pressureBetween(
  { shard, pressure, generators }: PressedShard,
  from: number,
  length: number,
): ShardPressure {
  const { looks, full, queued, queries, refused, expired } = pressure;
  const sum = (counts: Float64Array, part: number): number => {
    const start = from + part * length;
    return counts.slice(start, start + length).reduce((total, count) => total + count, 0);
  };
  const all = (counts: Float64Array): number => sum(counts, 0) + sum(counts, 1) + sum(counts, 2);
  const each = (counts: Float64Array, of: Float64Array, times = 1): Thirds => {
    const ratio = (part: number): number =>
      (sum(counts, part) * times) / Math.max(1, sum(of, part));
    return [ratio(0), ratio(1), ratio(2)];
  };
  return {
    shard,
    fullFraction: all(full) / Math.max(1, all(looks)),
    dropped: all(refused) + all(expired),
    // Each look found the queue of one generator, and the shard has as many queues.
    queuedByThird: each(queued, looks, generators),
    droppedByThird: each(refused, queries),
  };
}
