import { hashValue } from './value-hash.ts';

/** What joins the values of a key's columns. */
export const columnSeparator = '\u001f';

/**
 * A value as Postgres writes those of its type, so that one value has one text: `007` is 7 to an
 * integer, and uuids are in lower case. null: as it is, for the type is not known.
 */
export function textOfType(value: string, type: string | null): string {
  if (type === null) return value;
  if (/^(?:smallint|integer|bigint|int|oid)/.test(type)) {
    const [, sign = '', digits] = /^\s*([+-]?)0*(\d+)\s*$/.exec(value) ?? [];
    if (digits === undefined) return value;
    return sign === '-' && digits !== '0' ? `-${digits}` : digits;
  }
  if (type === 'uuid') return uuidText(value);
  if (/^(?:character\(|bpchar|char\()/.test(type)) return value.trimEnd();
  return value;
}

function uuidText(value: string): string {
  const hex = value.replaceAll(/[{}\s-]/g, '').toLowerCase();
  const found = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(hex);
  return found === null ? value : found.slice(1).join('-');
}

/**
 * The values of a key that a statement has, from those of each of its columns: rows of one INSERT
 * have theirs side by side. Without those that are NULL in part.
 *
 * @param columns by column, the values that its parameter has
 */
export function keyTexts(
  columns: readonly (readonly (string | null)[])[],
  types: readonly string[] | null,
): string[] {
  const rows = Math.max(...columns.map(({ length }) => length));
  if (columns.some(({ length }) => length === 0)) return [];
  const texts: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const parts: string[] = [];
    for (const [at, values] of columns.entries()) {
      const value = values.length === 1 ? values[0] : values[Math.min(row, values.length - 1)];
      if (value !== null && value !== undefined) parts.push(textOfType(value, types?.[at] ?? null));
    }
    if (parts.length === columns.length) texts.push(shortened(parts.join(columnSeparator)));
  }
  return texts;
}

/** Longer values are no keys, and a thousand of them no small memory. */
const lengthMost = 300;

function shortened(text: string): string {
  if (text.length <= lengthMost) return text;
  const hash = { high: 0, low: 0 };
  hashValue(text, hash);
  const word = (half: number): string => (half >>> 0).toString(16).padStart(8, '0');
  return `${text.slice(0, lengthMost)}...${word(hash.high)}${word(hash.low)}`;
}
