import { keyHashNames } from '../base/hash/key-hash.ts';
import { routers } from '../router/registry.ts';
import type { ScenarioVocabulary } from '../scenario/vocabulary.ts';

/** What scenarios may name: the registered routers and the key hashes. */
export function scenarioVocabulary(): ScenarioVocabulary {
  return {
    routers: routers.map(({ name, parameter, traits, keyTypes }) => ({
      name,
      parameter,
      hashes: traits.hashes,
      keyTypes,
    })),
    hashes: keyHashNames,
  };
}
