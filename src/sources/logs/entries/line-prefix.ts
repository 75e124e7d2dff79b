import type { LogTimes } from './log-times.ts';
import { type PrefixPart, prefixPattern } from './prefix-pattern.ts';

/** What stands before the text of a line of a plain log. */
export interface LineHead {
  readonly session: string;
  /** null: the prefix has none. */
  readonly database: string | null;
  readonly atMs: number | null;
  /** LOG, ERROR, DETAIL, STATEMENT and so on. */
  readonly severity: string;
  readonly text: string;
}

export interface LinePrefix {
  /** As `log_line_prefix` has it; null where no such text describes it. */
  readonly setting: string | null;
  /** null: the line has no such head. */
  head(line: string, times: LogTimes): LineHead | null;
}

export const severities =
  '(LOG|DETAIL|STATEMENT|ERROR|CONTEXT|HINT|QUERY|LOCATION|BACKTRACE|FATAL|PANIC|WARNING|' +
  'NOTICE|INFO|DEBUG[1-5]?):  ';

/** Reads lines that a server with this `log_line_prefix` writes. */
export function linePrefix(setting: string): LinePrefix {
  // Spaces at the end of the setting are easily lost where it is quoted.
  const { pattern, groups } = prefixPattern(setting.trimEnd());
  const head = new RegExp(`^${pattern} {0,4}${severities}`);
  // By number: groups with names cost an object for each line. -1: there is no such group.
  const at = (part: PrefixPart): number => groups.indexOf(part) + 1 || -1;
  const [time, epoch, process] = [at('time'), at('epoch'), at('process')];
  const [session, start, remote] = [at('session'), at('start'), at('remote')];
  const database = at('database');
  const severity = groups.length + 1;
  return {
    setting,
    head(line, times) {
      const found = head.exec(line);
      if (found === null) return null;
      return {
        session: found[session] ?? processOf(found[process], found[start]) ?? found[remote] ?? '',
        database: databaseOf(found[database]),
        atMs: time > 0 ? times.read(found[time] ?? '') : epochMs(found[epoch]),
        severity: found[severity] ?? '',
        text: line.slice(found[0].length),
      };
    },
  };
}

/** Processes without a session have no name there, or `[unknown]`. */
const databaseOf = (name: string | undefined): string | null =>
  name === undefined || name === '' || name === '[unknown]' ? null : name;

const epochMs = (seconds: string | undefined): number | null =>
  seconds === undefined ? null : Math.round(Number(seconds) * 1000);

/** Numbers of processes come again; with the time of their start they do not. */
const processOf = (number: string | undefined, start: string | undefined): string | undefined =>
  number === undefined || start === undefined ? number : `${number} of ${start}`;
