import type { Evidence, SchemaEvidence, TableEvidence } from '../evidence.ts';

/** More than these nobody reads, nor loads on four shards. */
const tablesMost = 150;

export interface ChosenTables {
  readonly schema: SchemaEvidence;
  readonly leftOut: readonly string[];
}

/**
 * Of a schema with thousands of tables those that the work is on: what statements name, then what
 * has the key, then the largest; and what each of these points to, so that rows can hang on it.
 */
export function chosenTables(
  { queries }: Pick<Evidence, 'queries'>,
  schema: SchemaEvidence,
  keyed: ReadonlySet<string>,
): ChosenTables {
  if (schema.tables.length <= tablesMost) return { schema, leftOut: [] };
  const calls = callsByTable(queries, schema);
  const rank = (table: TableEvidence): readonly number[] => [
    calls.get(table.name) ?? 0,
    keyed.has(table.name) ? 1 : 0,
    table.rows.count,
  ];
  const byWork = schema.tables.toSorted((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    const at = one.findIndex((value, i) => value !== other[i]);
    return at === -1 ? 0 : (other[at] ?? 0) - (one[at] ?? 0);
  });
  const byName = new Map(schema.tables.map((table) => [table.name, table]));
  const chosen = new Set<string>();
  const add = (table: TableEvidence | undefined): void => {
    if (table === undefined || chosen.has(table.name) || chosen.size >= tablesMost) return;
    chosen.add(table.name);
    for (const { table: other } of table.foreign) add(byName.get(other));
  };
  for (const table of byWork) add(table);
  const isChosen = ({ name }: { readonly name: string }): boolean => chosen.has(name);
  // Foreign keys to others are passed over where links are made of them.
  const tables = schema.tables.filter(isChosen);
  const leftOut = schema.tables.filter((table) => !isChosen(table)).map(({ name }) => name);
  return { schema: { tables, views: schema.views }, leftOut };
}

/** Calls of the statements that have its name among their words. */
function callsByTable(
  queries: Evidence['queries'],
  { tables }: SchemaEvidence,
): ReadonlyMap<string, number> {
  const names = new Set(tables.map(({ name }) => name));
  const calls = new Map<string, number>();
  for (const template of queries?.templates ?? []) {
    const words = new Set(template.sql.toLowerCase().match(/[a-z_][a-z0-9_]*/g) ?? []);
    for (const word of words) {
      if (names.has(word)) calls.set(word, (calls.get(word) ?? 0) + template.calls);
    }
  }
  return calls;
}
