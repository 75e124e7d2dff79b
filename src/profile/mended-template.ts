import type { Grammar } from '../sql/grammar.ts';
import type { SqlToken } from '../sql/tokens.ts';
import { numberedLiterals } from './numbered-literals.ts';
import { editedSql, type SqlEdit } from './sql-edits.ts';

/**
 * A template as pg_stat_statements (13 to 18) and logs show it, as Postgres would take it: without
 * comments, without what DECLARE CURSOR and PREPARE put before a query, `$1::interval` for
 * `interval $1`, arrays for the lists that Postgres 18 shortens. What cannot be mended stays as it
 * is, and `noOperation` says why. Mending twice changes nothing more.
 */
export function mendedTemplate(sql: string, grammar: Grammar): string {
  const { tokens, open, broken } = grammar.tokens(sql);
  if (open !== undefined || broken === true) return sql.trim();
  const bare = scanned(withoutComments(sql, tokens, grammar), { sql, tokens }, grammar);
  const query = scanned(queryOf(withoutTail(bare), grammar), bare, grammar);
  return withCasts(withDateParts(query), grammar);
}

interface Scanned {
  readonly sql: string;
  readonly tokens: readonly SqlToken[];
}

/** Most statements need no mending, and are scanned once. */
const scanned = (sql: string, before: Scanned, grammar: Grammar): Scanned =>
  sql === before.sql ? before : { sql, tokens: grammar.tokens(sql).tokens };

const squashed = /^\/\*, \.\.\. \*\/$/;

function withoutComments(sql: string, tokens: readonly SqlToken[], grammar: Grammar): string {
  if (!tokens.some(({ kind }) => kind === 'comment')) return sql;
  const edits = tokens.flatMap((token, at) => {
    if (token.kind !== 'comment') return [];
    const list = squashed.test(token.text) ? squashedList(tokens, at) : undefined;
    return list ?? [{ start: token.start, end: token.end, text: ' ' }];
  });
  const bare = editedSql(sql, edits);
  // A comment beside a blank leaves two of them.
  return grammar.tokens(bare).tokens.reduce((text, token, at, all) => {
    const before = all[at - 1];
    if (before === undefined) return token.text;
    const gap = bare.slice(before.end, token.start);
    return text + gap.replaceAll(/ {2,}/g, ' ') + token.text;
  }, '');
}

/**
 * `in ($1 /*, ... *\/)` is `= any ($1)`, and `array[$1 /*, ... *\/]` is `$1`: a list, of which it
 * is no longer known how many it had, but that it had several.
 */
function squashedList(tokens: readonly SqlToken[], at: number): SqlEdit[] | undefined {
  const [item, close, comment] = [tokens[at - 1], tokens[at + 1], tokens[at]];
  const first = tokens[at - 2];
  if (item?.kind !== 'parameter' || first === undefined || comment === undefined) return undefined;
  const lead = tokens[at - 3];
  const word = lead?.text.toLowerCase();
  const gone = { start: item.end, end: comment.end, text: '' };
  if (lead === undefined || close === undefined) return undefined;
  if (first.text === '[' && word === 'array') {
    const ends = { start: close.start, end: close.end, text: '' };
    return [{ start: lead.start, end: item.start, text: '' }, gone, ends];
  }
  if (first.text !== '(' || word !== 'in') return undefined;
  const not = tokens[at - 4];
  const isNot = not?.text.toLowerCase() === 'not';
  const start = isNot ? not.start : lead.start;
  return [{ start, end: lead.end, text: isNot ? '<> all' : '= any' }, gone];
}

/** Semicolons at either end, and blanks. */
function withoutTail({ sql, tokens }: Scanned): string {
  const spoken = tokens.findIndex(({ text }) => text !== ';');
  const last = tokens.findLastIndex(({ text }) => text !== ';');
  return spoken === -1 ? '' : sql.slice(tokens[spoken]?.start, tokens[last]?.end);
}

/**
 * The query of DECLARE ... CURSOR FOR and of PREPARE ... AS, of which Postgres counts the runs; it
 * keeps their literals, which are numbered here.
 */
function queryOf(sql: string, grammar: Grammar): string {
  if (!/^(?:declare|prepare)\s/i.test(sql)) return sql;
  const { tokens } = grammar.tokens(sql);
  const words = tokens.map(({ text }) => text.toLowerCase());
  const isCursor = words[0] === 'declare' && words.includes('cursor');
  if (!isCursor && (words[0] !== 'prepare' || words[1] === 'transaction')) return sql;
  const lead = isCursor ? words.indexOf('for', words.indexOf('cursor')) : words.indexOf('as');
  const query = lead === -1 ? undefined : tokens[lead + 1];
  return query === undefined ? sql : numberedLiterals(sql.slice(query.start), grammar);
}

/** `extract(year from x)` is shown as `extract($1 from x)`, where no parameter may stand. */
function withDateParts({ sql, tokens }: Scanned): string {
  const edits = tokens.flatMap((token, at) => {
    const [open, field, from] = tokens.slice(at + 1, at + 4);
    const isExtract =
      token.text.toLowerCase() === 'extract' &&
      open?.text === '(' &&
      field?.kind === 'parameter' &&
      from?.text.toLowerCase() === 'from';
    if (!isExtract) return [];
    return [
      { start: token.start, end: token.end, text: 'date_part' },
      { start: field.end, end: from.end, text: ',' },
    ];
  });
  return editedSql(sql, edits);
}

/** `interval $1` and its like, which the grammar finds: no rule over words could. */
function withCasts(sql: string, grammar: Grammar): string {
  const cast = castOnce(sql, grammar);
  // Of `savepoint $1` no cast makes SQL.
  return 'fault' in grammar.parse(cast) ? sql : cast;
}

function castOnce(sql: string, grammar: Grammar): string {
  const parsed = grammar.parse(sql);
  if (!('fault' in parsed)) return sql;
  const { tokens } = grammar.tokens(sql);
  const at = tokens.findIndex(
    ({ kind, start }) => kind === 'parameter' && start === parsed.fault.at,
  );
  const parameter = tokens[at];
  const start = typeStart(tokens, at);
  if (parameter === undefined || start === undefined) return sql;
  const type = sql.slice(start, parameter.start).trim();
  const edit = { start, end: parameter.end, text: `${parameter.text}::${type}` };
  return castOnce(editedSql(sql, [edit]), grammar);
}

/** Where the name of a type begins that ends before a token; undefined where none does. */
function typeStart(tokens: readonly SqlToken[], end: number): number | undefined {
  let at = withoutLength(tokens, end - 1);
  const word = (index: number): string => tokens[index]?.text.toLowerCase() ?? '';
  if (word(at) === 'zone' && word(at - 1) === 'time') at = withoutLength(tokens, at - 3);
  if (word(at) === 'varying' || word(at) === 'precision') at -= 1;
  if (['character', 'char'].includes(word(at)) && ['national', 'nchar'].includes(word(at - 1)))
    at -= 1;
  while (word(at - 1) === '.') at -= 2;
  const token = tokens[at];
  const isName = token?.kind === 'word' || token?.text.startsWith('"') === true;
  return isName ? token?.start : undefined;
}

/** Passes over `(3)` and `(10,2)`. */
function withoutLength(tokens: readonly SqlToken[], at: number): number {
  if (tokens[at]?.text !== ')') return at;
  let open = at;
  while (open > 0 && tokens[open]?.text !== '(') open -= 1;
  return open - 1;
}
