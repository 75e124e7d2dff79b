import { access } from 'node:fs/promises';
import { exitCodes, UserError } from '../../base/user-error.ts';
import { checkDisk } from '../disk-space.ts';
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

/**
 * Refuses limits that the engine's machine cannot keep for all shards at once: beyond them a shard is
 * slowed by its neighbours and not by its own quota.
 */
export function checkLimits(
  { shards, quota }: Pick<FleetRequest, 'shards' | 'quota'>,
  engine: Pick<Engine, 'cores' | 'memoryBytes' | 'local' | 'canLimitCpu' | 'name'>,
): void {
  if (!quota) return;
  const problems = [
    ...cpuProblems(shards, quota, engine),
    ...memoryProblems(shards, quota, engine),
  ];
  if (problems.length === 0) return;
  throw new UserError(problems.join('\n'), {
    exitCode: exitCodes.unusable,
    hint: 'lower topology.quota or topology.shards; --fleet embedded sets no limits',
  });
}

/** The same for its disk, where that is the one of this machine and can be looked at. */
export async function checkEngineDisk(
  request: Pick<FleetRequest, 'shards' | 'dataBytes'>,
  { local, dataFolder }: Pick<Engine, 'local' | 'dataFolder'>,
  storage: 'volume' | 'tmpfs',
): Promise<void> {
  if (!local || storage === 'tmpfs') return;
  // An engine in a virtual machine names a folder that is not here.
  const here = await access(dataFolder).then(
    () => true,
    () => false,
  );
  if (here) await checkDisk(request, dataFolder, 'give Docker a data-root on another disk');
}

function cpuProblems(
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

function memoryProblems(
  shards: number,
  quota: Quota,
  engine: Pick<Engine, 'memoryBytes'>,
): string[] {
  const asked = shards * quota.memoryBytes;
  if (asked <= engine.memoryBytes) return [];
  return [
    `${shards} shards with ${mb(quota.memoryBytes)} each need ${mb(asked)} of memory; ` +
      `the engine has ${mb(engine.memoryBytes)}`,
  ];
}

const short = (value: number): string => String(Math.floor(value * 1000) / 1000);
export const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
