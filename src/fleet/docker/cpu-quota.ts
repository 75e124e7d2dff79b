import type { FleetRequest } from '../types.ts';
import type { Engine } from './engine.ts';

type Quota = NonNullable<FleetRequest['quota']>;

/** What the load generator and the engine itself need beside shards at full load (design: §7). */
const coresLeftFree = 0.75;
/** The usual period of 100 ms lets a shard with 0.25 of a core stand still for 75 ms at a time. */
const periodUs = 10_000;
/** The kernel takes no shorter quota. */
const smallestQuotaUs = 1000;

/** A CPU limit as the engine takes it: `CpuQuota` of every `CpuPeriod` microseconds. */
export function cpuLimit(cores: number): { CpuPeriod: number; CpuQuota: number } {
  const period = Math.max(periodUs, Math.ceil(smallestQuotaUs / cores));
  return { CpuPeriod: period, CpuQuota: Math.round(period * cores) };
}

/** Undoes `cpuLimit`. */
export const noCpuLimit = { CpuPeriod: periodUs, CpuQuota: -1 };

/** Why the engine's machine cannot give all shards their quota at once; none where it can. */
export function cpuProblems(
  shards: number,
  quota: Quota,
  engine: Pick<Engine, 'cores' | 'local' | 'canLimitCpu' | 'name'>,
): string[] {
  if (!engine.canLimitCpu) {
    return [`${engine.name} cannot limit the CPU of containers here (no CFS quota in its kernel)`];
  }
  const asked = shards * quota.cpu;
  const free = engine.local ? engine.cores - coresLeftFree : engine.cores;
  // Sums of decimal fractions: 4 x 0.3125 is 1.25 exactly, 3 x 0.1 is not 0.3.
  if (asked <= free + 1e-9) return [];
  const why = engine.local
    ? ` (${coresLeftFree} of them must stay free for the load generator)`
    : '';
  return [
    `${shards} shards with ${quota.cpu} of a core each need ${short(asked)} cores; ` +
      `${short(free)} of ${engine.cores} are available${why}: at most ${short(free / shards)} each`,
  ];
}

const short = (value: number): string => String(Math.floor(value * 1000) / 1000);
