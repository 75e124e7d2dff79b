import type { SqlProblem } from '../scenario/vocabulary.ts';
import type { SqlToken, Tokens } from './tokens.ts';

/** What named parameters make of a statement. */
export interface NumberedSql {
  /** With $1, $2 ... in place of the names. */
  readonly text: string;
  /** In the order of their numbers, each once: `tenant_id`, `new.orders.id`. */
  readonly names: readonly string[];
  /** First word in lower case, comments skipped; '' when there is none. */
  readonly verb: string;
  /** What keeps it from being one prepared statement. */
  readonly problems: readonly SqlProblem[];
  /** The index in the statement as written, of an index in `text`. */
  readonly writtenAt: (index: number) => number;
}

/**
 * Finds the named parameters of one statement. A colon that stands directly before a name is one,
 * with the names that follow behind points (`:new.orders.id`); but not within the brackets of an
 * array, behind what may be the lower end of a slice (`a[1:n]`).
 */
export function numberParameters(sql: string, found: Tokens): NumberedSql {
  const numbered = withNumbers(sql, parametersIn(found.tokens));
  const verb = found.tokens.find(({ kind }) => kind === 'word')?.text.toLowerCase() ?? '';
  return { ...numbered, verb, problems: problemsOf(sql, found) };
}

/** What stands for a value in a statement. */
export interface FoundParameter {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** It stands for a list in brackets, of which two values say all: `in %s`. */
  readonly list?: true;
}

/**
 * Puts numbers in place of parameters, the same for those of the same name.
 *
 * @param found in the order of their places
 * @param taken numbers that the statement has already
 */
export function withNumbers(
  sql: string,
  found: Iterable<FoundParameter>,
  taken: readonly string[] = [],
): Pick<NumberedSql, 'text' | 'names' | 'writtenAt'> {
  const names = [...taken];
  const numberOf = (name: string): string => {
    const known = names.indexOf(name);
    return `$${known === -1 ? names.push(name) : known + 1}`;
  };
  const pieces: Piece[] = [];
  let text = '';
  let at = 0;
  for (const { start, end, name, list } of found) {
    text += sql.slice(at, start);
    pieces.push({ text: text.length, written: start });
    text += list === true ? `(${numberOf(name)}, ${numberOf(`${name}, ...`)})` : numberOf(name);
    pieces.push({ text: text.length, written: end });
    at = end;
  }
  text += sql.slice(at);
  return { text, names, writtenAt: (index) => writtenAt(pieces, index) };
}

interface Piece {
  readonly text: number;
  readonly written: number;
}

function writtenAt(pieces: readonly Piece[], index: number): number {
  const piece = pieces.findLast(({ text }) => text <= index);
  return piece === undefined ? index : piece.written + index - piece.text;
}

export function* parametersIn(tokens: readonly SqlToken[]): Generator<FoundParameter> {
  const brackets: string[] = [];
  let before: SqlToken | undefined;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    if (token.text === '[' || token.text === '(') brackets.push(token.text);
    if (token.text === ']' || token.text === ')') brackets.pop();
    const isSlice = brackets.at(-1) === '[' && before?.operand === true;
    const words = token.kind === 'colon' && !isSlice ? wordsBehind(tokens, index) : [];
    const last = words.at(-1);
    if (token.kind !== 'comment') before = last ?? token;
    if (last === undefined) continue;
    yield {
      name: words.map((word) => word.text).join('.'),
      start: token.start,
      end: last.end,
    };
    index += 2 * words.length - 1;
  }
}

/** Words with points between them and nothing else, the first directly behind a token. */
function wordsBehind(tokens: readonly SqlToken[], index: number): SqlToken[] {
  const words: SqlToken[] = [];
  for (let at = index; ; at += 2) {
    const [mark, word] = [tokens[at], tokens[at + 1]];
    if (mark === undefined || word?.kind !== 'word' || word.start !== mark.end) return words;
    const isNext = at === index || (mark.text === '.' && mark.start === tokens[at - 1]?.end);
    if (!isNext) return words;
    words.push(word);
  }
}

function problemsOf(sql: string, { tokens, open, broken }: Tokens): SqlProblem[] {
  const problems: SqlProblem[] = [];
  if (open !== undefined) problems.push({ text: `has ${open.what}`, at: open.at });
  for (const { kind, text, start } of tokens) {
    if (kind !== 'parameter') continue;
    problems.push({ text: `uses ${text}; write a name such as :tenant_id`, at: start });
  }
  const spoken = tokens.filter(({ kind }) => kind !== 'comment');
  const end = spoken.findIndex(({ text }) => text === ';');
  const second = end === -1 ? undefined : spoken.slice(end).find(({ text }) => text !== ';');
  if (second !== undefined) {
    const text = 'has several statements; write each of them as its own list item';
    problems.push({ text, at: second.start });
  }
  const isEmpty = broken === undefined && !spoken.some(({ kind }) => kind === 'word');
  if (isEmpty) problems.push({ text: 'has no statement', at: sql.length });
  return distinct(problems);
}

const distinct = (problems: readonly SqlProblem[]): SqlProblem[] =>
  problems.filter(({ text }, at) => problems.findIndex((each) => each.text === text) === at);
