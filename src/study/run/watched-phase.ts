import type { RunningFleet } from '../../fleet/types.ts';
import { watchPrograms } from '../../host/busy-programs.ts';
import { watchGenerator } from '../../host/generator-load.ts';
import { watchMachine } from '../../host/machine-load.ts';
import type { PhaseRecord } from '../../metrics/phase-record.ts';
import { throttledFraction } from '../../metrics/throttling.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import { countersBetween, serverCounters } from '../../postgres/server-statistics.ts';
import { watchServers } from '../../postgres/server-watch.ts';
import type { Driver } from '../../traffic/driver.ts';

/** What happened beside a phase, on its servers and on this machine. */
type SeenBeside = Pick<PhaseRecord, 'throttledFractions' | 'generator' | 'server'>;

/** Runs a phase of which nobody needs to know more than its samples. */
export async function unwatched(drive: () => Promise<void>, shards: number): Promise<SeenBeside> {
  await drive();
  const throttledFractions = Array.from({ length: shards }, () => null);
  return { throttledFractions, generator: null, server: null };
}

/** Runs a phase while servers and machine are watched. */
export async function watched(
  drive: () => Promise<void>,
  driver: Driver,
  addresses: readonly ShardAddress[],
  fleet: RunningFleet,
): Promise<SeenBeside> {
  const before = await serverCounters(addresses);
  const throttledBefore = await fleet.throttling();
  const stopServers = await watchServers(addresses, (shard, { checkpoints, walBytes }) =>
    driver.sawServer(shard, checkpoints, walBytes),
  );
  const processes = await mainProcesses(fleet);
  const busiest = processes && watchPrograms(processes);
  const stopMachine = await watchMachine(processes);
  const stopWatching = watchGenerator();
  try {
    await drive();
  } finally {
    await stopServers();
    stopMachine();
  }
  const generator = {
    ...stopWatching(),
    machine: [...stopMachine()],
    ...(busiest && { busiest: busiest() }),
  };
  const throttledAfter = await fleet.throttling();
  const after = await serverCounters(addresses);
  return {
    throttledFractions: addresses.map((_, shard) =>
      throttledFraction(throttledBefore[shard] ?? null, throttledAfter[shard] ?? null),
    ),
    generator,
    server: countersBetween(before, after),
  };
}

/** null where shards are elsewhere, all or in part: what is foreign cannot be told then. */
async function mainProcesses(fleet: RunningFleet): Promise<readonly number[] | null> {
  const processes = (await fleet.processes?.()) ?? [];
  return processes.length >= fleet.shards.length ? processes : null;
}
