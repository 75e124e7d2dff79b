import { bandSalt } from '../metrics/placement-band.ts';
import type { PlacementDraws } from '../result/router-comparison.ts';
import type { RouterSpec } from '../router/build-router.ts';
import type { RouterDefinition } from '../router/contract.ts';
import type { ComparedKey } from './compared-key.ts';
import type { KeyAmounts } from './movement.ts';
import { relabelledKeys } from './relabelled-keys.ts';
import type { RouterCandidate } from './router-candidates.ts';

/**
 * What makes another placement of the same kind, for one placement is one draw:
 *
 * - salts: another salt of the hash.
 * - keys: the hash is fixed, but which ids the tenants were given is as much a draw as a salt is.
 * - null: the placement follows from the keys (their order, their load, a list of them), so that
 *   it is no draw.
 */
export function drawKind({
  definition,
  spec,
}: Pick<RouterCandidate, 'definition' | 'spec'>): PlacementDraws['over'] | null {
  if (definition.traits.hashes) return spec.hash === 'identity' ? null : 'salts';
  // An overlay places some keys by their name or load.
  if (spec.pin !== undefined || spec.split !== undefined) return null;
  return hasFixedHash(definition) ? 'keys' : null;
}

/** Of the routers without a hash to choose these are the ones that read nothing but key bytes. */
function hasFixedHash({ traits, reproduces }: RouterDefinition): boolean {
  return reproduces !== undefined && !traits.ordered && !traits.placesKnownKeys;
}

/** One draw: what is built, and what is placed. */
export interface Draw {
  readonly spec: RouterSpec;
  readonly load: ComparedKey['load'];
  readonly amounts: KeyAmounts;
}

/** The placement that there is, of all keys. */
export function actualDraw({ spec }: RouterCandidate, { load, amounts }: ComparedKey): Draw {
  return { spec, load, amounts };
}

/** Further ones by number, of a sample of the keys: the same salts, and keys, for every router. */
export function otherDraw(candidate: RouterCandidate, key: ComparedKey, index: number): Draw {
  const { spec } = candidate;
  const { load, sample: amounts } = key;
  if (drawKind(candidate) === 'salts') {
    return { spec: { ...spec, salt: bandSalt(index) }, load, amounts };
  }
  return {
    spec,
    get load() {
      return { ...load, keys: relabelledKeys(load.keys, index) };
    },
    get amounts() {
      return { ...amounts, keys: relabelledKeys(amounts.keys, index) };
    },
  };
}
