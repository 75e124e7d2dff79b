import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, mkdir, open, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { exitCodes } from '../base/exit-codes.ts';
import { UserError } from '../base/user-error.ts';

/** Writes the whole file or leaves the old one: a reader never sees half of it. */
export async function writeAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(draft, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (cause) {
    // What went wrong first is what the user must hear; `force` does not cover ENOTDIR.
    await rm(draft, { force: true }).catch(() => undefined);
    throw writeError(path, cause);
  }
}

/** A result with its reports takes a few megabytes. */
const leastFreeBytes = 16 * 2 ** 20;

/**
 * Refuses a folder that nothing could be written to, before minutes are spent on what would go
 * there. Writes nothing itself: the folder need not exist yet.
 */
export async function checkWritable(folder: string): Promise<void> {
  try {
    const existing = await nearestExisting(resolve(folder));
    if (!(await stat(existing)).isDirectory()) throw errorOf('ENOTDIR');
    await access(existing, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(existing);
    if (bavail * bsize < leastFreeBytes) throw errorOf('ENOSPC');
  } catch (cause) {
    throw writeError(folder, cause);
  }
}

async function nearestExisting(path: string): Promise<string> {
  try {
    await stat(path);
    return path;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(path);
    if ((code !== 'ENOENT' && code !== 'ENOTDIR') || parent === path) throw error;
    return nearestExisting(parent);
  }
}

const errorOf = (code: string): Error => Object.assign(new Error(code), { code });

function writeError(path: string, cause: unknown): UserError {
  const { code } = cause as NodeJS.ErrnoException;
  const reason: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the file system is read-only',
    EACCES: 'no permission',
    ENOTDIR: 'a part of the path is a file',
    EEXIST: 'a part of the path is a file',
    ENOENT: 'a part of the path is missing',
    EISDIR: 'it is a folder',
  };
  return new UserError(`cannot write ${path}: ${reason[code ?? ''] ?? String(cause)}`, {
    exitCode: exitCodes.unusable,
    hint: 'choose another place with --out',
    cause,
  });
}

/** Bytes of a file that the user named; `what` says which one it is. */
export async function readUserFile(path: string, what: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason: Record<string, string> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder',
      EACCES: 'no permission to read it',
    };
    throw new UserError(`cannot read ${what} ${path}: ${reason[code ?? ''] ?? String(cause)}`, {
      exitCode: exitCodes.usage,
      cause,
    });
  }
}
