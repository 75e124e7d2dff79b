// PARTITION BY LIST with a DEFAULT: https://www.postgresql.org/docs/current/ddl-partitioning.html
import { assert } from '../../base/assert.ts';
import { decodeKey, keyTypes, packKeys, type RoutedKeyType } from '../../base/keys.ts';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { baseTraits } from '../base-traits.ts';
import type { KnownKeys, RouterDefinition } from '../contract.ts';
import { KeyIndex } from './key-index.ts';
import { type ListSettings, listSettings } from './list-settings.ts';
import { idleShards } from './settings-input.ts';
import { ignoredWeights } from '../weights.ts';

const hint = 'add the value to lists, or name a shard for all other values: default: 0';

function textOf(type: RoutedKeyType, bytes: Uint8Array, start: number, end: number): string {
  const plain = keyTypes.find((each) => each === type);
  assert(plain !== undefined, 'list takes keys of one column only');
  return decodeKey(plain, bytes, start, end);
}

/** Known keys that are in no list have no place: the user hears it before anything is loaded. */
function requireCovered(index: KeyIndex, keys: KnownKeys): void {
  const { bytes, offsets, count } = keys;
  const missing: string[] = [];
  for (let key = 0; key < count; key += 1) {
    const [start, end] = [offsets[key] ?? 0, offsets[key + 1] ?? 0];
    if (index.find(bytes, start, end) < 0) missing.push(textOf(keys.type, bytes, start, end));
  }
  if (missing.length === 0) return;
  const shown = missing.slice(0, 5).map((text) => JSON.stringify(text));
  const more = missing.length > shown.length ? `, ... (${missing.length} in all)` : '';
  throw new UserError(`list has no shard for the values ${shown.join(', ')}${more}`, {
    exitCode: exitCodes.usage,
    hint,
  });
}

/**
 * The same lists on more shards move nothing: what moves is what other lists say. Without a default
 * a value that is in no list is an error, as an INSERT without a partition is in Postgres: when the
 * router is built, if it is known by then.
 */
export const list: RouterDefinition = {
  name: 'list',
  summary:
    'each value to the shard that lists it, all others to a default shard: for regions, residency',
  traits: {
    ...baseTraits,
    monotone: true,
    lookup: 'O(1)',
    memory: 'O(values)',
    placesKnownKeys: true,
  },
  parameter: null,
  keyTypes: ['text', 'int8', 'uuid'],
  settings: listSettings,
  build(topology, { settings, keyType, keys }) {
    const { shardCount } = topology;
    const plain = keyTypes.find((type) => type === keyType);
    assert(plain !== undefined, 'list takes keys of one column only');
    // Made by listSettings.read above; build-router.ts hands it through.
    const read = settings as ListSettings;
    const values = packKeys(plain, read.values);
    const index = new KeyIndex(values);
    const shards = Uint32Array.from(read.shards);
    const fallback = read.default;
    if (fallback === null) requireCovered(index, keys);
    const used = new Set(fallback === null ? read.shards : [...read.shards, fallback]);
    return {
      shardCount,
      route(bytes, start, end) {
        const value = index.find(bytes, start, end);
        if (value >= 0) return shards[value] ?? 0;
        if (fallback !== null) return fallback;
        const text = JSON.stringify(textOf(keyType, bytes, start, end));
        throw new UserError(`list has no shard for the value ${text}`, {
          exitCode: exitCodes.usage,
          hint,
        });
      },
      recipe: () => ({ kind: 'list', keys: values, shards, otherwise: fallback }),
      warnings: [...ignoredWeights('list', topology), ...idleShards('list', shardCount, used)],
    };
  },
};
