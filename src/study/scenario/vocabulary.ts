import { keyHashNames } from '../../base/hash/key-hash.ts';
import type { RouterDefinition, SettingsReader } from '../../router/contract.ts';
import { routers, routerUsage } from '../../router/registry.ts';
import type { RouterName, ScenarioVocabulary, SqlReader } from '../../scenario/vocabulary.ts';
import { noOwnRouters, type OwnRouters } from './own-routers.ts';

type SettingsProblems = NonNullable<RouterName['settingsProblems']>;

function problemsBy(settings: SettingsReader): SettingsProblems {
  return (input, weights, keyType) => {
    const read = settings.read(input, { shardCount: weights.length, weights }, keyType);
    return 'problems' in read ? read.problems : [];
  };
}

/** What scenarios may name: the registered routers, those of the user's own, and the key hashes. */
export function scenarioVocabulary(
  sql: SqlReader,
  own: OwnRouters = noOwnRouters,
): ScenarioVocabulary {
  return { ...scenarioNames(own), sql };
}

/** All that needs no grammar. */
export function scenarioNames(own: OwnRouters = noOwnRouters): Omit<ScenarioVocabulary, 'sql'> {
  return {
    routers: [...routers, ...own.usable.values()].map(routerName),
    hashes: keyHashNames,
    unusable: own.unusable,
  };
}

function routerName(definition: RouterDefinition): RouterName {
  const { name, parameter, traits, keyTypes, settings } = definition;
  const { hashes, table = false } = traits;
  const plain = { name, parameter, hashes, keyTypes, table };
  return settings === undefined ? plain : { ...plain, settingsProblems: problemsBy(settings) };
}

/** The routers as a user writes them, for help. */
export const routerNames = routerUsage;
