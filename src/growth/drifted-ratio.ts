import { addedByShard, type Drift, type Future, loadAfter } from './drifted-loads.ts';

/** Values of a key and the shard that each lies on. */
export interface PlacedValues {
  readonly shards: number;
  readonly shardOf: Uint32Array;
}

interface Ahead {
  readonly months: number;
  readonly drift: Drift;
  /** Values that there are in all. */
  readonly count: number;
}

/** Grown loads are asked for with one salt after another. */
const known = new WeakMap<Future, Map<string, ReturnType<typeof grownBy>>>();

/** max/mean of the load of the shards after so many months of a future; null: today. */
export function ratioAfter(
  { shards, shardOf }: PlacedValues,
  loads: Float64Array,
  future: Future | null,
  ahead: Ahead,
): number {
  const grown = future === null ? null : grownIn(future, loads, shards, ahead);
  const byShard = grown === null ? new Float64Array(shards) : grown.added.slice();
  const own = grown === null ? loads : grown.loads;
  for (let value = 0; value < shardOf.length; value += 1) {
    const shard = shardOf[value] ?? 0;
    byShard[shard] = (byShard[shard] ?? 0) + (own[value] ?? 0);
  }
  return Math.max(...byShard) * shards;
}

function grownIn(future: Future, loads: Float64Array, shards: number, ahead: Ahead) {
  const all = known.get(future) ?? new Map<string, ReturnType<typeof grownBy>>();
  known.set(future, all);
  const name = `${ahead.months} ${shards}`;
  const before = all.get(name);
  if (before !== undefined) return before;
  const made = grownBy(future, loads, shards, ahead);
  all.set(name, made);
  return made;
}

function grownBy(
  future: Future,
  loads: Float64Array,
  shards: number,
  { months, drift, count }: Ahead,
) {
  const { loads: grown, added } = loadAfter(future, loads, months, drift);
  return { loads: grown, added: addedByShard(future, grown, { count, added, shards }) };
}
