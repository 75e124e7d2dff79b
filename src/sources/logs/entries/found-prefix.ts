import { type LineHead, type LinePrefix, linePrefix, severities } from './line-prefix.ts';
import { LogTimes } from './log-times.ts';
import { syslogPart } from './stderr-entries.ts';

/** Settings of distributions, of hosted Postgres, and of guides; those that say less come first. */
const commonSettings = [
  '%m [%p] ',
  '%t [%p] ',
  '%t [%p]: ',
  '%m [%p]: ',
  '%m [%p] %q%u@%d ',
  '%t [%p] %q%u@%d ',
  '%t [%p-%l] %q%u@%d ',
  '%m [%p] %u@%d ',
  '%m [%p] %q[user=%u,db=%d,app=%a] ',
  '%m [%p] user=%u,db=%d,app=%a,client=%h ',
  '%t [%p]: user=%u,db=%d,app=%a,client=%h ',
  '%t [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ',
  '%m [%p]: [%l-1] user=%u,db=%d,app=%a,client=%h ',
  '%t [%p]: [%l-1] user=%u,db=%d ',
  '%m [%p]: [%l-1] db=%d,user=%u ',
  '%t:%r:%u@%d:[%p]:',
  '%t-%c-',
  '%m [%c] ',
  '%c %m ',
  '%m %c ',
  '%m %p %u@%d ',
  '%t %p ',
  '%m %p ',
  '%m ',
  '%t ',
];

const headLength = 1000;
const severity = new RegExp(`(?:^|[^A-Za-z])${severities}`);
const time = /\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?(?: (?:[A-Za-z]+|[+-]\d{2,4}))?/;
const session = /(?:^|[^0-9a-f.])([0-9a-f]{8}\.[0-9a-f]{1,8})(?![0-9a-f.])/;
const process = /\[(\d+)(?:-\d+)?\]/;

/**
 * For settings that nobody listed: a time, and a process in brackets or a session's number (%c),
 * wherever they stand before the severity.
 */
export const anyPrefix: LinePrefix = {
  setting: null,
  head(line, times): LineHead | null {
    const head = line.slice(0, headLength);
    const found = severity.exec(head);
    if (found === null) return null;
    const before = head.slice(0, found.index + 1);
    const at = time.exec(before)?.[0];
    return {
      session: session.exec(before)?.[1] ?? process.exec(before)?.[1] ?? '',
      database: null,
      atMs: at === undefined ? null : times.read(at),
      severity: found[1] ?? '',
      text: line.slice(found.index + found[0].length),
    };
  },
};

/** How many of the lines have such a head. */
export function matches(prefix: LinePrefix, lines: readonly string[]): number {
  const times = new LogTimes();
  return lines.filter((line) => prefix.head(line, times) !== null).length;
}

/** The setting that fits most of the lines of a plain log; null: none has the form of a log. */
export function foundPrefix(lines: readonly string[]): LinePrefix | null {
  const heads = lines.filter((line) => anyPrefix.head(line, new LogTimes()) !== null);
  let best = { prefix: anyPrefix, fits: 0 };
  for (const setting of commonSettings) {
    const prefix = linePrefix(setting);
    const fits = matches(prefix, heads);
    if (fits > best.fits) best = { prefix, fits };
  }
  // A server writes all lines alike: what fits some of them only is not its setting.
  if (best.fits > 0 && best.fits === heads.length) return best.prefix;
  // Anything may hold a line that looks like one of some log.
  const goesOn = (line: string): boolean =>
    line === '' || line.startsWith('\t') || syslogPart.test(line);
  const others = lines.filter((line) => !goesOn(line)).length - heads.length;
  return heads.length > others ? anyPrefix : null;
}
