import type { LogTimes } from './log-times.ts';

/** What stands before the text of a line of a plain log. */
export interface LineHead {
  readonly session: string;
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

const zone = '(?:[A-Za-z]+|[+-]\\d{2}(?:\\d\\d)?)';
const second = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d';
// Names are at most 63 bytes; bounds keep a line that does not fit from being tried for long.
const name = '[^]{0,63}?';
const host = '[^]{0,255}?';

/** Escapes of log_line_prefix; all other letters stand for nothing, as in Postgres. */
const escapes: Readonly<Record<string, string>> = {
  a: name,
  u: name,
  d: name,
  b: name,
  i: name,
  r: `(?<remote>${host}(?:\\(\\d+\\))?)`,
  h: host,
  L: host,
  p: '(?<pid>\\d+)',
  P: '\\d*',
  t: `(?<time>${second} ${zone})`,
  m: `(?<time>${second}\\.\\d{3} ${zone})`,
  n: '(?<epoch>\\d+\\.\\d{3})',
  s: `(?<start>${second} ${zone})`,
  c: '(?<session>[0-9a-f]+\\.[0-9a-f]+)',
  l: '\\d+',
  e: '[0-9A-Z]{5}',
  v: '(?:-?\\d+/\\d+)?',
  x: '\\d+',
  Q: '-?\\d+',
  '%': '%',
};

/** Reads lines that a server with this `log_line_prefix` writes. */
export function linePrefix(setting: string): LinePrefix {
  const seen = new Set<string>();
  // Spaces at the end of the setting are easily lost where it is quoted.
  const head = new RegExp(`^${patternOf(setting.trimEnd(), seen)} *${severities}`);
  const order = [...seen];
  const at = (group: string): number => order.indexOf(group) + 1;
  const [time, epoch, pid] = [at('time'), at('epoch'), at('pid')];
  const [session, start, remote] = [at('session'), at('start'), at('remote')];
  const severity = order.length + 1;
  // By number: groups with names cost an object for each line.
  return {
    setting,
    head(line, times) {
      const found = head.exec(line);
      if (found === null) return null;
      return {
        session: found[session || -1] ?? processOf(found, pid, start) ?? found[remote || -1] ?? '',
        atMs: time > 0 ? times.read(found[time] ?? '') : epochMs(found[epoch || -1]),
        severity: found[severity] ?? '',
        text: line.slice(found[0].length),
      };
    },
  };
}

const epochMs = (seconds: string | undefined): number | null =>
  seconds === undefined ? null : Math.round(Number(seconds) * 1000);

function processOf(found: RegExpExecArray, pid: number, start: number): string | undefined {
  const number = found[pid || -1];
  if (number === undefined || start === 0) return number;
  return `${number} of ${found[start] ?? ''}`;
}

function patternOf(setting: string, seen: Set<string>): string {
  let pattern = '';
  let optional = '';
  for (const [, escape, padding = '', letter = ''] of setting.matchAll(pieces)) {
    if (escape === undefined) pattern += letter.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
    else if (letter === 'q') {
      // Processes without a session write nothing of what follows.
      pattern += '(?:';
      optional += ')?';
    } else pattern += padded(groupedOnce(escapes[letter] ?? '', seen), padding);
  }
  return pattern + optional;
}

/** An escape such as `%m` or `%-10p`, or a character that stands for itself. */
const pieces = /(?:(%)(-?\d+)?)?([^])/g;

const padded = (pattern: string, padding: string): string =>
  padding === '' ? pattern : ` *${pattern} *`;

/** The first of several escapes alike is the one that counts; %t and %m are alike. */
function groupedOnce(pattern: string, seen: Set<string>): string {
  const group = /^\(\?<(\w+)>/.exec(pattern);
  if (group === null) return pattern;
  const [opened, called = ''] = group;
  if (seen.has(called)) return `(?:${pattern.slice(opened.length)}`;
  seen.add(called);
  return `(${pattern.slice(opened.length)}`;
}
