import * as fc from 'fast-check';
import { keyHashes } from '../../base/hash/key-hashes.ts';
import type { RoutedKeyType } from '../../base/keys.ts';
import type { KnownKeys, Router } from '../contract.ts';
import {
  buildFor,
  type CheckedRouter,
  firstKeys,
  manyKeysCount,
  type RouterCheck,
  shardsOf,
} from './checked-router.ts';
import { someKeys } from './generated-keys.ts';
import { manyKeys } from './many-keys.ts';
import { rememberedHash } from './remembered-hash.ts';
import { runsOf, shardCounts, typeExcuse } from './routing-checks.ts';
import { demand, demandFor, demandSame, keyName } from './violation.ts';

const steps = fc.tuple(shardCounts, fc.integer({ min: 1, max: 5 }));

const notMonotone = ({ definition }: CheckedRouter): string | null =>
  definition.traits.monotone ? null : 'its traits say that it is not monotone';

/** Growth in several shards at once, for keys of one type. */
export function growthCheck(type: RoutedKeyType): RouterCheck {
  return {
    name: `${type} keys move only to new shards when shards are added`,
    excuse: (router) => notMonotone(router) ?? typeExcuse(type)(router),
    run: (router) => checkGrowth(router, type),
  };
}

export const sizeChecks: readonly RouterCheck[] = [
  {
    name: 'growing by one shard at a time from 1 to 130 moves keys only to the new shard',
    excuse: notMonotone,
    run: checkChain,
  },
  {
    name: 'removing the last shards moves only the keys of these shards',
    excuse: notMonotone,
    run: checkShrinking,
  },
  {
    name: 'adding shards and removing them again moves no key',
    excuse: ({ exceptions }) => exceptions.addThenRemove ?? null,
    run: checkAddThenRemove,
  },
  {
    name:
      'a shard in the middle that gets weight 0 loses all its keys, and the other shards ' +
      'keep theirs',
    excuse: ({ definition }) =>
      definition.traits.removesAny
        ? null
        : 'its traits say that only the last shard can be removed',
    run: checkRemoval,
  },
];

/** `to` differs from `from` only where a key went to a shard from `n` on. */
function demandMonotone(
  keys: KnownKeys,
  from: readonly number[],
  to: readonly number[],
  n: number,
  grown: number,
): void {
  let wrong = 0;
  let first = -1;
  for (let key = 0; key < to.length; key += 1) {
    const shard = to[key] ?? -1;
    if (shard >= n || shard === from[key]) continue;
    if (wrong === 0) first = key;
    wrong += 1;
  }
  demand(wrong === 0, () => {
    const others = wrong === 1 ? '' : ` (and so do ${wrong - 1} more keys)`;
    return (
      `${keyName(keys, first)} moves from shard ${from[first]} to ${to[first]}, which is ` +
      `not new, when ${n} shards become ${grown}${others}`
    );
  });
}

function checkGrowth(router: CheckedRouter, type: RoutedKeyType): void {
  const { definition, hash } = router;
  const property = fc.property(
    someKeys(type),
    someKeys(type),
    steps,
    (known, others, [n, more]) => {
      const previous = buildFor(definition, n, known, { hash });
      const grown = buildFor(definition, n + more, known, { hash, previous });
      for (const keys of [known, others]) {
        demandMonotone(keys, shardsOf(previous, keys), shardsOf(grown, keys), n, n + more);
      }
    },
  );
  demandFor(property, 15, runsOf(router, 60));
}

/** By one shard each time; where that takes long, with more keys by the next power of two. */
function checkChain(router: CheckedRouter): void {
  const { definition, growthKeys, thorough } = router;
  const last = thorough ? 130 : 24;
  const each = Array.from({ length: last }, (_, index) => index + 1);
  demandMonotoneChain(router, each, manyKeys(definition, thorough ? growthKeys : 500));
  if (!thorough || growthKeys === manyKeysCount) return;
  const doubling = each.filter((n) => Number.isInteger(Math.log2(n)));
  const more = Math.min(manyKeysCount, 10 * growthKeys);
  demandMonotoneChain(router, [...doubling, last], manyKeys(definition, more));
}

function demandMonotoneChain(
  { definition, hash: name }: CheckedRouter,
  sizes: readonly number[],
  keys: KnownKeys,
): void {
  // Enough to give every shard some of its own; sorting all of them 130 times would tell no more.
  const known = firstKeys(keys, Math.min(keys.count, 2000));
  const hash = rememberedHash(keyHashes[name], keys);
  let previous: Router | undefined;
  let from: readonly number[] = [];
  for (const n of sizes) {
    const grown = buildFor(definition, n, known, { hash, ...(previous && { previous }) });
    const to = shardsOf(grown, keys);
    if (previous) demandMonotone(keys, from, to, previous.shardCount, n);
    previous = grown;
    from = to;
  }
}

function checkShrinking(router: CheckedRouter): void {
  const { definition, hash } = router;
  const keys = manyKeys(definition, 500);
  const property = fc.property(steps, ([n, fewer]) => {
    const previous = buildFor(definition, n + fewer, keys, { hash });
    const shrunk = buildFor(definition, n, keys, { hash, previous });
    const from = shardsOf(previous, keys);
    const wrong = shardsOf(shrunk, keys).findIndex(
      (shard, key) => (from[key] ?? 0) < n && shard !== from[key],
    );
    demand(
      wrong < 0,
      () => `${keyName(keys, wrong)} leaves shard ${from[wrong]} when ${n + fewer} become ${n}`,
    );
  });
  demandFor(property, 18, runsOf(router, 30));
}

function checkAddThenRemove(router: CheckedRouter): void {
  const { definition, hash } = router;
  const keys = manyKeys(definition, 200);
  const property = fc.property(steps, ([n, more]) => {
    const first = buildFor(definition, n, keys, { hash });
    const grown = buildFor(definition, n + more, keys, { hash, previous: first });
    const again = buildFor(definition, n, keys, { hash, previous: grown });
    const when = `of ${n} after ${more} more were added and removed`;
    demandSame(keys, shardsOf(again, keys), shardsOf(first, keys), when);
  });
  demandFor(property, 16, runsOf(router, 60));
}

function checkRemoval(router: CheckedRouter): void {
  const { definition, hash } = router;
  const keys = manyKeys(definition, 500);
  const property = fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), (n, any) => {
    const removed = any % n;
    const weights = Array.from({ length: n }, (_, shard) => (shard === removed ? 0 : 1));
    const previous = buildFor(definition, n, keys, { hash });
    const without = buildFor(definition, n, keys, { hash, previous, weights });
    const from = shardsOf(previous, keys);
    for (const [key, shard] of shardsOf(without, keys).entries()) {
      demand(
        shard !== removed,
        () => `${keyName(keys, key)} is on shard ${removed} of ${n}, whose weight is 0`,
      );
      const mayMove = from[key] === removed || !definition.traits.monotone;
      demand(
        mayMove || shard === from[key],
        () =>
          `${keyName(keys, key)} leaves shard ${from[key]} when shard ${removed} of ${n} ` +
          'is removed',
      );
    }
  });
  demandFor(property, 19, runsOf(router, 30));
}
