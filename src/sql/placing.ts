import type { LostConstraint, TableLayout } from '../scenario/layout-types.ts';
import type { ForeignKey, Table, TableSet } from '../scenario/table-types.ts';
import { present } from '../base/assert.ts';
import { groupOf } from './tied.ts';

/** Where tables lie, and what no shard can hold then. */
export interface Placing {
  readonly tables: ReadonlyMap<string, TableLayout>;
  readonly lost: readonly LostConstraint[];
  /** By the table they point to: foreign keys that delete or change rows when one is deleted. */
  readonly cascades: ReadonlyMap<string, readonly Cascade[]>;
}

export interface Cascade {
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns of the parent that they point to. */
  readonly references: readonly string[];
  readonly lost: boolean;
  /** Whether it deletes rows, so that it goes on with what hangs on those. */
  readonly deletes: boolean;
}

/** @param held foreign keys whose rows lie on one shard though the shard key is not among theirs */
export function placingOf(
  { tables }: TableSet,
  layouts: readonly TableLayout[],
  held: ReadonlyMap<ForeignKey, unknown>,
): Placing {
  const byName = new Map(layouts.map((layout) => [layout.table, layout]));
  const foreign = tables.flatMap((table) => table.foreign.map((key) => ({ table, key })));
  const isKeyLost: IsLost = (table, key) => !held.has(key) && isForeignLost(table, key, byName);
  const cascades = foreign.flatMap(({ table, key }) => {
    if (key.onDelete === 'no action') return [];
    const { columns, references } = key;
    const lost = isKeyLost(table, key);
    const cascade = {
      table: table.name,
      columns,
      references,
      lost,
      deletes: key.onDelete === 'cascade',
    };
    return [{ parent: key.table, cascade }];
  });
  const byParent = Map.groupBy(cascades, ({ parent }) => parent);
  return {
    tables: byName,
    lost: tables.flatMap((table) => lostOf(table, byName, isKeyLost)),
    cascades: new Map(
      [...byParent].map(([parent, list]) => [parent, list.map(({ cascade }) => cascade)]),
    ),
  };
}

type Layouts = ReadonlyMap<string, TableLayout>;
type IsLost = (table: Table, key: ForeignKey) => boolean;

function lostOf(table: Table, layouts: Layouts, isKeyLost: IsLost): LostConstraint[] {
  const { keyColumns } = layoutOf(table.name, layouts);
  // Within a shard it holds, but another shard may have the same values.
  const isLost = (columns: readonly string[]): boolean =>
    columns.length > 0 && !keyColumns.every((column) => columns.includes(column));
  const lost: LostConstraint[] = [];
  const { name, primary, unique, foreign } = table;
  if (isLost(primary)) lost.push({ table: name, kind: 'primary', columns: primary });
  for (const columns of unique) {
    if (isLost(columns)) lost.push({ table: name, kind: 'unique', columns });
  }
  for (const key of foreign) {
    if (!isKeyLost(table, key)) continue;
    lost.push({ table: name, kind: 'foreign', columns: key.columns, references: key.table });
  }
  return lost;
}

/** Whether a row's parent may be on another shard, by the foreign key's columns alone. */
export function isForeignLost(table: Table, key: ForeignKey, layouts: Layouts): boolean {
  const [child, parent] = [layoutOf(table.name, layouts), layoutOf(key.table, layouts)];
  if (parent.placement === 'reference') return false;
  if (child.placement === 'reference' || groupOf(child) !== groupOf(parent)) return true;
  if (child.placement === 'home') return false;
  const isMapped = child.keyColumns.every((column, index) => {
    const pointed = parent.keyColumns[index];
    return key.columns.some((each, at) => each === column && key.references[at] === pointed);
  });
  const [bits, other] = [child.bits, parent.bits];
  return !isMapped || bits?.from !== other?.from || bits?.count !== other?.count;
}

const layoutOf = (table: string, layouts: Layouts): TableLayout =>
  present(layouts.get(table), `layout of ${table}`);
