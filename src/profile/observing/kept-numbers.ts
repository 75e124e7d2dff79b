/** Types that the grammar knows by name, whose lengths it takes as numbers only. */
const types = new Set(
  (
    'char character varchar varying nchar bit numeric decimal dec float time timestamp interval ' +
    'second'
  ).split(' '),
);

export const isType = (sql: string, start: number, end: number): boolean =>
  end - start <= 9 && types.has(sql.slice(start, end).toLowerCase());

const modifiers = /\(\s*-?\d{1,4}(?:\s*,\s*-?\d{1,4})*\s*\)/y;

/** Behind the length of a type, `(20)` or `(12, 2)`; undefined where it is something else. */
export function modifiersEnd(sql: string, at: number): number | undefined {
  modifiers.lastIndex = at;
  return modifiers.test(sql) ? modifiers.lastIndex : undefined;
}

const ordinal = /\d{1,4}(?=\s*(?:[,);]|$|[a-z]|--|\/\*))/iy;

/** Whether the number is the place of a column, as in `order by 2 desc`, and no expression. */
export function keepsOrdinal(sql: string, start: number, end: number): boolean {
  ordinal.lastIndex = start;
  return ordinal.test(sql) && ordinal.lastIndex === end;
}
