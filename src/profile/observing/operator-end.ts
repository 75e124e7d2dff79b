import { startsName } from './literal-ends.ts';

const operators = codesOf('~!@#^&|`?+-*/%<>=');
const mayEndInSign = codesOf('~!@#^&|`?%');

function codesOf(characters: string): ReadonlySet<number> {
  return new Set(new TextEncoder().encode(characters));
}

export const isOperator = (code: number): boolean => operators.has(code);

/**
 * Behind the operator at `at`, as the lexer cuts it: it ends before a comment, and with + or - only
 * where it has a character that no operator of the standard has, so that `a=-1` is three tokens.
 */
export function operatorEnd(sql: string, at: number): number {
  let end = at + 1;
  let special = mayEndInSign.has(sql.charCodeAt(at));
  for (; end < sql.length; end += 1) {
    const code = sql.charCodeAt(end);
    if (!operators.has(code)) break;
    const next = sql.charCodeAt(end + 1);
    if ((code === 45 && next === 45) || (code === 47 && next === 42)) break;
    special ||= mayEndInSign.has(code);
  }
  if (special) return end;
  while (end > at + 1 && isSign(sql.charCodeAt(end - 1))) end -= 1;
  return end;
}

const isSign = (code: number): boolean => code === 43 || code === 45;

/** Words behind which an expression begins, so that a minus there is a sign. */
const before = new Set(
  (
    'select where and or not in like ilike then else when case between limit offset returning by ' +
    'on having values from all any some distinct to using as with default symmetric for escape ' +
    'is set return asymmetric'
  ).split(' '),
);

export const beginsExpression = (word: string): boolean => before.has(word.toLowerCase());

/** What binds closer to a number than the minus before it: `-1::int` is a cast with a sign. */
export function bindsCloser(sql: string, at: number): boolean {
  const code = sql.charCodeAt(at);
  if (code === 91) return true;
  if (code === 58) return sql.charCodeAt(at + 1) === 58;
  return code === 46 && startsName(sql.charCodeAt(at + 1));
}
