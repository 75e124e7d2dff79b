import { open } from 'node:fs/promises';
import type { LogOptions } from '../../sources/logs/log-source.ts';

export type SourceKind = 'postgres' | 'rows' | 'statements';

/** What a source is, by its name and its first bytes. */
export async function sourceKind(source: string, options: LogOptions): Promise<SourceKind> {
  if (isUrl(source)) return 'postgres';
  if (await isParquet(source)) return 'rows';
  const { isLog } = await import('../../sources/logs/open-log.ts');
  return (await isLog(source, options)) ? 'statements' : 'rows';
}

const isUrl = (source: string): boolean => /^[a-z][a-z0-9+]*:\/\//i.test(source);

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
