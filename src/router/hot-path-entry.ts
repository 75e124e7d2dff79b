import { encodeKey, type KeyType, keyTypes, packKeys } from '../base/keys.ts';
import { buildRouter, definitionOf, type RouterSpec } from './build-router.ts';
import type { RouterDefinition } from './contract.ts';
import { builtByUser } from './own/guarded-router.ts';
import { int8Route, textRoute } from './kernels/route-functions.ts';
import { parseRouterName } from './router-name.ts';

/**
 * What the gate's timing asks of a tree, of this one and of older ones: the path of this file and
 * the types below stay as they are, or a later gate cannot time this tree.
 */
export interface HotPathRequest {
  /** `name` or `name:number`; for a file of the user's, how messages call it. */
  readonly router: string;
  /** The router that the user's file exports. */
  readonly definition?: RouterDefinition;
  /** null: the default of routers that read a hash. */
  readonly hash: string | null;
  readonly shards: number;
  /** The number behind this key, in decimal digits or as part of a text. */
  readonly numbers: readonly number[];
}

/** One route after the other, over keys of one kind; `lookups` walks them from the first on. */
export interface HotPath {
  readonly keyType: KeyType;
  /** The key hash that is used; null where none is. */
  readonly hash: string | null;
  /**
   * Routes `count` keys and gives the sum of their shards, so that no compiler can leave one out.
   */
  lookups(count: number): number;
  /** The shard of key `index`. */
  shardOf(index: number): number;
  /**
   * Makes the texts anew, behind so many words of padding: whether they straddle lines of the cache
   * depends on all that was allocated before, and would otherwise be one tree's luck.
   */
  renew?(padding: number): void;
}

/**
 * Builds the router and its fastest way from a key of its first type (text, where it takes any) to
 * a shard.
 *
 * @throws UserError where there is no such router
 */
export function openHotPath(request: HotPathRequest): HotPath {
  const { definition, shards, numbers } = request;
  const named = definition === undefined ? parseRouterName(request.router) : null;
  const spec: RouterSpec = {
    router: named?.name ?? request.router,
    parameter: named?.parameter ?? null,
    hash: request.hash,
    salt: '',
    ...(definition && { definition }),
  };
  const meant = definitionOf(spec);
  const keyType = keyTypes.find((type) => meant.keyTypes.includes(type)) ?? 'text';
  const again = (): string[] => numbers.map((number) => textOf(keyType, number));
  const texts = again();
  const topology = { shardCount: shards, weights: Array.from({ length: shards }, () => 1) };
  const evenly = new Float64Array(texts.length).fill(1);
  const keys = { ...packKeys(keyType, texts), rows: evenly, weights: evenly };
  const settings = meant.settings?.example(shards, keyType);
  const router = buildRouter(
    settings === undefined ? spec : { ...spec, settings },
    topology,
    keyType,
    keys,
  );
  const rest = { keyType, hash: router.byHash?.hash.name ?? request.hash };
  const built = builtByUser(router);
  if (typeof built === 'function') {
    return { ...rest, ...walk(texts, built as (key: string) => number, again) };
  }
  // Checking the answers, which `shardlab router check` does, would hide part of a slowdown.
  const bare = built === null ? router : (built as typeof router);
  if (keyType === 'text') {
    return { ...rest, ...walk(texts, textRoute(bare), again) };
  }
  if (keyType === 'int8') return { ...rest, ...walk([...numbers], int8Route(bare)) };
  const encoded = texts.map((text) => encodeKey(keyType, text));
  return { ...rest, ...walk(encoded, (key) => bare.route(key, 0, key.length)) };
}

/** Of 15 characters where it is a text, as an application's keys are. */
function textOf(keyType: KeyType, number: number): string {
  if (keyType === 'int8') return String(number);
  // Joined, and so in one piece.
  if (keyType === 'text') return ['tenant-', String(number).padStart(8, '0')].join('');
  const hex = number.toString(16).padStart(8, '0');
  return `${hex}-0000-4000-8000-0000${hex}`;
}

function walk<K>(
  given: readonly K[],
  route: (key: K) => number,
  again?: () => readonly K[],
): Pick<HotPath, 'lookups' | 'shardOf' | 'renew'> {
  // The padding is kept, or the next collection of garbage would close the gap before the keys.
  let held: { readonly padding: readonly number[]; readonly keys: readonly K[] } = {
    padding: [],
    keys: given,
  };
  return {
    ...(again && {
      renew(words: number) {
        const padding = Array.from({ length: words }, () => 0);
        held = { padding, keys: again() };
      },
    }),
    lookups(count) {
      const { keys } = held;
      let sum = 0;
      for (let done = 0; done < count; done += keys.length) {
        const until = Math.min(keys.length, count - done);
        for (let i = 0; i < until; i += 1) sum += route(keys[i] as K);
      }
      return sum;
    },
    shardOf: (index) => route(held.keys[index] as K),
  };
}
