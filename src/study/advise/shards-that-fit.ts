import type { FleetName } from '../../fleet/names.ts';
import { roomFor } from '../../fleet/room.ts';
import { shardUrls } from '../../fleet/urls/shard-urls.ts';
import type { Scenario } from '../../scenario/types.ts';
import { cellSpecs } from '../cells/cell-specs.ts';
import { fleetRequest } from '../run/fleet-request.ts';
import { measuredScenario } from './measured-scenario.ts';

interface FitAsked {
  readonly scenario: Scenario;
  /** Shards of the recommended candidate. */
  readonly wanted: number;
  /** Other numbers that were compared. */
  readonly counts: readonly number[];
  readonly fleet: FleetName;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * On how many shards candidates are measured: as many as are recommended, where these fit. If not,
 * the largest smaller number that was compared, or that the scenario has. Shards without a quota
 * share the machine whatever their number, so they are never more than the scenario's own. Where
 * nothing fits it is the smallest, and the fleet says at its start what is missing.
 */
export async function shardsThatFit(asked: FitAsked): Promise<number> {
  const { scenario, wanted, counts } = asked;
  const all = [wanted, ...counts, scenario.topology.shards].filter(
    (count) => count <= wanted && count >= 2,
  );
  const sorted = [...new Set(all)].toSorted((a, b) => b - a);
  for (const count of sorted) {
    // oxlint-disable-next-line no-await-in-loop -- the largest that fits is looked for
    if (await fits(asked, count)) return count;
  }
  return sorted.at(-1) ?? wanted;
}

async function fits({ scenario, fleet, environment }: FitAsked, count: number): Promise<boolean> {
  const { quota, shards, urls } = scenario.topology;
  if (fleet === 'urls') return count <= shardUrls(urls, environment).length;
  const hasQuota = fleet === 'docker' && quota !== null;
  if (!hasQuota && count > shards) return false;
  const { strategies, durationMs: windowMs } = scenario;
  const at = measuredScenario(scenario, { strategies, shardCount: count, windowMs });
  const request = fleetRequest(at, cellSpecs(at), fleet);
  return (await roomFor(request, fleet, environment)).problem === null;
}
