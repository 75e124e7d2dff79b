// The rules of Postgres' own lexer, src/backend/parser/scan.l of version 18.

/** Where a token ends that never does: an open quote or comment. */
export const open = -1;

const newline = (code: number): boolean => code === 10 || code === 13;
export const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

export function startsName(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code >= 128;
}

/** Whether a name goes on with it; any byte above ASCII is a letter to the lexer. */
export function continuesName(code: number): boolean {
  return startsName(code) || isDigit(code) || code === 36;
}

export function nameEnd(sql: string, at: number): number {
  let end = at;
  while (end < sql.length && continuesName(sql.charCodeAt(end))) end += 1;
  return end;
}

/** How a quote within a string is written: doubled, behind a backslash as well, not at all. */
export type Quoting = 'plain' | 'escapes' | 'bits';

/** Behind a string that begins with the quote at `at`, and all that it is continued by. */
export function stringEnd(sql: string, at: number, quoting: Quoting): number {
  let from = at;
  for (;;) {
    const end = quoteEnd(sql, from + 1, quoting);
    if (end === open) return open;
    const next = continuation(sql, end);
    if (next === open) return end;
    from = next;
  }
}

function quoteEnd(sql: string, from: number, quoting: Quoting): number {
  if (quoting === 'plain') return plainQuote(sql, from);
  if (quoting === 'escapes') return escapedQuote(sql, from);
  const quote = sql.indexOf("'", from);
  return quote === -1 ? open : quote + 1;
}

function plainQuote(sql: string, from: number): number {
  let at = from;
  for (;;) {
    const quote = sql.indexOf("'", at);
    if (quote === -1) return open;
    if (sql.charCodeAt(quote + 1) !== 39) return quote + 1;
    at = quote + 2;
  }
}

function escapedQuote(sql: string, from: number): number {
  for (let at = from; at < sql.length; at += 1) {
    const code = sql.charCodeAt(at);
    if (code === 92) at += 1;
    else if (code === 39) {
      if (sql.charCodeAt(at + 1) !== 39) return at + 1;
      at += 1;
    }
  }
  return open;
}

/** The quote that goes on with a string: on another line, with nothing but comments between. */
function continuation(sql: string, from: number): number {
  let lines = 0;
  let at = from;
  for (; at < sql.length; at += 1) {
    const code = sql.charCodeAt(at);
    if (newline(code)) lines += 1;
    else if (code === 45 && sql.charCodeAt(at + 1) === 45) at = lineEnd(sql, at) - 1;
    else if (!isSpace(code)) break;
  }
  return lines > 0 && sql.charCodeAt(at) === 39 ? at : open;
}

/** The line break that ends a comment, or the end of the text. */
export function lineEnd(sql: string, at: number): number {
  let end = at;
  while (end < sql.length && !newline(sql.charCodeAt(end))) end += 1;
  return end;
}

/** Behind a comment that begins at `at`, those within it included. */
export function commentEnd(sql: string, at: number): number {
  let depth = 0;
  for (let next = at; next < sql.length - 1; next += 1) {
    const [code, following] = [sql.charCodeAt(next), sql.charCodeAt(next + 1)];
    if (code === 47 && following === 42) depth += 1;
    else if (code === 42 && following === 47) depth -= 1;
    else continue;
    next += 1;
    if (depth === 0) return next + 1;
  }
  return open;
}

export function quotedNameEnd(sql: string, at: number): number {
  let from = at + 1;
  for (;;) {
    const quote = sql.indexOf('"', from);
    if (quote === -1) return open;
    if (sql.charCodeAt(quote + 1) !== 34) return quote + 1;
    from = quote + 2;
  }
}

const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

/** Behind a dollar quote; undefined: there is none at `at`. */
export function dollarEnd(sql: string, at: number): number | undefined {
  dollarTag.lastIndex = at;
  const tag = dollarTag.exec(sql)?.[0];
  if (tag === undefined) return undefined;
  const end = sql.indexOf(tag, at + tag.length);
  return end === -1 ? open : end + tag.length;
}

const based = /0(?:[xX](?:_?[0-9A-Fa-f])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)/y;
const digits = '\\d(?:_?\\d)*';
const decimal = new RegExp(
  `(?:${digits}(?:\\.(?!\\.)(?:${digits})?)?|\\.${digits})(?:[eE][+-]?${digits})?`,
  'y',
);

/** Behind a number that begins at `at`. */
export function numberEnd(sql: string, at: number): number {
  let end = at;
  while (isDigit(sql.charCodeAt(end))) end += 1;
  const next = sql.charCodeAt(end);
  // Most of them are plain: nothing that a number could go on with.
  if (end > at && next !== 46 && !continuesName(next)) return end;
  return matchEnd(based, sql, at) ?? matchEnd(decimal, sql, at) ?? end;
}

function matchEnd(pattern: RegExp, sql: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(sql) ? pattern.lastIndex : undefined;
}

/** Behind all white space and comments from `at`; `open` where a comment does not end. */
export function gapEnd(sql: string, from: number): number {
  let at = from;
  for (;;) {
    const code = sql.charCodeAt(at);
    const next = sql.charCodeAt(at + 1);
    if (isSpace(code)) at += 1;
    else if (code === 45 && next === 45) at = lineEnd(sql, at);
    else if (code === 47 && next === 42) {
      at = commentEnd(sql, at);
      if (at === open) return open;
    } else return at;
  }
}

const escapeWord = /uescape/iy;

/** Behind `uescape '!'`, which may follow what begins with U& and is a part of it. */
export function withEscape(sql: string, end: number): number {
  if (end === open) return open;
  const word = gapEnd(sql, end);
  if (word === open) return end;
  const behind = matchEnd(escapeWord, sql, word);
  const quote = behind === undefined ? open : gapEnd(sql, behind);
  if (quote === open || sql.charCodeAt(quote) !== 39) return end;
  return plainQuote(sql, quote + 1);
}
