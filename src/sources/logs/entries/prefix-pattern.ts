const zone = '(?:[A-Za-z]+|[+-]\\d{2}(?:\\d\\d)?)';
const second = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d';

/** What of a prefix is read. */
export type PrefixPart = 'time' | 'epoch' | 'process' | 'session' | 'start' | 'remote' | 'database';

interface Escape {
  readonly pattern: string;
  readonly part?: PrefixPart;
  /** It may hold any letter, and ends where what follows begins. */
  readonly isAny?: true;
}

// Names are at most 63 bytes.
const name: Escape = { pattern: '[^]{0,63}?', isAny: true };
const host: Escape = { pattern: '[^]{0,255}?', isAny: true };

/** Escapes of log_line_prefix; all other letters stand for nothing, as in Postgres. */
const escapes: Readonly<Record<string, Escape>> = {
  a: name,
  u: name,
  d: { ...name, part: 'database' },
  b: name,
  i: name,
  r: { ...host, part: 'remote' },
  h: host,
  L: host,
  p: { pattern: '\\d+', part: 'process' },
  P: { pattern: '\\d*' },
  t: { pattern: `${second} ${zone}`, part: 'time' },
  m: { pattern: `${second}\\.\\d{3} ${zone}`, part: 'time' },
  n: { pattern: '\\d+\\.\\d{3}', part: 'epoch' },
  s: { pattern: `${second} ${zone}`, part: 'start' },
  c: { pattern: '[0-9a-f]+\\.[0-9a-f]+', part: 'session' },
  l: { pattern: '\\d+' },
  e: { pattern: '[0-9A-Z]{5}' },
  v: { pattern: '(?:-?\\d+/\\d+)?' },
  x: { pattern: '\\d+' },
  Q: { pattern: '-?\\d+' },
  '%': { pattern: '%' },
};

/** An escape such as `%m` or `%-10p`, or letters that stand for themselves. */
const pieces = /%(-?\d+)?([^])|([^%]+|%$)/g;

/**
 * The regular expression of a `log_line_prefix`, and what its groups are, from the first one. Where
 * a letter follows an escape for any text, the text ends at the first such letter, for good:
 * trying all others would take hours with a line that does not fit.
 */
export function prefixPattern(setting: string): {
  readonly pattern: string;
  readonly groups: readonly (PrefixPart | null)[];
} {
  const groups: (PrefixPart | null)[] = [];
  const found = [...setting.matchAll(pieces)];
  let pattern = '';
  let optional = '';
  for (const [index, [, padding, letter, literal]] of found.entries()) {
    const next = found[index + 1]?.[3];
    if (literal !== undefined) {
      // It stands in the lookahead of the escape before it already.
      const before = found[index - 1]?.[2];
      if (before === undefined || escapes[before]?.isAny !== true) pattern += quoted(literal);
    } else if (letter === 'q') {
      // Processes without a session write nothing of what follows.
      pattern += '(?:';
      optional += ')?';
    } else {
      const escape = escapes[letter ?? ''] ?? { pattern: '' };
      const isSettled = escape.isAny === true && next !== undefined;
      // A lookahead is never tried again once it has matched; the text it found is taken by number.
      const number = isSettled ? groups.push(null) : 0;
      const text = padded(grouped(escape, groups), padding);
      pattern += isSettled ? `(?=(${text}${quoted(next)}))(?:\\${number})` : text;
    }
  }
  return { pattern: pattern + optional, groups };
}

const quoted = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const padded = (pattern: string, padding: string | undefined): string =>
  padding === undefined ? pattern : ` {0,64}${pattern} {0,64}`;

/** Of several escapes alike the first one counts; %t and %m are alike. */
function grouped({ pattern, part }: Escape, groups: (PrefixPart | null)[]): string {
  if (part === undefined || groups.includes(part)) return pattern;
  groups.push(part);
  return `(${pattern})`;
}
