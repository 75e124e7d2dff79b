import { statfs } from 'node:fs/promises';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';
import type { FleetRequest } from './types.ts';
import { diskHint } from '../wording/disk-hint.ts';
import { bytes } from '../wording/format.ts';

type Asked = Pick<FleetRequest, 'shards' | 'dataBytes'>;

/**
 * A fresh data directory with its first WAL segments, measured: 39 MB + 16 MB, and room to write.
 */
const emptyShardBytes = 128 * 2 ** 20;

/** Loaded rows, their WAL and what a cell adds; the WAL of several cells is recycled. */
export const neededDisk = ({ shards, dataBytes }: Asked): number =>
  shards * emptyShardBytes + 4 * dataBytes;

/**
 * Refuses shards whose data the disk of this folder cannot hold, before anything is written.
 * @param elsewhere how their data can be put on another disk, as the end of a sentence
 */
export async function checkDisk(asked: Asked, directory: string, elsewhere: string): Promise<void> {
  const needed = neededDisk(asked);
  const free = await freeDisk(directory);
  if (needed <= free) return;
  const who = asked.shards === 0 ? 'this data needs' : `${asked.shards} shards with this data need`;
  throw new UserError(`${directory} has ${bytes(free)} free, ${who} about ${bytes(needed)}`, {
    exitCode: exitCodes.unusable,
    hint: diskHint(elsewhere),
  });
}

/** Bytes that a user other than root may still write. */
export async function freeDisk(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
