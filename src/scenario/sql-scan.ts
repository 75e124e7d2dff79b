// Lexical structure of PostgreSQL 18: https://www.postgresql.org/docs/18/sql-syntax-lexical.html

/** What named parameters make of a statement. */
export interface SqlScan {
  /** The statement with $1, $2 ... in place of the names. */
  readonly text: string;
  /** Names in the order of their numbers, each once: `tenant_id`, `other.tenant_id`. */
  readonly names: readonly string[];
  /** First word in lower case, comments skipped; '' when there is none. */
  readonly verb: string;
  /** What keeps it from being one prepared statement; full clauses for an error message. */
  readonly faults: readonly string[];
  /** Where each token begins, in the statement as written and in `text`. */
  readonly pieces: readonly Piece[];
}

/** Every token that could hide a colon, longest reading first; all match at `lastIndex` only. */
const tokens = {
  space: /\s+/y,
  lineComment: /--[^\n\r]*/y,
  // The string goes on after a line break, in the same (backslash) reading.
  escapeString:
    /[eE]'[^'\\]*(?:(?:\\[\s\S]|''|'(?:[ \t\f\v\r]|--[^\n]*)*\n(?:\s|--[^\n]*\n)*')[^'\\]*)*'/y,
  string: /'[^']*(?:''[^']*)*'/y,
  quotedIdentifier: /"[^"]*(?:""[^"]*)*"/y,
  word: /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y,
  number: /[0-9]\w*/y,
  colons: /::|:=/y,
  parameter: /:((?:other\.)?[A-Za-z_]\w*)/y,
  positional: /\$[0-9]+/y,
  end: /;/y,
} as const;

const dollarTag = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

type TokenKind = keyof typeof tokens | 'blockComment' | 'dollarString' | 'other';

interface Token {
  readonly kind: TokenKind;
  readonly end: number;
  /** Set when the token never ends: what is missing. */
  readonly open?: string;
}

/**
 * Finds the named parameters of one statement. Quotes, identifiers, dollar quotes, comments, casts
 * (`::`) and `:=` are left alone; a colon before a letter is a parameter, so a slice of an array is
 * written with a space after its colon (`a[x : y]`).
 */
export function scanSql(sql: string): SqlScan {
  const names: string[] = [];
  const faults = new Set<string>();
  let text = '';
  let verb = '';
  let ended = false;
  const pieces: Piece[] = [];
  for (let at = 0; at < sql.length; ) {
    const token = tokenAt(sql, at);
    const raw = sql.slice(at, token.end);
    pieces.push({ text: text.length, written: at });
    at = token.end;
    text += token.kind === 'parameter' ? numbered(raw.slice(1), names) : raw;
    if (token.open !== undefined) faults.add(`has ${token.open}`);
    if (token.kind === 'positional') faults.add(`uses ${raw}; write a name such as :tenant_id`);
    if (isBlank(token.kind)) continue;
    if (ended && token.kind !== 'end')
      faults.add('has several statements; write each of them as its own list item');
    if (token.kind === 'end') ended = true;
    if (verb === '' && token.kind === 'word') verb = raw.toLowerCase();
  }
  pieces.push({ text: text.length, written: sql.length });
  if (verb === '') faults.add('has no statement');
  return { text, names, verb, faults: [...faults], pieces };
}

interface Piece {
  readonly text: number;
  readonly written: number;
}

/** The index in the statement as written, of an index in `text`; tokens are as long in both. */
export function writtenAt({ pieces }: SqlScan, index: number): number {
  const piece = pieces.findLast(({ text }) => text <= index);
  return piece === undefined ? index : piece.written + index - piece.text;
}

function numbered(name: string, names: string[]): string {
  const known = names.indexOf(name);
  return `$${known === -1 ? names.push(name) : known + 1}`;
}

function isBlank(kind: TokenKind): boolean {
  return kind === 'space' || kind === 'lineComment' || kind === 'blockComment';
}

function tokenAt(sql: string, at: number): Token {
  if (sql.startsWith('/*', at)) return blockComment(sql, at);
  for (const kind of tokenKinds) {
    // What is left of a quote that never ends would otherwise be read as a word.
    if (kind === 'word' && openQuote(sql, at)) break;
    const end = matchEnd(tokens[kind], sql, at);
    if (end !== undefined) return { kind, end };
  }
  const tagEnd = matchEnd(dollarTag, sql, at);
  if (tagEnd !== undefined) return dollarString(sql, at, tagEnd);
  return openQuote(sql, at) ?? { kind: 'other', end: at + 1 };
}

const tokenKinds = [
  'space',
  'lineComment',
  'escapeString',
  'string',
  'quotedIdentifier',
  'word',
  'number',
  'colons',
  'parameter',
  'positional',
  'end',
] as const;

function matchEnd(pattern: RegExp, sql: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(sql) ? pattern.lastIndex : undefined;
}

/** Comments nest in Postgres, unlike in C. */
function blockComment(sql: string, at: number): Token {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = at;
  let depth = 0;
  for (let mark = marks.exec(sql); mark !== null; mark = marks.exec(sql)) {
    depth += mark[0] === '/*' ? 1 : -1;
    if (depth === 0) return { kind: 'blockComment', end: marks.lastIndex };
  }
  return { kind: 'blockComment', end: sql.length, open: 'a comment that does not end' };
}

function dollarString(sql: string, at: number, tagEnd: number): Token {
  const tag = sql.slice(at, tagEnd);
  const close = sql.indexOf(tag, tagEnd);
  if (close !== -1) return { kind: 'dollarString', end: close + tag.length };
  return { kind: 'dollarString', end: sql.length, open: `a ${tag} that does not end` };
}

function openQuote(sql: string, at: number): Token | undefined {
  const quote = /^e'/i.test(sql.slice(at, at + 2)) ? "'" : sql[at];
  if (quote !== "'" && quote !== '"') return undefined;
  return { kind: 'string', end: sql.length, open: `a quote (${quote}) that is not closed` };
}
