import { adopts } from '../placement/path-movement.ts';
import type { RouterSpec } from '../router/build-router.ts';
import type { Strategy } from '../scenario/types.ts';
import { type GrowthContext, isTenantKey } from './growth-case.ts';
import { mapOf } from './present-placement.ts';

/** What the shard map of growth.present is taken for; nothing where there is none. */
export function mapFindings(
  { scenario, workload }: GrowthContext,
  strategies: readonly (Strategy & RouterSpec)[],
): string[] {
  const map = mapOf(scenario.growth);
  if (map === null) return [];
  const covered = strategies.filter(({ key }) => isTenantKey(workload, key));
  const findings = [
    `The tenants are where ${map.file} has them (growth.present). The present row of ` +
      `${namesOf(covered)} is that placement, and the first step moves tenants from there. A ` +
      'tenant split off or apart is shown with the others where the router itself places them.',
  ];
  const going = covered.filter(adopts);
  if (going.length > 0) {
    findings.push(
      `${namesOf(going)}: the router goes on from the map. Tenants stay where the map has them, ` +
        'except those that the router moves at a step.',
    );
  }
  const leaving = covered.filter((spec) => !adopts(spec));
  if (leaving.length > 0) {
    findings.push(
      `${namesOf(leaving)}: the router cannot go on from a placement that is not its own. After ` +
        'the first step its placements are its own, and that step also moves every tenant that ' +
        'the map has on another shard.',
    );
  }
  const split = covered.filter((strategy) => strategy.split !== undefined);
  if (split.length > 0) {
    findings.push(
      `${namesOf(split)}: the map gives one shard for each tenant. The pieces of tenants that are ` +
        'split are where the strategy itself puts them.',
    );
  }
  const others = strategies.filter(({ key }) => !isTenantKey(workload, key));
  if (others.length > 0) {
    findings.push(
      `${namesOf(others)}: the shard key is not the tenant, so the map says nothing about it. Each ` +
        'is shown as if it were in use already, and what changing to it moves is not counted.',
    );
  }
  return findings;
}

/** Of strategies with a hash whose split tenants keep their rows from standing for placements. */
export function splitFindings(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [
    `${names.join(', ')}: tenants are split, and other placements of their pieces are not worked ` +
      'out. These rows stand for one placement, that of the salt in the scenario, and have no ' +
      'band over placements. Another salt can give other months and another verdict.',
  ];
}

const namesOf = (strategies: readonly Strategy[]): string =>
  strategies.map(({ name }) => name).join(', ');
