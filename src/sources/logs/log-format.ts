import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import { type DumpForm, dumpForm } from './dumps/dump-form.ts';
import { isCsvLogLine } from './entries/csv-entries.ts';
import { foundPrefix, matches } from './entries/found-prefix.ts';
import { isJsonLogLine } from './entries/json-entries.ts';
import { type LinePrefix, linePrefix } from './entries/line-prefix.ts';
import { isNamedSql, isSqlText } from './sql-files/sql-beginning.ts';

export type LogFormat =
  | { readonly format: 'csvlog' }
  | { readonly format: 'jsonlog' }
  | { readonly format: 'sql' }
  | { readonly format: 'stderr'; readonly prefix: LinePrefix }
  | { readonly format: 'dump'; readonly form: DumpForm };

/**
 * What a file is by its first lines, not by its name; null: no format that is known. A log may
 * begin in the middle of a message, so that one line of many is enough.
 */
export function logFormat(
  lines: readonly string[],
  { name, prefix }: { readonly name: string; readonly prefix?: string | undefined },
): LogFormat | null {
  const form = dumpForm(lines);
  if (form !== null) return { format: 'dump', form };
  if (isNamedSql(name)) return { format: 'sql' };
  if (lines.some(isJsonLogLine)) return { format: 'jsonlog' };
  if (lines.some(isCsvLogLine)) return { format: 'csvlog' };
  if (prefix !== undefined) return { format: 'stderr', prefix: givenPrefix(prefix, lines, name) };
  const found = foundPrefix(lines);
  // A comment in SQL may look like a line of some log, but hardly like that of a common one.
  if (found?.setting !== null && found !== null) return { format: 'stderr', prefix: found };
  if (isSqlText(lines)) return { format: 'sql' };
  return found === null ? null : { format: 'stderr', prefix: found };
}

function givenPrefix(setting: string, lines: readonly string[], name: string): LinePrefix {
  const prefix = linePrefix(setting);
  if (matches(prefix, lines) > 0) return prefix;
  const other = foundPrefix(lines)?.setting ?? null;
  throw new UserError(
    `${name}: none of the first ${lines.length} lines begins as log_line_prefix '${setting}' says`,
    {
      exitCode: exitCodes.usage,
      hint:
        other === null
          ? 'give --prefix what SHOW log_line_prefix says on the server that wrote the log'
          : `leave out --prefix: the lines begin as log_line_prefix '${other}' says`,
    },
  );
}

/** Says what was tried, never what the file holds: that may be anybody's data. */
export function unknownFormat(name: string, lines: readonly string[]): UserError {
  const first = lines.findIndex((line) => line.trim() !== '') + 1;
  return new UserError(
    `${name}: nothing from line ${Math.max(1, first)} to line ${Math.max(1, lines.length)} is ` +
      'a line of csvlog, of jsonlog or of a plain Postgres log, the head of a dump of ' +
      'pg_stat_statements (columns query and calls; CSV, TSV, JSON or a table of psql), or SQL',
    {
      exitCode: exitCodes.usage,
      hint:
        'for a plain log give --prefix what SHOW log_line_prefix says on its server, and let its ' +
        'messages be English (lc_messages = C); a file of SQL is known by the ending .sql',
    },
  );
}
