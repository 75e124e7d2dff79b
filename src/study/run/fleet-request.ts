import type { FleetRequest } from '../../fleet/types.ts';
import { lookupConnections } from '../../postgres/directory-table.ts';
import type { Scenario } from '../../scenario/types.ts';
import type { CellSpec } from '../cells/cell-specs.ts';

/** The shards that the largest cell needs. */
export function fleetRequest(scenario: Scenario, specs: readonly CellSpec[]): FleetRequest {
  return {
    shards: Math.max(...specs.map(({ shardCount }) => shardCount)),
    connectionsPerShard: scenario.limits.connectionsPerShard + connectionsToLookUp(scenario),
    durability: scenario.durability,
    // Where the turns of cells alternate, each keeps its rows to the end.
    dataBytes: scenario.data.totalBytes * (scenario.repeat > 1 ? specs.length : 1),
    quota: scenario.topology.quota,
  };
}

/** Any server may be that of shard 0, which has the directory. */
const connectionsToLookUp = ({ strategies }: Scenario): number =>
  strategies.some(({ lookup }) => lookup !== undefined) ? lookupConnections : 0;
