import { describe, expect, it } from 'vitest';
import type { KeyHashName } from '../base/hash/key-hash.ts';
import { defaultKeyHash, keyHashes } from '../base/hash/key-hashes.ts';
import {
  type CheckedRouter,
  type CheckExceptions,
  manyKeysCount,
} from './checks/checked-router.ts';
import { routerChecks } from './checks/router-checks.ts';
import type { RouterDefinition } from './contract.ts';

/**
 * What every router promises, whatever its algorithm, as tests; what does not apply is skipped, and
 * its reason said. With the default hash at full size, with the others at a small one.
 */
export function routerContract(
  definition: RouterDefinition,
  exceptions: CheckExceptions = {},
): void {
  const growthKeys = exceptions.slowRoute === undefined ? manyKeysCount : manyKeysCount / 10;
  const plain = { definition, exceptions, growthKeys };
  describe(`contract of ${definition.name}`, () => {
    contractWith({ ...plain, hash: defaultKeyHash, thorough: true });
    for (const { name: hash } of definition.traits.hashes ? Object.values(keyHashes) : []) {
      if (hash === defaultKeyHash || !takes(definition, hash)) continue;
      describe(`with ${hash}`, () => {
        contractWith({ ...plain, definition: forHash(definition, hash), hash, thorough: false });
      });
    }
  });
}

const takes = ({ keyTypes, traits }: RouterDefinition, hash: KeyHashName): boolean =>
  hash !== 'identity' || (keyTypes.includes('int8') && !traits.hashesLabels);

/** identity reads integers only. */
const forHash = (definition: RouterDefinition, hash: KeyHashName): RouterDefinition =>
  hash === 'identity' ? { ...definition, keyTypes: ['int8'] } : definition;

function contractWith(router: CheckedRouter): void {
  const byName = routerChecks.map((check) => [check.name, check] as const);
  it.for(byName)('%s', ([, { excuse, run }], { skip }) => {
    const reason = excuse(router);
    skip(reason !== null, reason ?? '');
    expect(() => run(router)).not.toThrow();
  });
}
