import { access } from 'node:fs/promises';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { checkDisk } from '../disk-space.ts';
import type { FleetRequest } from '../types.ts';
import { cpuProblems } from './cpu-quota.ts';
import type { Engine } from './engine.ts';

type Quota = NonNullable<FleetRequest['quota']>;

/**
 * Refuses limits that the engine's machine cannot keep for all shards at once: beyond them a shard
 * is slowed by its neighbours and not by its own quota.
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

export const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
