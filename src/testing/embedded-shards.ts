import { embeddedFleet } from '../fleet/embedded/fleet.ts';
import type { RunningFleet } from '../fleet/types.ts';
import type { ShardAddress } from '../base/shard-address.ts';

/** Small shards for tests of database code. */
export async function startShards(shards: number): Promise<{
  readonly fleet: RunningFleet;
  /** Their maintenance databases. */
  readonly servers: readonly ShardAddress[];
}> {
  const fleet = await embeddedFleet.start(
    {
      shards,
      connectionsPerShard: 8,
      // What is tested is what the statements do, not what survives a power cut.
      durability: { fsync: false, synchronousCommit: false },
      dataBytes: 1e6,
    },
    new AbortController().signal,
  );
  return { fleet, servers: fleet.shards };
}
