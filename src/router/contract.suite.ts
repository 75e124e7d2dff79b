import { describe, it } from 'vitest';
import type { KeyHashName } from '../base/hash/key-hash.ts';
import { defaultKeyHash, keyHashes } from '../base/hash/key-hashes.ts';
import type { CheckedRouter, CheckExceptions } from './checks/checked-router.ts';
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
  describe(`contract of ${definition.name}`, () => {
    contractWith({ definition, hash: defaultKeyHash, exceptions, thorough: true });
    for (const { name: hash } of definition.traits.hashes ? Object.values(keyHashes) : []) {
      if (hash === defaultKeyHash || !takes(definition, hash)) continue;
      describe(`with ${hash}`, () => {
        contractWith({ definition: forHash(definition, hash), hash, exceptions, thorough: false });
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
  for (const check of routerChecks) {
    it(check.name, ({ skip }) => {
      const excuse = check.excuse(router);
      skip(excuse !== null, excuse ?? '');
      check.run(router);
    });
  }
}
