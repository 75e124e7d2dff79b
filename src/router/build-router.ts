import { assert } from '../base/assert.ts';
import { identity } from '../base/hash/identity.ts';
import {
  defaultKeyHash,
  isKeyHashName,
  keyHashes,
  unknownKeyHash,
} from '../base/hash/key-hashes.ts';
import type { RoutedKeyType } from '../base/keys.ts';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import type { KnownKeys, Router, RouterDefinition, RouterTopology } from './contract.ts';
import { overlaid } from './overlays/overlay.ts';
import { type Overlay, overlayProblems } from './overlays/overlay-keys.ts';
import { findRouter, routers, unknownRouter } from './registry.ts';
import { parameterProblem } from './router-name.ts';

/** A router as a scenario or a command line names it. */
export interface RouterSpec extends Overlay {
  /** Name in the registry, or path of a router of the user's; without its parameter. */
  readonly router: string;
  /** The router itself, where the registry does not have it. */
  readonly definition?: RouterDefinition;
  readonly parameter: number | null;
  /** null: the default for routers that read a hash, none for those that do not. */
  readonly hash: string | null;
  readonly salt: string;
  /** As the user wrote them, for routers that take settings. */
  readonly settings?: unknown;
}

/** The router that is meant; a UserError lists the names when there is none of that name. */
export function definitionOf(spec: RouterSpec): RouterDefinition {
  return spec.definition ?? findRouter(spec.router);
}

/** 2^20: mod-N is exact up to 2^21, and no plan reaches this. */
export const shardsMax = 1_048_576;

function topologyProblems({ shardCount, weights }: RouterTopology): string[] {
  if (!Number.isInteger(shardCount) || shardCount < 1 || shardCount > shardsMax) {
    return [
      `${shardCount} shards are not possible; allowed: a whole number from 1 to ${shardsMax}`,
    ];
  }
  assert(weights.length === shardCount, 'one weight for each shard');
  const problems = weights.flatMap((weight, shard) =>
    Number.isFinite(weight) && weight >= 0
      ? []
      : [`shard ${shard} has weight ${weight}; a weight is a number of 0 or more`],
  );
  if (problems.length === 0 && weights.every((weight) => weight === 0)) {
    problems.push('all shards have weight 0; at least one must take keys');
  }
  return problems;
}

function hashProblems(
  definition: RouterDefinition,
  spec: RouterSpec,
  keyType: RoutedKeyType,
): string[] {
  const { name, traits } = definition;
  if (!traits.hashes) {
    const problems: string[] = [];
    if (spec.hash !== null) problems.push(`${name} takes no hash, but ${spec.hash} is named`);
    if (spec.salt !== '') problems.push(`${name} takes no salt, but "${spec.salt}" is given`);
    return problems;
  }
  if (!spec.salt.isWellFormed()) return ['the salt holds half a surrogate pair'];
  if (spec.hash !== identity.name) return [];
  const problems: string[] = [];
  if (keyType !== 'int8') problems.push(`the hash identity takes int8 keys only, not ${keyType}`);
  if (traits.hashesLabels)
    problems.push(`${name} also hashes texts, but the hash identity takes integers only`);
  else if (spec.salt !== '')
    problems.push('the hash identity takes no salt, because it does not change integers');
  return problems;
}

/** Everything that is wrong with this choice, each in a sentence; empty when it can be built. */
export function routerProblems(
  spec: RouterSpec,
  topology: RouterTopology,
  keyType: RoutedKeyType,
): string[] {
  const problems = topologyProblems(topology);
  const definition = spec.definition ?? routers.find((router) => router.name === spec.router);
  if (definition === undefined) problems.push(unknownRouter(spec.router));
  if (spec.hash !== null && !isKeyHashName(spec.hash)) problems.push(unknownKeyHash(spec.hash));
  if (definition === undefined) return problems;
  const parameter = parameterProblem(definition, spec.parameter);
  if (parameter !== null) problems.push(parameter);
  if (!definition.keyTypes.includes(keyType)) {
    problems.push(`${spec.router} takes ${definition.keyTypes.join(', ')} keys, not ${keyType}`);
  }
  problems.push(...hashProblems(definition, spec, keyType));
  if (definition.settings !== undefined) {
    const read = definition.settings.read(spec.settings, topology, keyType);
    if ('problems' in read) problems.push(...read.problems);
    if (spec.pin?.exclusive === true) {
      problems.push(`pin.exclusive: the settings of ${spec.router} say what lies on which shard`);
    }
  } else if (spec.settings !== undefined) problems.push(`${spec.router} takes no settings`);
  return problems;
}

/**
 * Builds a router. `keys` are read by routers that place known keys; others may be given none.
 * `previous`: the router this one grows (or shrinks) from, of the same spec. A UserError lists
 * everything that is wrong with the choice.
 */
export function buildRouter(
  spec: RouterSpec,
  topology: RouterTopology,
  keyType: RoutedKeyType,
  keys: KnownKeys,
  previous?: Router,
): Router {
  const problems = routerProblems(spec, topology, keyType);
  if (problems.length === 0) problems.push(...overlayProblems(spec, topology, keys));
  if (problems.length > 0) throw new UserError(problems.join('\n'), { exitCode: exitCodes.usage });
  const definition = definitionOf(spec);
  assert(keys.type === keyType, 'known keys of the key type');
  const name = spec.hash ?? defaultKeyHash;
  const hash = definition.traits.hashes && isKeyHashName(name) ? keyHashes[name] : null;
  const { parameter, salt } = spec;
  const read = definition.settings?.read(spec.settings, topology, keyType);
  const settings = read !== undefined && 'value' in read ? read.value : null;
  const options = { keyType, hash, parameter, salt, settings };
  const inner = {
    placesKnownKeys: definition.traits.placesKnownKeys,
    build: (shards: RouterTopology, rest: KnownKeys, before: Router | undefined) =>
      definition.build(shards, { ...options, keys: rest }, before),
  };
  return overlaid(spec, topology, keys, inner, previous);
}
