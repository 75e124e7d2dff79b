import { jsonObject } from '../entries/json-entries.ts';

/** How a dump of pg_stat_statements is written. */
export type DumpForm =
  | { readonly form: 'delimited'; readonly delimiter: ',' | ';' | '\t' }
  | { readonly form: 'json array' | 'json lines' }
  /** As psql prints it, with `|` between columns. */
  | { readonly form: 'psql table' };

/** null: it is none. */
export function dumpForm(lines: readonly string[]): DumpForm | null {
  const first = lines.findIndex((line) => line.trim() !== '');
  const head = lines[first];
  if (head === undefined) return null;
  if (head.trimStart().startsWith('[')) {
    const text = lines.slice(0, 200).join('\n');
    return /"query"\s*:/.test(text) && /"calls"\s*:/.test(text) ? { form: 'json array' } : null;
  }
  if (head.startsWith('{')) {
    const object = jsonObject(head);
    const isRow = object !== undefined && 'query' in object && 'calls' in object;
    return isRow ? { form: 'json lines' } : null;
  }
  if (/^-+(?:\+-+)+$/.test((lines[first + 1] ?? '').trim()) && isHead(head.split('|'))) {
    return { form: 'psql table' };
  }
  for (const delimiter of [',', ';', '\t'] as const) {
    if (isHead(head.split(delimiter))) return { form: 'delimited', delimiter };
  }
  return null;
}

export const columnName = (cell: string): string =>
  cell.trim().replaceAll(/^"|"$/g, '').toLowerCase();

function isHead(cells: readonly string[]): boolean {
  const names = new Set(cells.map(columnName));
  return names.has('query') && names.has('calls');
}
