import { assert, present } from '../../base/assert.ts';
import type { RouterTopology } from '../contract.ts';
import type { PinnedKey } from './overlay-keys.ts';

/** A pinned key on its way to a shard that it has to itself. */
export interface ExclusiveKey {
  /** By name; null: any that no other key is pinned to. */
  readonly wanted: number | null;
  readonly load: number;
  /** Where it was before; -1 without a before. */
  readonly before: number;
}

/**
 * The shard of each pinned key where pinned keys have theirs to themselves. Keys without a shard by
 * name have one each, the heaviest first: the one that they had, a new one, or else the first that
 * is free. Counted from the front, because shards are added and removed at the end.
 */
export function exclusiveShards(
  keys: readonly ExclusiveKey[],
  { shardCount, weights }: RouterTopology,
  shardsBefore: number,
): Int32Array {
  const shards = Int32Array.from(keys, ({ wanted }) => wanted ?? -1);
  const taken = new Set(shards);
  const isFree = (shard: number): boolean =>
    shard >= 0 && shard < shardCount && (weights[shard] ?? 0) > 0 && !taken.has(shard);
  const settle = (key: number, shard: number): void => {
    shards[key] = shard;
    taken.add(shard);
  };
  const loadOf = (key: number): number => keys[key]?.load ?? 0;
  const homeless = [...keys.keys()]
    .filter((key) => shards[key] === -1)
    .toSorted((a, b) => loadOf(b) - loadOf(a) || a - b);
  for (const key of homeless) {
    const { before } = present(keys[key], 'pinned key');
    if (isFree(before)) settle(key, before);
  }
  const all = Array.from({ length: shardCount }, (_, shard) => shard);
  const inTurn = [...all.slice(shardsBefore), ...all.slice(0, shardsBefore)];
  for (const key of homeless) {
    if (shards[key] !== -1) continue;
    const shard = inTurn.find(isFree);
    assert(shard !== undefined, 'a shard for each exclusive key');
    settle(key, shard);
  }
  return shards;
}

/** How many shards pinned keys have to themselves, and what is wrong with that. */
export function exclusiveProblems(
  pinned: readonly PinnedKey[],
  usable: number,
): { readonly reserved: number; readonly problems: readonly string[] } {
  const listed = new Set(pinned.flatMap(({ shard }) => (shard === null ? [] : [shard])));
  const reserved = listed.size + pinned.filter(({ shard }) => shard === null).length;
  if (reserved === 0 || reserved < usable) return { reserved, problems: [] };
  const text =
    `pin.exclusive: pinned keys need ${reserved} shards to themselves, but of ${usable} shards ` +
    'one at least must be left for all other keys';
  return { reserved, problems: [text] };
}
