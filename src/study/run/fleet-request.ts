import type { FleetName } from '../../fleet/names.ts';
import type { FleetRequest } from '../../fleet/types.ts';
import { lookupConnections } from '../../postgres/directory-table.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { CellSpec } from '../cells/cell-specs.ts';

/** Sessions of one shard that may wait for their cell's next turn; each takes 4 to 9 MB there. */
const keptAtMost = 64;

/**
 * Whether the connections of a cell stay open while others have their turns: new sessions would
 * build their caches anew in each turn. Never on servers of others, whose sessions are counted.
 */
export function keepsConnections(
  { repeat, limits }: Scenario,
  cells: number,
  fleet: FleetName | null,
): boolean {
  return repeat > 1 && fleet !== 'urls' && cells * limits.connectionsPerShard <= keptAtMost;
}

/** The shards that the largest cell needs. */
export function fleetRequest(
  scenario: Scenario,
  specs: readonly CellSpec[],
  fleet: FleetName | null,
): FleetRequest {
  const { connectionsPerShard } = scenario.limits;
  const open = keepsConnections(scenario, specs.length, fleet) ? specs.length : 1;
  return {
    shards: Math.max(...specs.map(({ shardCount }) => shardCount)),
    connectionsPerShard: connectionsPerShard * open + connectionsToLookUp(scenario),
    durability: scenario.durability,
    // Where the turns of cells alternate, each keeps its rows to the end.
    dataBytes: scenario.data.totalBytes * (scenario.repeat > 1 ? specs.length : 1),
    quota: scenario.topology.quota,
  };
}

/** Any server may be that of shard 0, which has the directory. */
const connectionsToLookUp = ({ strategies }: Scenario): number =>
  strategies.some(({ lookup }) => lookup !== undefined) ? lookupConnections : 0;
