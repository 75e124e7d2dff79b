import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exitCodes, UserError } from '../base/user-error.ts';

/** Writes the whole file or leaves the old one: a reader never sees half of it. */
export async function writeAtomically(path: string, content: string): Promise<void> {
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
    await rm(draft, { force: true });
    throw writeError(path, cause);
  }
}

function writeError(path: string, cause: unknown): UserError {
  const { code } = cause as NodeJS.ErrnoException;
  const reason: Record<string, string> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the file system is read-only',
    EACCES: 'no permission',
    ENOTDIR: 'a part of the path is a file',
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
