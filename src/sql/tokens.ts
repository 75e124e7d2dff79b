// Postgres' own tokenizer, of libpg_query.
import type { ScanResult, ScanToken } from 'libpg-query';
import { unitsOfBytes } from './utf8-places.ts';

export type Scan = (sql: string) => ScanResult;

export interface SqlToken {
  readonly kind: 'word' | 'parameter' | 'comment' | 'colon' | 'other';
  /** As written. */
  readonly text: string;
  /** Indexes into the statement, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Whether an operand may end with it, so that a colon behind it cannot begin one. */
  readonly operand: boolean;
}

export interface Tokens {
  readonly tokens: readonly SqlToken[];
  /** What never ends: a quote, a comment; its token is the last one. */
  readonly open?: { readonly what: string; readonly at: number };
  /** There is another fault, behind the last of the tokens; the parser words it. */
  readonly broken?: true;
}

export function tokensOf(sql: string, scan: Scan): Tokens {
  const nul = sql.indexOf('\0');
  if (nul !== -1) return { ...tokensOf(sql.slice(0, nul), scan), broken: true };
  const whole = scanned(sql, '', scan);
  if (whole !== undefined) return { tokens: whole };
  for (const { closer, what } of closersOf(sql)) {
    const tokens = scanned(sql, closer, scan);
    const last = tokens?.at(-1);
    if (tokens !== undefined && last !== undefined)
      return { tokens, open: { what, at: last.start } };
  }
  return { tokens: longestPrefix(sql, scan), broken: true };
}

/** undefined: the tokenizer refuses it, for a reason of which the library keeps no place. */
function scanned(sql: string, closer: string, scan: Scan): SqlToken[] | undefined {
  // It takes no empty text.
  if (sql === '') return [];
  try {
    const toUnits = unitsOfBytes(sql);
    const { tokens } = scan(withoutControls(sql) + closer);
    return tokens
      .map((token) => tokenIn(sql, token, toUnits))
      .filter(({ start }) => start < sql.length);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function tokenIn(sql: string, token: ScanToken, toUnits: (bytes: number) => number): SqlToken {
  const { tokenName, keywordName } = token;
  const [start, end] = [toUnits(token.start), toUnits(token.end)];
  const text = sql.slice(start, end);
  const kind = kindOf(tokenName, keywordName, text);
  return { kind, text, start, end, operand: isOperandEnd(keywordName, text) };
}

/** The library writes its tokens as JSON and forgets to escape them there. */
function withoutControls(sql: string): string {
  // oxlint-disable-next-line no-control-regex
  return sql.replaceAll(/[\u0001-\u0008\u000b\u000c\u000e-\u001f]/g, ' ');
}

function kindOf(name: string, keyword: string, text: string): SqlToken['kind'] {
  if (name === 'PARAM') return 'parameter';
  if (name === 'SQL_COMMENT' || name === 'C_COMMENT') return 'comment';
  if (text === ':') return 'colon';
  const isWord = keyword !== 'NO_KEYWORD' || (name === 'IDENT' && !text.startsWith('"'));
  return isWord ? 'word' : 'other';
}

function isOperandEnd(keyword: string, text: string): boolean {
  if (keyword === 'UNRESERVED_KEYWORD') return true;
  if (keyword !== 'NO_KEYWORD') return /^(?:end|null|true|false)$/i.test(text);
  return /[\w$"')\]\u0080-\uffff]$/.test(text);
}

/**
 * What would end a token that does not: only the right one does, because inside of the token the
 * others are text like any other.
 */
function* closersOf(sql: string): Generator<{ closer: string; what: string }> {
  const quote = "a quote (') that is not closed";
  yield { closer: "'", what: quote };
  // Behind a backslash that escapes the first.
  yield { closer: "''", what: quote };
  // An empty name would be a fault of its own.
  yield { closer: 'x"', what: 'a quote (") that is not closed' };
  const depth = sql.split('/*').length;
  // Those that are too many are operators, each by itself.
  yield { closer: ' */'.repeat(depth), what: 'a comment that does not end' };
  for (const tag of new Set(sql.match(/\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/g))) {
    yield { closer: tag, what: `a ${tag} that does not end` };
  }
}

/** The tokens up to a fault such as `1a`, by halving: near enough, as it is for messages only. */
function longestPrefix(sql: string, scan: Scan): SqlToken[] {
  let best: SqlToken[] = [];
  let [low, high] = [0, sql.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const tokens = tokensOrOpen(sql.slice(0, middle), scan);
    if (tokens === undefined) high = middle;
    else [low, best] = [middle, tokens];
  }
  return best;
}

/** A prefix may end within a string, which is no fault of it. */
function tokensOrOpen(prefix: string, scan: Scan): SqlToken[] | undefined {
  const whole = scanned(prefix, '', scan);
  if (whole !== undefined) return whole;
  for (const { closer } of closersOf(prefix)) {
    const tokens = scanned(prefix, closer, scan);
    if (tokens !== undefined) return tokens.slice(0, -1);
  }
  return undefined;
}
