import { type FoundParameter, parametersIn, withNumbers } from './named-parameters.ts';
import type { SqlToken } from './tokens.ts';

/** A statement as Postgres takes it, and what its numbers stand for. */
export interface NumberedPlaceholders {
  readonly text: string;
  /** By number: `:tenant_id` or `$1` by its name, each `?` and `%s` by one of its own. */
  readonly names: readonly string[];
  /** The index in the statement as written, of an index in `text`. */
  readonly writtenAt: (index: number) => number;
}

/**
 * Numbers what libraries let an application write for a value: `$1` as it is, `:name`, `?` of JDBC
 * and others, `%s` and `%(name)s` of Python's, `@name`, and psql's `:'name'`. A `?` behind an
 * operand is Postgres' own operator, and a % behind one divides.
 */
export function numberPlaceholders(sql: string, tokens: readonly SqlToken[]): NumberedPlaceholders {
  const taken = tokens.flatMap(({ kind, text }) =>
    kind === 'parameter' ? Number(text.slice(1)) : [],
  );
  const most = taken.reduce((one, other) => Math.max(one, other), 0);
  const names = Array.from({ length: Math.min(most, parametersMost) }, (_, at) => `$${at + 1}`);
  const named = [...parametersIn(tokens)].map(({ name, start, end }): FoundParameter => {
    return { name: `:${name}`, start, end };
  });
  const all = [...named, ...marksIn(tokens)].toSorted((one, other) => one.start - other.start);
  return withNumbers(sql, withLists(all, tokens), names);
}

/** Postgres' own limit: a number above it is no parameter. */
const parametersMost = 65_535;

/** Operators that libraries' marks are written directly behind, as in `a=?`. */
const operators = /^(?:=|<>|!=|<=|>=|<|>|\+|-|\*|\/|\|\|)$/;

function* marksIn(tokens: readonly SqlToken[]): Generator<FoundParameter> {
  const spoken = tokens.filter(({ kind }) => kind !== 'comment');
  let isOperand = false;
  let marks = 0;
  for (let at = 0; at < spoken.length; at += 1) {
    const token = spoken[at];
    if (token === undefined) return;
    const mark = markAt(spoken, at, isOperand);
    isOperand = token.operand;
    if (mark === undefined) continue;
    const { name, tokens: count } = mark;
    const end = spoken[at + count - 1]?.end ?? token.end;
    yield { name: name ?? `mark ${(marks += 1)}`, start: token.end - 1, end };
    isOperand = true;
    at += count - 1;
  }
}

interface Mark {
  /** undefined: it has none. */
  readonly name?: string;
  /** How many tokens it is, the one included whose last character begins it. */
  readonly tokens: number;
}

function markAt(tokens: readonly SqlToken[], at: number, isOperand: boolean): Mark | undefined {
  const text = tokens[at]?.text ?? '';
  const [sign, before] = [text.slice(-1), text.slice(0, -1)];
  if (before === '' ? isOperand : !operators.test(before)) return undefined;
  if (sign === '?') return { tokens: 1 };
  const next = touching(tokens, at);
  if (next === undefined) return undefined;
  if (sign === '@' && next.kind === 'word') return { name: `@${next.text}`, tokens: 2 };
  if (sign === ':' && /^'[^']+'$/.test(next.text)) return { name: `:${next.text}`, tokens: 2 };
  if (sign !== '%') return undefined;
  if (next.text === 's') return { tokens: 2 };
  const [name, bracket, end] = [tokens[at + 2], tokens[at + 3], tokens[at + 4]];
  const isNamed = next.text === '(' && bracket?.text === ')' && end?.text === 's';
  return isNamed && name !== undefined ? { name: `%${name.text}`, tokens: 5 } : undefined;
}

/** The next token, where nothing stands between. */
function touching(tokens: readonly SqlToken[], at: number): SqlToken | undefined {
  const [one, other] = [tokens[at], tokens[at + 1]];
  return one !== undefined && other?.start === one.end ? other : undefined;
}

/** Behind IN without brackets, a library puts a list with its brackets. */
function withLists(
  found: readonly FoundParameter[],
  tokens: readonly SqlToken[],
): readonly FoundParameter[] {
  const behindIn = new Set<number>();
  const spoken = tokens.filter(({ kind }) => kind !== 'comment');
  for (const [at, token] of spoken.entries()) {
    const next = spoken[at + 1];
    if (/^in$/i.test(token.text) && next !== undefined) behindIn.add(next.start);
  }
  return found.map((each) => (behindIn.has(each.start) ? { ...each, list: true } : each));
}
