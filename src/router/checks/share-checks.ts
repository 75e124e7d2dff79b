import {
  buildFor,
  type CheckedRouter,
  countsOf,
  manyKeysCount,
  type RouterCheck,
  shardsOf,
} from './checked-router.ts';
import { manyKeys } from './many-keys.ts';
import { demand, demandSame } from './violation.ts';

/** FNV-1a barely mixes the last bytes of a label, so a shard's points huddle together. */
const huddles = ({ definition, hash }: CheckedRouter): string | null =>
  definition.traits.hashesLabels && hash.startsWith('fnv1a')
    ? `${hash} spreads the labels of shards unevenly`
    : null;

/**
 * CV of the shares themselves that is allowed: none where a hash decides the shard; where points of
 * shards decide, that of a ring of 100 points a shard.
 */
const shareCvAllowed = ({ definition }: CheckedRouter): number =>
  definition.traits.hashesLabels ? 0.1 : 0;

/** A share that is further from what it should be than this has not come about by chance. */
const sigmas = 5;

const keysTried = ({ thorough }: CheckedRouter): number => (thorough ? manyKeysCount : 4000);

/** Reads nothing but the key, so that it can spread keys evenly, and cannot help if it does not. */
function evenExcuse(router: CheckedRouter): string | null {
  const { traits, reproduces } = router.definition;
  if (!traits.hashes && reproduces === undefined) return 'the router reads no hash';
  return router.exceptions.balance ?? huddles(router);
}

export const shareChecks: readonly RouterCheck[] = [
  { name: 'keys are spread as evenly as chance allows', excuse: evenExcuse, run: checkEven },
  {
    name: 'doubling the shards moves half of the keys',
    excuse: (router) =>
      router.definition.traits.monotone
        ? evenExcuse(router)
        : 'its traits say that it is not monotone',
    run: checkDoubling,
  },
  {
    name: 'shards get keys in proportion to their weights, and shards of weight 0 get none',
    excuse: (router) =>
      router.definition.traits.weighted
        ? huddles(router)
        : 'its traits say that it is not weighted',
    run: checkWeights,
  },
  {
    name: 'a router that ignores weights warns that it ignores them',
    excuse: ({ definition }) =>
      definition.traits.weighted ? 'its traits say that it is weighted' : null,
    run: checkIgnoredWeights,
  },
];

const even = 8;

function checkEven(router: CheckedRouter): void {
  const { definition, hash } = router;
  const keys = manyKeys(definition, keysTried(router));
  const counts = countsOf(buildFor(definition, even, keys, { hash }), keys);
  const mean = keys.count / even;
  const bound = sigmas * Math.sqrt(1 / mean + shareCvAllowed(router) ** 2);
  for (const [shard, count] of counts.entries()) {
    demand(
      Math.abs(count / mean - 1) <= bound,
      () =>
        `shard ${shard} of ${even} has ${count} of ${keys.count} keys such as tenants have, ` +
        `but ${mean} +- ${Math.ceil(bound * mean)} are expected`,
    );
  }
}

function checkDoubling(router: CheckedRouter): void {
  const { definition, hash } = router;
  const keys = manyKeys(definition, keysTried(router));
  const previous = buildFor(definition, even, keys, { hash });
  const grown = buildFor(definition, 2 * even, keys, { hash, previous });
  const from = shardsOf(previous, keys);
  const moved = shardsOf(grown, keys).filter((shard, key) => shard !== from[key]).length;
  const fraction = moved / keys.count;
  const bound = sigmas * Math.sqrt(0.25 / keys.count + shareCvAllowed(router) ** 2 / (4 * even));
  demand(
    Math.abs(fraction - 0.5) <= bound,
    () =>
      `${moved} of ${keys.count} keys move when ${even} shards become ${2 * even}, but half ` +
      `of them, +- ${Math.ceil(bound * keys.count)}, are expected`,
  );
}

function checkWeights(router: CheckedRouter): void {
  const { definition, exceptions, hash } = router;
  // A ring of 150 points a shard has a share CV of 7 %; 0.03 of all keys is far outside it.
  const tolerance = exceptions.balance === undefined ? 0.03 : 1;
  const keys = manyKeys(definition, 4000);
  const weights = [1, 0, 1, 2, 4];
  const counts = countsOf(buildFor(definition, weights.length, keys, { hash, weights }), keys);
  for (const [shard, count] of counts.entries()) {
    const due = (weights[shard] ?? 0) / 8;
    demand(
      due === 0 ? count === 0 : Math.abs(count / keys.count - due) < tolerance,
      () => `shard ${shard} has ${count} of 4000 keys with weights ${weights.join(', ')}`,
    );
  }
}

function checkIgnoredWeights({ definition, hash }: CheckedRouter): void {
  const keys = manyKeys(definition, 500);
  const weights = [1, 1, 2, 4];
  const built = buildFor(definition, 4, keys, { hash, weights });
  const plain = buildFor(definition, 4, keys, { hash });
  demandSame(
    keys,
    shardsOf(built, keys),
    shardsOf(plain, keys),
    `of weights ${weights.join(', ')}`,
  );
  const said = built.warnings?.join('\n') ?? '';
  demand(
    said.includes(`${definition.name} ignores shard weights`),
    () => `with weights ${weights.join(', ')} it warns of "${said}"`,
  );
  demand(
    !plain.warnings?.some((warning) => warning.includes('weights')),
    () => `with equal weights it warns of "${plain.warnings?.join()}"`,
  );
}
