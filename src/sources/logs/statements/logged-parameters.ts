const quote = 0x27;

/**
 * `Parameters: $1 = 'it''s', $2 = NULL` (`parameters: ` before version 16). undefined: it is no
 * such text, or is cut.
 */
export function loggedParameters(detail: string): (string | null)[] | undefined {
  if (!/^[Pp]arameters: /.test(detail)) return undefined;
  const values: (string | null)[] = [];
  for (let at = 'parameters: '.length; ; ) {
    const name = `$${values.length + 1} = `;
    if (!detail.startsWith(name, at)) return undefined;
    at += name.length;
    if (detail.startsWith('NULL', at)) {
      values.push(null);
      at += 4;
    } else {
      const end = detail.charCodeAt(at) === quote ? closing(detail, at + 1) : -1;
      if (end === -1) return undefined;
      const text = detail.slice(at + 1, end);
      values.push(text.includes("'") ? text.replaceAll("''", "'") : text);
      at = end + 1;
    }
    if (at === detail.length) return values;
    if (!detail.startsWith(', ', at)) return undefined;
    at += 2;
  }
}

function closing(text: string, from: number): number {
  let at = text.indexOf("'", from);
  while (at !== -1 && text.charCodeAt(at + 1) === quote) at = text.indexOf("'", at + 2);
  return at;
}
