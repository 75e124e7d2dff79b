/** What a named parameter of a script says: `:value`, `:draw.column`, `:new.table.column`. */
export type ParameterName =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'column'; readonly of: string; readonly column: string };

/** `new.orders.id` is the column id of the draw `new.orders`. undefined: it is of no such form. */
export function parameterName(name: string): ParameterName | undefined {
  const parts = name.split('.');
  const [first = '', second = '', third] = parts;
  if (parts.length === 1) return { kind: 'word', word: first };
  if (parts.length === 2 && first !== newWord) return { kind: 'column', of: first, column: second };
  return parts.length === 3 && first === newWord && third !== undefined
    ? { kind: 'column', of: newName(second), column: third }
    : undefined;
}

export const newWord = 'new';

/** The draw of a new row of a table. */
export const newName = (table: string): string => `${newWord}.${table}`;

/** The table of a new row's draw; undefined for every other draw. */
export function tableOfNew(name: string): string | undefined {
  return name.startsWith(`${newWord}.`) ? name.slice(newWord.length + 1) : undefined;
}

const suffixes = [
  ['_from', 'from'],
  ['_to', 'to'],
  ['_list', 'list'],
] as const;

export interface ColumnForm {
  readonly column: string;
  readonly form: 'value' | 'list' | 'from' | 'to';
}

/** A column's own name goes before a suffix, so that a column may be called valid_from. */
export function columnForm(name: string, columns: readonly string[]): ColumnForm | undefined {
  if (columns.includes(name)) return { column: name, form: 'value' };
  for (const [suffix, form] of suffixes) {
    const column = name.slice(0, -suffix.length);
    if (name.endsWith(suffix) && columns.includes(column)) return { column, form };
  }
  return undefined;
}
