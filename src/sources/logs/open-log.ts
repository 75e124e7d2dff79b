import { fileFacts } from './lines/file-bytes.ts';
import { type LogFormat, logFormat, unknownFormat } from './log-format.ts';
import type { LogOptions, LogSource } from './log-source.ts';
import { dumpSource } from './read-dump.ts';
import { logSource } from './read-log.ts';
import { sqlSource } from './read-sql-file.ts';
import { firstLines, type OpenedFile } from './reading.ts';

/**
 * Opens a Postgres log (csvlog, jsonlog, stderr), a dump of pg_stat_statements or a file of SQL,
 * compressed by gzip or not: what it is, its first bytes say. It is read twice, so that standard
 * input must be written to a file first, whose `name` is then that of the input.
 *
 * @throws UserError where the file cannot be read or is none of these
 */
export async function openLog(path: string, options: LogOptions): Promise<LogSource> {
  const { file, lines, format } = await opened(path, options);
  if (format === null) throw unknownFormat(file.name, lines);
  if (format.format === 'dump') return dumpSource(file, format.form, options);
  if (format.format === 'sql') return sqlSource(file, options);
  return logSource(file, format, options);
}

/** Whether `openLog` would take the file; for those who have other readers to ask. */
export async function isLog(path: string, options: LogOptions): Promise<boolean> {
  return (await opened(path, options)).format !== null;
}

async function opened(
  path: string,
  { name = path, prefix, signal }: LogOptions,
): Promise<{ file: OpenedFile; lines: readonly string[]; format: LogFormat | null }> {
  const file = { path, name, facts: await fileFacts(path, name) };
  const { lines, crLf } = await firstLines(file, signal);
  return { file: { ...file, crLf }, lines, format: logFormat(lines, { name, prefix }) };
}
