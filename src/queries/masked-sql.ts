const value =
  String.raw`(?<value>` +
  [
    // Behind a quote that does not end, everything is text.
    String.raw`[eEbBxXnN]?'(?:[^'\\]|''|\\[^])*(?:'|$)`,
    String.raw`\$(?<tag>[A-Za-z_]\w*)?\$[^]*?(?:\$\k<tag>\$|$)`,
    // Neither a parameter nor a part of a name.
    String.raw`(?<![\w$.\u0080-\uffff])\.?\d[\d._]*(?:[eE][+-]?\d+)?\w*`,
  ].join('|') +
  ')';
/** What has no values, though it may look so: names in quotes, and comments. */
const other = String.raw`"(?:[^"]|"")*(?:"|$)|--[^\n]*|/\*[^]*?(?:\*/|$)`;
const pieces = new RegExp(`${other}|${value}`, 'g');

function withoutValues(sql: string, instead: (value: string) => string): string {
  return sql.replaceAll(pieces, (found: string, ...groups: readonly unknown[]) => {
    const { value: own } = groups.at(-1) as { readonly value?: string };
    return own === undefined ? found : instead(own);
  });
}

/** The SQL with `?` for its values: what a log holds may be anybody's data. */
export const maskedSql = (sql: string): string => withoutValues(sql, () => '?');

/**
 * The same for statements that differ in values only, where the same values are equal and all are
 * of the same kind: they have the same fate.
 */
export function sqlForm(sql: string): string {
  // Comments within each other are read by the grammar only.
  if (sql.includes('/*')) return sql;
  const numbers = new Map<string, number>();
  return withoutValues(sql, (text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return `\u0000${kindOf(text)}${number}\u0000`;
  });
}

/** As far as it matters for a key. */
function kindOf(text: string): string {
  if (/^'?\d+'?$/.test(text)) return text.startsWith("'") ? 'quoted integer' : 'integer';
  if (/^'[\da-f]{8}-[\da-f-]{27}'$/i.test(text)) return 'uuid';
  return /^\.?\d/.test(text) ? 'number' : 'text';
}
