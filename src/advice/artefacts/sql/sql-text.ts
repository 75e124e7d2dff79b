import type { KeyType } from '../../../base/keys.ts';

/** A text as a literal of SQL, whatever standard_conforming_strings is. */
export function sqlText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return quoted.includes('\\') ? `E${quoted.replaceAll('\\', String.raw`\\`)}` : quoted;
}

/** A key as a literal of its type. */
export function sqlKey(type: KeyType, key: string): string {
  return type === 'int8' ? `'${key}'::int8` : `${sqlText(key)}::${type}`;
}

/** Always quoted: a name may be a word of SQL. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export const sqlNames = (names: readonly string[]): string => names.map(sqlName).join(', ');

/** Quotes the body of a function by a tag that it does not hold. */
export function dollarQuoted(body: string): string {
  let tag = '$shardlab$';
  for (let i = 0; body.includes(tag); i += 1) tag = `$shardlab${i}$`;
  return `${tag}\n${body.trim()}\n${tag}`;
}
