import type { TableLayout } from '../scenario/layout-types.ts';
import type { Draw, DrawFrom, ForeignKey, Table, TableSet } from '../scenario/table-types.ts';
import { TableTree } from '../scenario/tables/table-tree.ts';
import type { Instance } from './blocks.ts';
import { familyOfType } from './families.ts';
import { keySetOf } from './key-sets.ts';
import { isForeignLost } from './placing.ts';
import { RowIdentities } from './row-identities.ts';
import { type ScriptFacts, type StatementFacts, updatedColumns, writesOf } from './script-facts.ts';
import { groupOf } from './tied.ts';

/** A foreign key that is held by how rows are made, with what operations must leave as it is. */
export interface HeldForeign {
  readonly child: Table;
  readonly parent: Table;
  /** Columns of the shard key, of either table. */
  readonly childKey: readonly string[];
  readonly parentKey: readonly string[];
}

export type HeldForeignKeys = Map<ForeignKey, HeldForeign>;

/**
 * Foreign keys whose columns say nothing of the shard key, but whose rows lie on one shard all the
 * same: a row's key is copied from where that of the row comes from that it points to. So the lines
 * of an order are with it under the key of the user who made the order, whose id both have.
 */
export function heldByRows(set: TableSet, layouts: readonly TableLayout[]): HeldForeignKeys {
  const tree = new TableTree(set.tables);
  const byName = new Map(layouts.map((layout) => [layout.table, layout]));
  const held: HeldForeignKeys = new Map();
  for (const child of set.tables) {
    for (const key of child.foreign) {
      const [own, other] = [byName.get(child.name), byName.get(key.table)];
      const parent = tree.table(key.table);
      if (own === undefined || other === undefined || parent === undefined) continue;
      if (!areBothByKey(own, other) || !isForeignLost(child, key, byName)) continue;
      const both = { child, parent, childKey: own.keyColumns, parentKey: other.keyColumns };
      if (haveSameKeys(both, key, tree)) held.set(key, both);
    }
  }
  return held;
}

function areBothByKey(own: TableLayout, other: TableLayout): boolean {
  if (own.placement !== 'sharded' && own.placement !== 'own-key') return false;
  if (other.placement !== own.placement || groupOf(own) !== groupOf(other)) return false;
  if (own.keyColumns.length !== other.keyColumns.length) return false;
  return own.bits?.from === other.bits?.from && own.bits?.count === other.bits?.count;
}

/** Whether each row as it is generated lies where the row lies that it points to. */
function haveSameKeys(both: HeldForeign, key: ForeignKey, tree: TableTree): boolean {
  const { child, parent, childKey, parentKey } = both;
  const areSure = childKey.every((column, index) => {
    const [own, other] = [columnOf(child, column), columnOf(parent, parentKey[index])];
    if (own === undefined || other === undefined || own.nulls > 0 || other.nulls > 0) return false;
    return familyOfType(own.type) === familyOfType(other.type);
  });
  if (!areSure) return false;
  const isAbove = tree.isAbove(parent.name, child.name);
  return (isAbove && isSameRow(both, key, tree)) || isPicked(both, key, tree);
}

const columnOf = ({ columns }: Table, column: string | undefined) =>
  columns.find(({ name }) => name === column);

/** Whether a row points to the one that it hangs on, or to one above that. */
function isSameRow(both: HeldForeign, key: ForeignKey, tree: TableTree): boolean {
  const { child, parent, childKey, parentKey } = both;
  const rows = identities(both, { kind: 'ancestor', draw: 0 }, tree);
  const areSame = (own: readonly string[], other: readonly string[]): boolean =>
    own.every((column, index) => rows.of(0, column) === rows.of(1, other[index] ?? ''));
  return child !== parent && areSame(key.columns, key.references) && areSame(childKey, parentKey);
}

/** Whether a row points to one that it picks, and has the key of that row. */
function isPicked(both: HeldForeign, key: ForeignKey, tree: TableTree): boolean {
  const { child, parent, childKey, parentKey } = both;
  const pickOf = (column: string) => {
    const generator = columnOf(child, column)?.generator;
    return generator?.kind === 'pick' && generator.table === parent.name ? generator : undefined;
  };
  const picks = child.columns.flatMap(({ name }) => pickOf(name) ?? []);
  if (!key.columns.some((column) => pickOf(column) !== undefined)) return false;
  const isRemote = picks.some(({ remote = 0 }) => remote > 0);
  const from: DrawFrom = isRemote ? { kind: 'remote', fraction: 1 } : { kind: 'tenant' };
  const rows = identities(both, from, tree);
  const areSame = (own: readonly string[], other: readonly string[]): boolean =>
    own.every((column, index) => {
      const pick = pickOf(column);
      const pointed = other[index] ?? '';
      if (pick !== undefined) return rows.of(1, pick.column) === rows.of(1, pointed);
      return rows.of(0, column) === rows.of(1, pointed);
    });
  return areSame(key.columns, key.references) && areSame(childKey, parentKey);
}

/** Of a row of the child as it is generated (0), and of the row that it points to (1). */
function identities({ child, parent }: HeldForeign, from: DrawFrom, tree: TableTree) {
  const draws = [draw('child', child.name, { kind: 'tenant' }), draw('parent', parent.name, from)];
  const above = [...tree.above(child.name), ...tree.above(parent.name)];
  const names = [child.name, parent.name, ...above];
  const tables = names.flatMap((name) => tree.table(name) ?? []);
  // A row whose columns are NULL points to nothing.
  const filled = { ...child, columns: child.columns.map((column) => ({ ...column, nulls: 0 })) };
  return new RowIdentities(
    draws,
    tables.map((each) => (each === child ? filled : each)),
  );
}

const draw = (name: string, table: string, from: DrawFrom): Draw => {
  return { name, table, from, group: 0, rows: 1 };
};

/** Those that operations could break: by rows that are not as generated, or that are changed. */
export function brokenBy(
  running: readonly ScriptFacts[],
  held: HeldForeignKeys,
  set: TableSet,
): ForeignKey[] {
  if (held.size === 0) return [];
  const updated = new Set(running.flatMap(updatedColumns));
  const made = running.flatMap((facts) => madeRows(facts, set));
  return [...held].flatMap(([key, both]) => {
    const { child, parent } = both;
    const isUpdated =
      key.columns.some((column) => updated.has(`${child.name}.${column}`)) ||
      key.references.some((column) => updated.has(`${parent.name}.${column}`));
    return isUpdated || made.some((row) => isAstray(row, key, both)) ? [key] : [];
  });
}

/** A row that a statement inserts. */
interface MadeRow {
  readonly instance: Instance;
  readonly statement: StatementFacts;
  readonly draws: readonly Draw[];
  readonly rows: RowIdentities;
}

function madeRows({ script: { draws }, statements }: ScriptFacts, set: TableSet): MadeRow[] {
  const rows = new RowIdentities(draws, set.tables);
  return statements.flatMap((statement) =>
    writesOf(statement).flatMap(({ made }) =>
      made.map(({ instance }) => ({ instance, statement, draws, rows })),
    ),
  );
}

/** Whether a row may lie on another shard than one that it points to, or that points to it. */
function isAstray(row: MadeRow, key: ForeignKey, both: HeldForeign): boolean {
  const { child, parent, childKey, parentKey } = both;
  const { table } = row.instance;
  const own = [...key.columns, ...childKey];
  const other = [...key.references, ...parentKey];
  const isChildAstray =
    table === child.name &&
    // As generated, or as the drawn row says that it points to.
    !isDrawn(row, own, child.name, own) &&
    !isDrawn(row, own, parent.name, other);
  return isChildAstray || (table === parent.name && !isDrawn(row, other, parent.name, other));
}

/** Whether columns of a new row have the values that (other) columns of a drawn row have. */
function isDrawn(
  { instance, statement, draws, rows }: MadeRow,
  columns: readonly string[],
  table: string,
  drawn: readonly string[],
): boolean {
  const values = columns.map((column) => {
    const set = keySetOf(instance, [column], statement.parameters);
    const [only, ...more] = set?.kind === 'keys' ? set.keys : [];
    return more.length > 0 || only?.list === true ? undefined : only?.identity;
  });
  return draws.some(
    (each, at) =>
      each.table === table &&
      values.every((value, index) => value === rows.of(at, drawn[index] ?? '')),
  );
}
