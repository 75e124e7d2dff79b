import { ClosedPacer } from '../traffic/closed-pacer.ts';
import { Driver } from '../traffic/driver.ts';
import type { DriverLimits } from '../traffic/ports.ts';
import type { RoutePlan } from '../traffic/route-plan.ts';
import type { Recorder } from '../metrics/recorder.ts';
import type { Phase, Workload } from '../workload/types.ts';
import type { ShardServers } from './shard-servers.ts';
import { SimulatedTarget } from './simulated-target.ts';
import { VirtualPacer } from './virtual-pacer.ts';
import { VirtualTime } from './virtual-time.ts';

export interface DrivenLoopOptions {
  readonly workload: Workload;
  readonly phase: Phase;
  readonly plan: RoutePlan;
  readonly shards: readonly ShardServers[];
  readonly limits: DriverLimits;
  readonly recorder: Recorder;
  /** null: open loop. */
  readonly clients: number | null;
}

/**
 * One phase by the driver itself, against simulated shards in virtual time: slower than
 * open-loop.ts, which it must agree with, and the only way where ends of operations begin others.
 */
export async function simulateDrivenLoop(options: DrivenLoopOptions): Promise<readonly number[]> {
  const { workload, phase, plan, shards, limits, recorder, clients } = options;
  const time = new VirtualTime();
  const defer = (work: () => void): void => time.at(time.nowNs(), work);
  const pacer =
    clients === null
      ? new VirtualPacer(time, workload)
      : new ClosedPacer(workload, clients, time, defer);
  const target = new SimulatedTarget(time, shards);
  const ports = { target, pacer, clock: time, ticker: time.ticker };
  await time.run(new Driver(plan, limits, ports).run(phase, recorder));
  return pacer.concurrency();
}
