import type { KeyValues, SchemaEvidence } from './evidence.ts';

/**
 * Tables with the rows that were counted while their keys were looked at: the planner's numbers are
 * some percent off where rows were updated since it looked.
 */
export function withCountedRows(
  schema: SchemaEvidence,
  values: readonly KeyValues[],
): SchemaEvidence {
  const counted = new Map(
    values.flatMap(({ table, basis, rows, looked }) =>
      basis === 'exact' && looked === rows ? [[table, rows]] : [],
    ),
  );
  return {
    ...schema,
    tables: schema.tables.map((table) => {
      const count = counted.get(table.name);
      return count === undefined || table.rowsHidden === true
        ? table
        : { ...table, rows: { count, basis: 'exact' } };
    }),
  };
}
