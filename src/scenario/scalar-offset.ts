import type { Scalar } from 'yaml';

/**
 * Where in the file the character of a text stands whose index in the text's value is `index`; just
 * behind the last character where the value ends there. Indentation, folded lines and chomping
 * change blanks only, so the characters that are none are counted, in the value and in the file.
 */
export function offsetInScalar(scalar: Scalar, source: string, index: number): number {
  const [start = 0, end = start] = scalar.range ?? [];
  const written = source.slice(start, end);
  const value = String(scalar.value);
  const before = inkOf(value.slice(0, index));
  const isAtEnd = inkOf(value.slice(index)) === 0;
  const from = firstOf(scalar, written);
  const body = written.slice(from, written.length - (isQuoted(scalar) ? 1 : 0));
  let seen = 0;
  for (const { 0: token, index: at } of body.matchAll(tokensOf[scalar.type ?? 'PLAIN'] ?? /./gsu)) {
    const ink = inkOf(decoded(token));
    if (ink === 0) continue;
    if (isAtEnd && seen + ink >= before) return start + from + at + token.length;
    if (seen + ink > before) return start + from + at;
    seen += ink;
  }
  return start;
}

/** How many characters are no blanks, in UTF-16 units. */
const inkOf = (text: string): number => text.replaceAll(/\s/g, '').length;

const isQuoted = ({ type }: Scalar): boolean => type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';

/** A quote is one character long; the header of a block is the rest of its line. */
function firstOf(scalar: Scalar, written: string): number {
  if (isQuoted(scalar)) return 1;
  return scalar.type?.startsWith('BLOCK') === true ? written.indexOf('\n') + 1 : 0;
}

/** What stands for one character of the value, or for none. */
const tokensOf: Readonly<Record<string, RegExp>> = {
  QUOTE_DOUBLE: /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|.)|./gsu,
  QUOTE_SINGLE: /''|./gsu,
};

/** YAML 1.2, 5.7: what is no code point stands for one character, blank or not. */
function decoded(token: string): string {
  if (token === "''") return "'";
  if (!token.startsWith('\\') || token.length === 1) return token;
  const code = /^\\[xuU]([\da-f]+)$/i.exec(token)?.[1];
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
  return blankEscapes.test(token) ? ' ' : (unblankEscapes[token] ?? token.slice(1));
}

/** A tab, line and paragraph breaks, blanks, and a line break that is none. */
const blankEscapes = /^\\[tnvfr \t\n\rN_LP]$/;
const unblankEscapes: Readonly<Record<string, string>> = {
  '\\a': '\x07',
  '\\b': '\b',
  '\\e': '\x1b',
};
