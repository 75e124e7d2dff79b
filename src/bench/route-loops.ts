import type { PackedKeys } from '../base/keys.ts';
import type { Router } from '../router/contract.ts';
import { bulkRoute, int8Route, textRoute } from '../router/kernels/route-functions.ts';
import type { HotPathKeys } from './hot-path-keys.ts';

/**
 * Looks `count` keys up, from key `from` on and around, and returns the sum of their shards, which
 * the caller uses, so that no work can be left out.
 */
export type RouteLoop = (from: number, count: number) => number;

export const routeForms = ['string', 'bytes', 'int64', 'bulk'] as const;
export type RouteForm = (typeof routeForms)[number];

/**
 * The loops over one router, `text` built for text keys, `int8` for integers; a form that the
 * router does not take has none. Each is a function of its own, so that the engine learns of one
 * kind of route in each.
 */
export function routeLoops(
  { text, int8 }: { readonly text: Router | null; readonly int8: Router | null },
  keys: HotPathKeys,
): Partial<Readonly<Record<RouteForm, RouteLoop>>> {
  return {
    ...(text !== null && {
      string: stringLoop(textRoute(text), keys.texts),
      bytes: bytesLoop(text, keys.textBytes),
    }),
    ...(int8 !== null && {
      int64: integerLoop(int8Route(int8), keys.integers),
      bulk: bulkLoop(int8, keys.integers),
    }),
  };
}

function stringLoop(route: (key: string) => number, texts: readonly string[]): RouteLoop {
  const mask = texts.length - 1;
  return (from, count) => {
    let sum = 0;
    const end = from + count;
    for (let i = from; i < end; i += 1) sum += route(texts[i & mask] ?? '');
    return sum;
  };
}

function bytesLoop(router: Router, { bytes, offsets, count: keys }: PackedKeys): RouteLoop {
  const mask = keys - 1;
  return (from, count) => {
    let sum = 0;
    const end = from + count;
    for (let i = from; i < end; i += 1) {
      const key = i & mask;
      sum += router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
    }
    return sum;
  };
}

function integerLoop(route: (key: number) => number, integers: readonly number[]): RouteLoop {
  const mask = integers.length - 1;
  return (from, count) => {
    let sum = 0;
    const end = from + count;
    for (let i = from; i < end; i += 1) sum += route(integers[i & mask] ?? 0);
    return sum;
  };
}

/** Keys of one call. */
export const bulkBlock = 4096;

/**
 * A block of keys in each call, one block after the other; fewer of it where fewer are asked for.
 */
function bulkLoop(router: Router, integers: readonly number[]): RouteLoop {
  const blocks = Array.from({ length: Math.ceil(integers.length / bulkBlock) }, (_, index) => {
    const own = integers.slice(index * bulkBlock, (index + 1) * bulkBlock);
    const bulk = bulkRoute(router, own.length);
    bulk.keys.set(own.map(BigInt));
    return { bulk, length: own.length };
  });
  let next = 0;
  return (_, count) => {
    let sum = 0;
    for (let left = count; left > 0; ) {
      const block = blocks[next % blocks.length];
      if (block === undefined) break;
      const keys = Math.min(left, block.length);
      block.bulk.run(keys);
      sum += block.bulk.shards[keys - 1] ?? 0;
      left -= keys;
      next += 1;
    }
    return sum;
  };
}
