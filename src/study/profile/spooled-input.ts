import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Standard input as a file that can be read twice: first for its statements, then for the values of
 * their keys. Nobody else may read it, and it is the caller's to remove.
 */
export async function spooled(input: Readable, path: string, signal: AbortSignal): Promise<string> {
  await pipeline(input, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal });
  return path;
}
