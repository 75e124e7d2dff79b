import * as fc from 'fast-check';
import type { RoutedKeyType } from '../../base/keys.ts';
import { keyOrder } from '../key-order.ts';
import {
  buildFor,
  type CheckedRouter,
  firstKeys,
  keysOf,
  type RouterCheck,
  shardsOf,
} from './checked-router.ts';
import { someKeys } from './generated-keys.ts';
import { manyKeys } from './many-keys.ts';
import { runsOf, shardCounts, typeExcuse } from './routing-checks.ts';
import { demand, demandFor, demandSame, keyName } from './violation.ts';

/** What else the traits say. */
export const traitChecks: readonly RouterCheck[] = [
  {
    name: 'it has routeRange if, and only if, it is ordered',
    excuse: () => null,
    run: checkOrdered,
  },
  {
    name: 'another salt moves keys to other shards, and an empty salt moves none',
    excuse: ({ definition, hash }) => {
      if (!definition.traits.hashes) return 'the router reads no hash';
      return hash === 'identity' ? 'identity takes no salt' : null;
    },
    run: checkSalt,
  },
  {
    name: 'it does not look at the known keys',
    excuse: ({ definition }) =>
      definition.traits.placesKnownKeys ? 'its traits say that it places known keys' : null,
    run: checkKnownKeys,
  },
];

export function rangeCheck(type: RoutedKeyType): RouterCheck {
  return {
    name: `a range of ${type} keys visits the shards of its keys`,
    excuse: (router) =>
      router.definition.traits.ordered
        ? typeExcuse(type)(router)
        : 'its traits say that it is not ordered',
    run: (router) => checkRanges(router, type),
  };
}

function checkOrdered({ definition, hash }: CheckedRouter): void {
  const { ordered } = definition.traits;
  const built = buildFor(definition, 2, manyKeys(definition, 200), { hash });
  const routes = built.routeRange !== undefined;
  demand(
    routes === ordered,
    () => `its trait "ordered" is ${ordered}, but it has ${routes ? 'a' : 'no'} routeRange`,
  );
}

function checkSalt({ definition, hash }: CheckedRouter): void {
  const keys = manyKeys(definition, 200);
  const plain = shardsOf(buildFor(definition, 4, keys, { hash }), keys);
  const salted = shardsOf(buildFor(definition, 4, keys, { hash, salt: 'a' }), keys);
  demand(
    salted.some((shard, key) => shard !== plain[key]),
    () => `${keys.count} keys are where they were with the salt "a"`,
  );
  const again = shardsOf(buildFor(definition, 4, keys, { hash, salt: '' }), keys);
  demandSame(keys, again, plain, 'of 4 with an empty salt');
}

function checkKnownKeys({ definition, hash }: CheckedRouter): void {
  const keys = manyKeys(definition, 200);
  const some = shardsOf(buildFor(definition, 4, keys, { hash }), keys);
  const none = shardsOf(buildFor(definition, 4, firstKeys(keys, 0), { hash }), keys);
  demandSame(keys, none, some, 'of 4 when built without keys');
}

function checkRanges(router: CheckedRouter, type: RoutedKeyType): void {
  const { definition, hash } = router;
  const order = keyOrder(type);
  const compare = (a: Uint8Array, b: Uint8Array): number => order(a, 0, a.length, b, 0, b.length);
  const property = fc.property(
    someKeys(type, 2),
    fc.tuple(shardCounts, shardCounts),
    fc.nat(),
    fc.nat(),
    (keys, [n, more], i, j) => {
      const previous = buildFor(definition, n, keys, { hash });
      const built = buildFor(definition, n + more, keys, { hash, previous });
      const all = keysOf(keys);
      const [a, b] = [i % keys.count, j % keys.count];
      const [from = new Uint8Array(), to = new Uint8Array()] = [all[a], all[b]];
      const visited: number[] = [];
      built.routeRange?.(from, to, (shard) => visited.push(shard));
      const inside = all.filter((key) => compare(from, key) <= 0 && compare(key, to) <= 0);
      const due = new Set(inside.map((key) => built.route(key, 0, key.length)));
      const range = (): string =>
        `the range from ${keyName(keys, a)} to ${keyName(keys, b)} visits ` +
        `${visited.join(', ') || 'nothing'} of ${n + more} shards`;
      const ascending = visited.every((shard, k) => k === 0 || shard > (visited[k - 1] ?? 0));
      demand(ascending, () => `${range()}, which is not ascending`);
      // Every bound is a known key, so no shard can lie within the range without one.
      const exact = !definition.traits.placesKnownKeys || visited.length === due.size;
      demand(
        exact && [...due].every((shard) => visited.includes(shard)),
        () => `${range()}, but its keys are on ${[...due].toSorted((x, y) => x - y).join(', ')}`,
      );
    },
  );
  demandFor(property, 17, runsOf(router, 150));
}
