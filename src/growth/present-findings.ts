import { adopts } from '../placement/path-movement.ts';
import type { RouterSpec } from '../router/build-router.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { Strategy } from '../scenario/types.ts';
import type { GrowthContext } from './growth-case.ts';
import { mapOf } from './present-placement.ts';
import { isTenantKey } from '../workload/tenant-key.ts';

/** What the shard map of growth.present is taken for; nothing where there is none. */
export function mapFindings(
  { scenario, workload }: GrowthContext,
  strategies: readonly (Strategy & RouterSpec)[],
): Fact[] {
  const map = mapOf(scenario.growth);
  if (map === null) return [];
  const covered = strategies.filter(({ key }) => isTenantKey(workload, key));
  const others = strategies.filter(({ key }) => !isTenantKey(workload, key));
  return [
    fact('map-is-the-present', { names: { file: map.file, strategies: namesOf(covered) } }),
    ...about('map-goes-on', covered.filter(adopts)),
    ...about(
      'map-is-left',
      covered.filter((spec) => !adopts(spec)),
    ),
    ...about(
      'map-splits-no-tenant',
      covered.filter(({ split }) => split !== undefined),
    ),
    ...about('map-is-of-tenants', others),
  ];
}

/** Of strategies with a hash whose split tenants keep their rows from standing for placements. */
export function splitFindings(names: readonly string[]): Fact[] {
  return names.length === 0 ? [] : [fact('split-has-no-band', { names: { strategies: names } })];
}

function about(code: string, strategies: readonly Strategy[]): Fact[] {
  return strategies.length === 0
    ? []
    : [fact(code, { names: { strategies: namesOf(strategies) } })];
}

const namesOf = (strategies: readonly Strategy[]): string[] => strategies.map(({ name }) => name);
