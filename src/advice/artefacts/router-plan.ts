import { assert } from '../../base/assert.ts';
import { decodeKey, type KeyType, keyTypes } from '../../base/keys.ts';
import type { KnownKeys, Router } from '../../router/contract.ts';
import type { HashRecipe, OtherRecipe, Recipe } from '../../router/recipe.ts';

/** A router with everything named that code in another language needs. */
export interface RouterPlan {
  readonly keyType: KeyType;
  readonly shardCount: number;
  /** Keys with a shard of their own, looked up first. */
  readonly pins: readonly PlacedText[];
  /** null: no key is split. */
  readonly split: SplitPlan | null;
  /** Shard i of the core is number numbering[i] of all; null: they are the same. */
  readonly numbering: readonly number[] | null;
  readonly core: Core;
  /** The vindex of Vitess that it is; null: none. */
  readonly vindex: 'hash' | 'xxhash' | null;
  /** The core is a table of the keys known today, because the router is not to be had as data. */
  readonly isTableOnly: boolean;
}

export interface PlacedText {
  readonly key: string;
  readonly shard: number;
}

export interface SplitPlan {
  /** The second column, which says which piece of the key a row is in. */
  readonly by: string;
  readonly byType: KeyType;
  readonly over: number;
  /** Shard of each piece of each split key. */
  readonly keys: readonly { readonly key: string; readonly shards: readonly number[] }[];
}

export type Core = HashRecipe | Extract<OtherRecipe, { kind: 'partition-hash' }> | TableCore;

export type TableCore =
  | Extract<OtherRecipe, { kind: 'hash32-ranges' }>
  /** Ascending; a run is from its own bound (null: from the start) to that of the next one. */
  | {
      readonly kind: 'bounds';
      readonly runs: readonly { readonly low: string | null; readonly shard: number }[];
    }
  | {
      readonly kind: 'list';
      readonly entries: readonly PlacedText[];
      /** Shard of all others; null: they have none. */
      readonly otherwise: number | null;
    };

/** The column by whose values split keys are told apart. */
export interface SplitColumn {
  readonly name: string;
  readonly type: KeyType;
  readonly over: number;
}

/** null where the key has several columns: those are not written in other languages. */
export function routerPlan(
  router: Router,
  known: KnownKeys,
  splitBy: SplitColumn | null,
): RouterPlan | null {
  const keyType = keyTypes.find((type) => type === known.type);
  if (keyType === undefined) return null;
  const whole = router.recipe?.() ?? null;
  const { shardCount } = router;
  const rest = { keyType, shardCount };
  if (whole === null) return { ...rest, ...tableOnly(router, known, keyType), vindex: null };
  const top = whole.kind === 'overlay' ? whole : null;
  const below = top?.below ?? whole;
  const some = below.kind === 'some' ? below : null;
  const inner = some?.below ?? below;
  if (inner.kind === 'keyspace-ranges') {
    // An overlay is in the table already.
    const vindex = whole === inner ? inner.vindex : null;
    return { ...rest, ...tableOnly(router, known, keyType), vindex };
  }
  const core = coreOf(inner, keyType);
  const { pins, keys } = entriesOf(top?.entries ?? [], keyType);
  assert(keys.length === 0 || splitBy !== null, 'a second column for split keys');
  const split =
    splitBy === null || keys.length === 0
      ? null
      : { by: splitBy.name, byType: splitBy.type, over: splitBy.over, keys };
  return {
    ...rest,
    pins,
    split,
    numbering: some?.shards ?? null,
    core,
    vindex: null,
    isTableOnly: false,
  };
}

/** Of a router that does not say what it does: the shard of each key that is known. */
function tableOnly(router: Router, known: KnownKeys, keyType: KeyType) {
  const { bytes, offsets, count } = known;
  const entries = Array.from({ length: count }, (_, key) => {
    const [start, end] = [offsets[key] ?? 0, offsets[key + 1] ?? 0];
    return {
      key: decodeKey(keyType, bytes, start, end),
      shard: router.route(bytes, start, end),
    };
  });
  const core: Core = { kind: 'list', entries, otherwise: null };
  return { pins: [], split: null, numbering: null, core, isTableOnly: true };
}

type Below = Exclude<Recipe, { kind: 'keyspace-ranges' }>;

function coreOf(recipe: Below, keyType: KeyType): Core {
  assert(recipe.kind !== 'overlay' && recipe.kind !== 'some', 'one overlay at most');
  if (recipe.kind === 'bounds') {
    const runs = recipe.runs.map(({ low, shard }) => ({
      low: low === null ? null : decodeKey(keyType, low, 0, low.length),
      shard,
    }));
    return { kind: 'bounds', runs };
  }
  if (recipe.kind !== 'list') return recipe;
  const { keys, shards, otherwise } = recipe;
  const entries = Array.from({ length: keys.count }, (_, i) => {
    const key = decodeKey(keyType, keys.bytes, keys.offsets[i] ?? 0, keys.offsets[i + 1] ?? 0);
    return { key, shard: shards[i] ?? 0 };
  });
  return { kind: 'list', entries, otherwise };
}

type Entries = Extract<Recipe, { kind: 'overlay' }>['entries'];

/** Pinned keys, and of each split one the shards of its pieces in their order. */
function entriesOf(entries: Entries, keyType: KeyType) {
  const pins: PlacedText[] = [];
  const pieces = new Map<string, number[]>();
  for (const { bytes, keyBytes, shard } of entries) {
    const key = decodeKey(keyType, bytes, 0, keyBytes);
    if (keyBytes === bytes.length) pins.push({ key, shard });
    else pieces.set(key, [...(pieces.get(key) ?? []), shard]);
  }
  return { pins, keys: Array.from(pieces, ([key, shards]) => ({ key, shards })) };
}
