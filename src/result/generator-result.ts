import { z } from 'zod';
import { busyProgram } from './busy-program.ts';
import { distribution, fraction, measure, perhaps } from './distribution.ts';
import { machineSecond } from './machine-second.ts';

/** What the load generator used and how late it was, and what else the machine did meanwhile. */
export const generatorResult = z.strictObject({
  /** Of one core: 1.0 is one core busy. */
  cpuFraction: measure,
  eventLoopUtilization: fraction,
  eventLoopDelayMs: z.strictObject({ p50: perhaps, p99: perhaps, max: perhaps }),
  scheduleLagMs: distribution,
  /** Second by second; absent where the system does not tell, and in earlier versions. */
  machine: z.array(machineSecond).optional(),
  /**
   * Programs that used most, neither this one nor the shards, the busiest first; empty where none
   * used much. Absent where the shards' own processes are not known, and in earlier versions.
   */
  busiest: z.array(busyProgram).optional(),
  /** Little's law: sampled concurrency against throughput x mean response. */
  little: z.strictObject({ sampled: perhaps, computed: perhaps, ratio: perhaps }),
});
