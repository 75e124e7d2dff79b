import type { Query } from './session-types.ts';

/** The answer of a query whose columns have the names and types of `Row`, as its SQL sees to. */
export async function rowsOf<Row>(
  query: Query,
  sql: string,
  values?: readonly unknown[],
): Promise<readonly Row[]> {
  return (await query(sql, values)) as unknown as readonly Row[];
}

/** By a key of each row; rows keep their order. */
export function grouped<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
