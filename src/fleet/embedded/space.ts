import { readFile, statfs } from 'node:fs/promises';
import { freemem } from 'node:os';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { checkDisk } from '../disk-space.ts';
import type { FleetRequest } from '../types.ts';
import { sharedBuffersMb } from './settings.ts';
import { bytes } from '../../wording/format.ts';

const mb = 1024 * 1024;
/** One backend with its prepared statements, measured: 6 to 9 MB. */
const backendBytes = 9 * mb;
const postmasterBytes = 20 * mb;

export const shardMemoryBytes = (connections: number): number =>
  sharedBuffersMb * mb + postmasterBytes + connections * backendBytes;

/** Refuses a fleet that this machine cannot hold, before anything is written. */
export async function checkSpace(request: FleetRequest, directory: string): Promise<void> {
  const perShard = shardMemoryBytes(request.connectionsPerShard);
  const available = await availableMemory();
  if (request.shards * perShard > available) {
    const most = Math.floor(available / perShard);
    throw new UserError(
      `${request.shards} shards need about ${bytes(request.shards * perShard)} of memory, ` +
        `${bytes(available)} is available: at most ${most} shards fit here`,
      { exitCode: exitCodes.unusable, hint: 'lower topology.shards or limits.connections' },
    );
  }
  await checkDisk(request, await usable(directory), elsewhere);
}

/** How data are put on another disk. */
export const elsewhere = 'set TMPDIR to a folder on another disk';

/** @throws {UserError} exit 3, where there is no such folder */
export async function usable(directory: string): Promise<string> {
  try {
    await statfs(directory);
    return directory;
  } catch (cause) {
    throw new UserError(`the folder for temporary files cannot be used: ${String(cause)}`, {
      exitCode: exitCodes.unusable,
      hint: 'set TMPDIR to a folder that exists',
      cause,
    });
  }
}

/** What Linux says could be had without swapping; elsewhere what is free. */
export async function availableMemory(): Promise<number> {
  try {
    const match = /^MemAvailable:\s+(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8'));
    if (match?.[1] !== undefined) return Number(match[1]) * 1024;
  } catch {
    // Not Linux.
  }
  return freemem();
}

const fileSystems: Record<number, string> = {
  0xef53: 'ext4',
  0x58465342: 'xfs',
  0x9123683e: 'btrfs',
  0x01021994: 'tmpfs',
  0x794c7630: 'overlay',
  0x2fc12fc1: 'zfs',
};

export async function fileSystemOf(directory: string): Promise<string> {
  const { type } = await statfs(directory);
  return fileSystems[type] ?? `type 0x${type.toString(16)}`;
}
