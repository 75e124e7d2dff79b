import { open } from 'node:fs/promises';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { LogOptions } from '../../sources/logs/log-source.ts';

export type SourceKind = 'postgres' | 'rows' | 'statements';

/**
 * What a source is, by its name and its first bytes.
 *
 * @throws UserError where it is a connection string of words, which is not repeated: it may have a
 *   password
 */
export async function sourceKind(source: string, options: LogOptions): Promise<SourceKind> {
  if (isUrl(source)) return 'postgres';
  if (isWords(source)) {
    throw new UserError('a database is named by a URL, not by words such as host=... user=...', {
      exitCode: exitCodes.usage,
      hint: 'Write postgres://user:password@host:port/database.',
    });
  }
  if (await isParquet(source)) return 'rows';
  const { isLog } = await import('../../sources/logs/open-log.ts');
  return (await isLog(source, options)) ? 'statements' : 'rows';
}

/** One that has lost its slashes is a faulty URL, and no file. */
const isUrl = (source: string): boolean =>
  /^(?:[a-z][a-z0-9+]*:\/\/|postgres(?:ql)?:)/i.test(source);

/** As libpq takes them. */
const isWords = (source: string): boolean =>
  /(?:^|\s)(?:host|hostaddr|dbname|user|password|service)\s*=/i.test(source);

/** A file that cannot be opened is none; whoever reads it says why. */
async function isParquet(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return false;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1', 0, bytesRead) === 'PAR1';
  } catch {
    return false;
  } finally {
    await file.close();
  }
}
