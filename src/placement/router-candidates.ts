import { present } from '../base/assert.ts';
import { defaultKeyHash } from '../base/hash/key-hashes.ts';
import type { RouterSpec } from '../router/build-router.ts';
import type { RouterDefinition } from '../router/contract.ts';
import type { Strategy } from '../scenario/types.ts';

/** A router to be compared for one shard key. */
export interface RouterCandidate {
  /** As a scenario names it: `ring:150`, with the hash where it is not the default one. */
  readonly name: string;
  /** Name of the scenario's strategy that this is; null for one that it does not name. */
  readonly strategy: string | null;
  readonly definition: RouterDefinition;
  readonly spec: RouterSpec;
}

/**
 * Every router with its defaults, and before them those strategies of the scenario with this shard
 * key that are something else. A strategy that is a router with its defaults is that router. The
 * routers must be all that the strategies name.
 */
export function routerCandidates(
  shardKey: string,
  strategies: readonly Strategy[],
  routers: readonly RouterDefinition[],
): RouterCandidate[] {
  const named = strategies
    .filter(({ key }) => key === shardKey)
    .map((strategy) => {
      const definition = routers.find(({ name }) => name === strategy.router);
      return ofStrategy(strategy, present(definition, `router ${strategy.router}`));
    });
  const others = routers
    .map(withDefaults)
    .filter(({ spec }) => !named.some((each) => identityOf(each.spec) === identityOf(spec)));
  return [...named, ...others];
}

function ofStrategy(strategy: Strategy, definition: RouterDefinition): RouterCandidate {
  const { name, key, ...spec } = strategy;
  return {
    // The key is the heading that all candidates stand under.
    name: name.slice(key.length + 1),
    strategy: name,
    definition,
    spec: { ...spec, parameter: spec.parameter ?? definition.parameter?.default ?? null },
  };
}

function withDefaults(definition: RouterDefinition): RouterCandidate {
  const { name, parameter, traits } = definition;
  const number = parameter?.default ?? null;
  return {
    name: number === null ? name : `${name}:${number}`,
    strategy: null,
    definition,
    spec: {
      router: name,
      parameter: number,
      hash: traits.hashes ? defaultKeyHash : null,
      salt: '',
    },
  };
}

/** Two specs that are equal place alike. */
const identityOf = (spec: RouterSpec): string =>
  JSON.stringify(Object.entries(spec).toSorted(([a], [b]) => (a < b ? -1 : 1)));
