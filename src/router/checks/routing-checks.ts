import * as fc from 'fast-check';
import type { RoutedKeyType } from '../../base/keys.ts';
import type { KnownKeys, Router } from '../contract.ts';
import { buildFor, type CheckedRouter, type RouterCheck, shardsOf } from './checked-router.ts';
import { someKeys } from './generated-keys.ts';
import { demand, demandFor, demandSame, keyName } from './violation.ts';

export const shardCounts = fc.integer({ min: 1, max: 12 });

/** Random cases tried: fewer where other hashes than the default one are. */
export const runsOf = ({ thorough }: CheckedRouter, runs: number): number =>
  thorough ? runs : Math.ceil(runs / 8);

export const typeExcuse =
  (type: RoutedKeyType) =>
  ({ definition }: CheckedRouter): string | null =>
    definition.keyTypes.includes(type) ? null : `the router takes no ${type} keys`;

const copyOf = (keys: KnownKeys): KnownKeys => ({
  ...keys,
  bytes: keys.bytes.slice(),
  offsets: keys.offsets.slice(),
  rows: Array.from(keys.rows),
  weights: Array.from(keys.weights),
});

/** Every key is on a shard that there is; gives the shard of each. */
export function shardsInRange(router: Router, keys: KnownKeys): number[] {
  const shards = shardsOf(router, keys);
  const { shardCount } = router;
  const wrong = shards.findIndex(
    (shard) => !(Number.isInteger(shard) && shard >= 0 && shard < shardCount),
  );
  demand(
    wrong < 0,
    () => `${keyName(keys, wrong)} goes to shard ${shards[wrong]} of ${shardCount}`,
  );
  return shards;
}

/** What holds for keys of one type, wherever they go. */
export function routingChecks(type: RoutedKeyType): RouterCheck[] {
  const excuse = typeExcuse(type);
  return [
    {
      name: `${type} keys go to one shard each, the same for every build and every call`,
      excuse,
      run: (router) => checkDeterminism(router, type),
    },
    {
      name: `${type} keys go to the same shard at every place in a buffer`,
      excuse,
      run: (router) => checkPosition(router, type),
    },
    {
      name: `${type} keys stay on their shards when the objects that build was given change later`,
      excuse,
      run: (router) => checkImmutability(router, type),
    },
    {
      name: `${type} keys are all on shard 0 when there is only one shard`,
      excuse,
      run: (router) => checkSingle(router, type),
    },
  ];
}

function checkDeterminism(router: CheckedRouter, type: RoutedKeyType): void {
  const { definition, hash } = router;
  const property = fc.property(someKeys(type), someKeys(type), shardCounts, (known, others, n) => {
    const built = buildFor(definition, n, known, { hash });
    const twin = buildFor(definition, n, copyOf(known), { hash });
    demand(built.shardCount === n, () => `built for ${n} shards it has ${built.shardCount}`);
    for (const keys of [known, others]) {
      const shards = shardsInRange(built, keys);
      demandSame(keys, shardsOf(built, keys), shards, `of ${n} when asked again`);
      demandSame(keys, shardsOf(twin, keys), shards, `of ${n} in a second build`);
    }
  });
  demandFor(property, 11, runsOf(router, 60));
}

function checkPosition(router: CheckedRouter, type: RoutedKeyType): void {
  const { definition, hash } = router;
  const property = fc.property(someKeys(type), shardCounts, fc.nat(50), (keys, n, offset) => {
    const built = buildFor(definition, n, keys, { hash });
    const shards = shardsOf(built, keys);
    const moved = shards.map((_, key) => {
      const bytes = keys.bytes.subarray(keys.offsets[key], keys.offsets[key + 1]);
      const buffer = new Uint8Array(offset + bytes.length + 9).fill(0xa5);
      buffer.set(bytes, offset);
      return built.route(buffer, offset, offset + bytes.length);
    });
    demandSame(keys, moved, shards, `of ${n} at byte ${offset} of a buffer`);
  });
  demandFor(property, 12, runsOf(router, 40));
}

function checkImmutability(router: CheckedRouter, type: RoutedKeyType): void {
  const { definition, hash } = router;
  const property = fc.property(someKeys(type), shardCounts, (keys, n) => {
    const given = copyOf(keys);
    const weights = Array.from({ length: n }, () => 1);
    const built = buildFor(definition, n, given, { hash, weights });
    const shards = shardsOf(built, keys);
    given.bytes.fill(0);
    given.offsets.fill(0);
    Object.assign(given.rows, { 0: 1e9 });
    Object.assign(given.weights, { 0: 1e9 });
    weights.fill(0);
    buildFor(definition, n + 1, keys, { hash, previous: built });
    demandSame(keys, shardsOf(built, keys), shards, `of ${n} after what it was built from changed`);
  });
  demandFor(property, 13, runsOf(router, 40));
}

function checkSingle(router: CheckedRouter, type: RoutedKeyType): void {
  const { definition, hash } = router;
  const property = fc.property(someKeys(type), (keys) => {
    const shards = shardsOf(buildFor(definition, 1, keys, { hash }), keys);
    demandSame(
      keys,
      shards,
      shards.map(() => 0),
      'of 1',
    );
  });
  demandFor(property, 14, runsOf(router, 30));
}
