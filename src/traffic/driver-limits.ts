import type { Limits } from '../scenario/types.ts';
import type { DriverLimits } from './ports.ts';

/** How often the driver looks at its queues, its time-outs and the pools of the shards. */
export const tickMs = 5;

/** The limits of a scenario, in the driver's unit of time. */
export function driverLimits(limits: Limits): DriverLimits {
  return {
    operationTimeoutNs: limits.operationTimeoutMs * 1e6,
    shardTimeoutNs: limits.shardTimeoutMs * 1e6,
    connectionsPerShard: limits.connectionsPerShard,
    queuePerShard: limits.queuePerShard,
  };
}
