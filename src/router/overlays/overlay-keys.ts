import { encodeKey, keyProblem, type KeyType, type RoutedKeyType } from '../../base/keys.ts';
import { suggest } from '../../base/suggest.ts';
import type { Pin, Split } from '../../scenario/types.ts';
import type { KnownKeys, RouterTopology } from '../contract.ts';
import { exclusiveProblems } from './exclusive-pins.ts';
import { loadThreshold, pinThresholds, reaches, type Threshold } from './overlay-thresholds.ts';

/** What a strategy lays over its router. */
export interface Overlay {
  readonly pin?: Pin;
  readonly split?: Split;
}

export interface PinnedKey {
  readonly key: number;
  /** null: the least loaded one, or one of its own. */
  readonly shard: number | null;
}

/** Known keys that an overlay takes from the router, by their index. No key is in both lists. */
export interface OverlaidKeys {
  readonly pinned: readonly PinnedKey[];
  readonly split: readonly number[];
  /** Pieces of each split key. */
  readonly over: number;
}

/**
 * Which of the known keys an overlay takes: those it lists, and those that reach a threshold. A
 * list comes before a threshold, and of two thresholds splitting does.
 */
export function overlaidKeys({ pin, split }: Overlay, keys: KnownKeys): OverlaidKeys {
  const taken = new Set<number>();
  const listed = (ids: readonly string[]): number[] =>
    ids.flatMap((id) => {
      const key = indexOf(id, keys);
      if (key >= 0) taken.add(key);
      return key >= 0 ? [key] : [];
    });
  const heavy = (thresholds: readonly Threshold[]): number[] => {
    const found: number[] = [];
    // A band builds thousands of routers without any, each over all keys.
    if (thresholds.length === 0) return found;
    for (let key = 0; key < keys.count; key += 1) {
      if (thresholds.some(({ of, above }) => reaches(of[key] ?? 0, above)) && !taken.has(key)) {
        found.push(key);
      }
    }
    for (const key of found) taken.add(key);
    return found;
  };
  const pinned: PinnedKey[] = (pin?.tenants ?? []).flatMap(({ id, shard }) =>
    listed([id]).map((key) => ({ key, shard })),
  );
  const whole = listed(split?.tenants ?? []);
  const cut = [...whole, ...heavy(loadThreshold(split?.above ?? null, keys))];
  pinned.push(...heavy(pinThresholds(pin, keys)).map((key) => ({ key, shard: null })));
  return { pinned, split: cut, over: split?.over ?? 0 };
}

/** Everything about an overlay that these keys and shards do not allow, each in a sentence. */
export function overlayProblems(
  { pin, split }: Overlay,
  topology: RouterTopology,
  keys: KnownKeys,
  keyTexts?: readonly string[],
): string[] {
  const { shardCount, weights } = topology;
  const usable = weights.filter((weight) => weight > 0).length;
  const problems: string[] = [];
  for (const { id, shard } of pin?.tenants ?? []) {
    if (shard >= shardCount) {
      problems.push(
        `pin.tenants.${id}: there is no shard ${shard}; the last shard is ${shardCount - 1}`,
      );
    } else if (weights[shard] === 0) {
      problems.push(`pin.tenants.${id}: shard ${shard} has weight 0 and takes no keys`);
    }
  }
  const taken =
    pin?.exclusive === true ? overlaidKeys({ pin, ...(split && { split }) }, keys) : null;
  const { reserved, problems: refused } = exclusiveProblems(taken?.pinned ?? [], usable);
  problems.push(...refused);
  if (split !== undefined && refused.length === 0 && split.over > usable - reserved) {
    problems.push(
      `split.over: ${split.over} is more than the number of shards that take keys ` +
        `(${usable - reserved})`,
    );
  }
  const lists = [
    ['pin.tenants', (pin?.tenants ?? []).map(({ id }) => id)],
    ['split.tenants', split?.tenants ?? []],
  ] as const;
  for (const [where, ids] of lists) {
    for (const id of ids) {
      if (keyProblemOf(keys.type, id) === null && indexOf(id, keys) >= 0) continue;
      const near = suggest(id, keyTexts ?? []);
      problems.push(
        `${where}: no key "${id}" was loaded${near === undefined ? '' : `; did you mean ${near}?`}`,
      );
    }
  }
  return problems;
}

function keyProblemOf(type: RoutedKeyType, text: string): string | null {
  return isSimple(type)
    ? keyProblem(type, text)
    : 'is a value of one column, but the shard key has several';
}

function isSimple(type: RoutedKeyType): type is KeyType {
  return type !== 'composite';
}

/** Index of the key among the known ones; -1 for one that is not, or is no key of the type. */
function indexOf(text: string, { type, count, bytes, offsets }: KnownKeys): number {
  if (!isSimple(type) || keyProblem(type, text) !== null) return -1;
  const wanted = encodeKey(type, text);
  for (let key = 0; key < count; key += 1) {
    const start = offsets[key] ?? 0;
    if ((offsets[key + 1] ?? 0) - start !== wanted.length) continue;
    if (wanted.every((byte, i) => bytes[start + i] === byte)) return key;
  }
  return -1;
}
