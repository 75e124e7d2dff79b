const name = '(?:"(?:[^"]|"")*"|[A-Za-z_\\u0080-\\uffff][\\w$\\u0080-\\uffff]*)';
const execute = new RegExp(`^\\s*execute\\s+(${name})\\s*(?:\\(([^]*)\\))?\\s*;?\\s*$`, 'i');
/** Types may have brackets of their own: `(numeric(10, 2), int[])`. */
const types = '(?:\\((?:[^()]|\\([^()]*\\))*\\)\\s*)?';
const preparation = `\\s*prepare\\s+${name}\\s*${types}\\bas\\b\\s*([^]*)$`;
const prepared = new RegExp(`^${preparation}`, 'i');
const preparedDetail = new RegExp(`^prepare:${preparation}`, 'i');
/** A plain literal, with a cast or without one. */
const literal = "'((?:[^'\\\\]|'')*)'|([+-]?\\d[\\d.]*(?:e[+-]?\\d+)?)|(null|true|false)";
const cast = '(?:\\s*::\\s*[\\w ."[\\]()]+?)?';
const argument = new RegExp(`\\s*(?:${literal})${cast}\\s*(?:,|$)`, 'iy');

/**
 * `execute one(5, 'a')` as what it runs, which the log has in the detail (`prepare: prepare one as
 * ...`), with its parameters where all are plain literals. null: it is no such statement.
 */
export function executedStatement(
  sql: string,
  detail: string | null,
): { readonly sql: string; readonly parameters: readonly (string | null)[] | null } | null {
  if (detail === null || !/^prepare:/i.test(detail)) return null;
  const call = execute.exec(sql);
  const text = preparedDetail.exec(detail)?.[1]?.trimEnd().replace(/;$/, '');
  if (call === null || text === undefined || text === '') return null;
  return { sql: text, parameters: values(call[2] ?? '') };
}

/**
 * What runs where a statement that SQL has prepared is executed by the protocol: the log has the
 * whole PREPARE there.
 */
export function preparedBody(sql: string): string {
  const body = prepared.exec(sql)?.[1]?.trimEnd().replace(/;$/, '');
  return body === undefined || body === '' ? sql : body;
}

function values(list: string): (string | null)[] | null {
  const found: (string | null)[] = [];
  argument.lastIndex = 0;
  for (let at = 0; at < list.length; at = argument.lastIndex) {
    argument.lastIndex = at;
    const value = argument.exec(list);
    if (value === null) return null;
    const [, quoted, number, word] = value;
    if (quoted !== undefined) found.push(quoted.replaceAll("''", "'"));
    else found.push(number ?? (word?.toLowerCase() === 'null' ? null : (word ?? null)));
  }
  return found;
}
