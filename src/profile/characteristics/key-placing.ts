import type { TableLayout } from '../../scenario/layout-types.ts';
import type { TableSet } from '../../scenario/table-types.ts';
import { placeTable, type TableUse } from '../../sql/default-placement.ts';
import { type Placing, placingOf } from '../../sql/placing.ts';
import type { CandidateKey } from '../evidence.ts';

export interface KeyPlacing {
  readonly layouts: readonly TableLayout[];
  readonly placing: Placing;
  readonly set: TableSet;
}

/**
 * Where all tables would lie under a key: those that have it by its columns, the others by the
 * rules that hold in a scenario. That rows of two tables have the same key where no foreign key
 * says so is not taken for granted.
 */
export function keyPlacing(
  { columns }: CandidateKey,
  set: TableSet,
  uses: ReadonlyMap<string, TableUse>,
): KeyPlacing {
  const keys = new Map(columns.map((each) => [each.table, { columns: each.columns }]));
  const layouts = set.tables.map((table) =>
    placeTable(
      table,
      keys.get(table.name),
      undefined,
      uses.get(table.name) ?? { rows: 0, writes: 0 },
    ),
  );
  return { layouts, placing: placingOf(set, layouts, new Map()), set };
}
