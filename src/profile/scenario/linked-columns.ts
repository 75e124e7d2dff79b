import type { ColumnEvidence, TableEvidence } from '../evidence.ts';
import { columnType } from './column-types.ts';
import { type DraftColumn, type DraftForeign, type DraftRows, type Made } from './draft.ts';
import type { Hanging } from './hanging.ts';
import { nullsLeast, nullsOf } from './own-values.ts';
import type { TableLink } from './table-links.ts';
import type { Tenancy } from './tenancy.ts';

/** What the columns of a table copy from other rows. */
export interface LinkedTables {
  readonly tenancy: Tenancy;
  readonly hanging: ReadonlyMap<string, Hanging>;
  readonly links: readonly TableLink[];
  readonly rows: ReadonlyMap<string, DraftRows>;
  readonly shared: SharedColumns;
}

/** Columns of candidate keys that no table has once, such as a region: in each table the same. */
export type SharedColumns = readonly ReadonlyMap<string, ColumnEvidence>[];

export interface LinkedColumns {
  readonly columns: ReadonlyMap<string, DraftColumn>;
  readonly foreign: readonly DraftForeign[];
  /** Foreign keys whose rows cannot be made so that they hold. */
  readonly leftOut: readonly TableLink[];
}

/** The tables above one, from the nearest on. */
export function tablesAbove(name: string, hanging: LinkedTables['hanging']): string[] {
  const above: string[] = [];
  for (let at = hanging.get(name); at?.on === 'table'; at = hanging.get(at.link.parent)) {
    if (above.includes(at.link.parent)) break;
    above.push(at.link.parent);
  }
  return above;
}

export function hasTenants(name: string, hanging: LinkedTables['hanging']): boolean {
  const top = tablesAbove(name, hanging).at(-1) ?? name;
  return hanging.get(top)?.on === 'tenant';
}

export function linkedColumns(table: TableEvidence, linked: LinkedTables): LinkedColumns {
  const columns = new Map<string, DraftColumn>();
  const own = linked.hanging.get(table.name);
  const add = (name: string, made: Made, nulls?: number): void => {
    const column = table.columns.find((each) => each.name === name);
    if (column === undefined || columns.has(name)) return;
    columns.set(name, copied(column, made, table.primary.includes(name), nulls));
  };
  const key = linked.tenancy.columnOf.get(table.name);
  if (own?.on === 'tenant' && key !== undefined) add(key, { by: 'tenant' });
  if (own?.on === 'table') {
    for (const [i, column] of own.link.columns.entries()) {
      add(column, { by: 'parent', table: own.link.parent, column: own.link.references[i] ?? '' });
    }
    const above = tablesAbove(table.name, linked.hanging).find((each) =>
      linked.tenancy.columnOf.has(each),
    );
    const aboveKey = above === undefined ? undefined : linked.tenancy.columnOf.get(above);
    if (key !== undefined && above !== undefined && aboveKey !== undefined) {
      add(key, { by: 'parent', table: above, column: aboveKey });
    }
  }
  const foreign: DraftForeign[] = [];
  const leftOut: TableLink[] = [];
  for (const link of linked.links.filter((each) => each.child === table.name)) {
    const isOwn = own?.on === 'table' && own.link === link;
    const holds = isOwn || addLink(link, table, linked, columns, add);
    const { declared } = link;
    if (holds && declared !== null) {
      const isNullable = link.columns.every((name) => (columns.get(name)?.nulls ?? 0) > 0);
      const onDelete =
        declared.onDelete === 'set null' && !isNullable ? 'no action' : declared.onDelete;
      foreign.push({
        columns: link.columns,
        table: link.parent,
        references: link.references,
        onDelete,
      });
    } else if (!holds) leftOut.push(link);
  }
  for (const meaning of linked.shared) {
    const column = meaning.get(table.name);
    const above = tablesAbove(table.name, linked.hanging).findLast((each) => meaning.has(each));
    const same = above === undefined ? undefined : meaning.get(above);
    if (column === undefined || above === undefined || same === undefined) continue;
    if (haveSameValues(column, same))
      add(column.name, { by: 'parent', table: above, column: same.name });
  }
  return { columns, foreign, leftOut };
}

const overlapLeast = 0.8;

/** Whether the common values of one column are those of the other. */
function haveSameValues(one: ColumnEvidence, other: ColumnEvidence): boolean {
  const known = new Set(other.stats?.mostCommon.map(({ value }) => value));
  const own = one.stats?.mostCommon ?? [];
  const all = own.reduce((sum, { fraction }) => sum + fraction, 0);
  const both = own.reduce((sum, { value, fraction }) => sum + (known.has(value) ? fraction : 0), 0);
  return all > 0 && both >= overlapLeast * all && known.size <= 2 * own.length;
}

/** Whether the rows will hold it; adds the columns that are not made yet. */
function addLink(
  link: TableLink,
  table: TableEvidence,
  linked: LinkedTables,
  columns: ReadonlyMap<string, DraftColumn>,
  add: (name: string, made: Made, nulls?: number) => void,
): boolean {
  const { parent } = link;
  const [direct, ...higher] = tablesAbove(table.name, linked.hanging);
  const isTied = link.columns.some((column) => columns.has(column));
  // A second way to the table that it hangs on means another row of it.
  if (higher.includes(parent) || (parent === direct && isTied)) {
    for (const [i, column] of link.columns.entries()) {
      add(column, { by: 'parent', table: parent, column: link.references[i] ?? '' });
    }
    return link.columns.every((column, i) =>
      isCopyOf(columns.get(column), parent, link.references[i] ?? '', linked),
    );
  }
  if (hasTenants(parent, linked.hanging) && !hasTenants(table.name, linked.hanging)) return false;
  const free = link.columns.filter((column) => !columns.has(column));
  // Of its own columns those that are made already must be the tenant's id, which both rows have.
  const isOfTenant = link.columns.every(
    (column, i) =>
      free.includes(column) ||
      (isTenantsId(columns.get(column), linked) &&
        linked.tenancy.columnOf.get(parent) === link.references[i]),
  );
  if (free.length === 0 || !isOfTenant) return false;
  const isRoot = parent === linked.tenancy.root;
  const mayMiss = parent !== table.name && mayBeNone(parent, linked);
  const isFixed = free.some((column) => table.primary.includes(column));
  if ((mayMiss || parent === table.name) && isFixed) return false;
  const isEmpty = (linked.rows.get(parent)?.total ?? 0) === 0;
  for (const column of free) {
    const reference = link.references[link.columns.indexOf(column)] ?? '';
    const made: Made = {
      by: 'pick',
      table: parent,
      column: reference,
      // Of its own tenant there is only one such row, which is rarely the one that is meant.
      ...(isRoot && free.length === link.columns.length && { remote: 1 }),
    };
    const least = mayMiss || parent === table.name ? nullsLeast : undefined;
    add(column, made, isEmpty ? 1 : least);
  }
  return true;
}

/** Whether a tenant can be without a row of it, or of one that it hangs on. */
function mayBeNone(table: string, { rows, hanging }: LinkedTables): boolean {
  return [table, ...tablesAbove(table, hanging)].some((each) => rows.get(each)?.mayBeNone === true);
}

function isTenantsId(column: DraftColumn | undefined, { tenancy }: LinkedTables): boolean {
  if (column?.made.by === 'tenant') return true;
  if (column?.made.by !== 'parent') return false;
  return tenancy.columnOf.get(column.made.table) === column.made.column;
}

/** Whether a column has the value that a column of a table above has. */
function isCopyOf(
  column: DraftColumn | undefined,
  parent: string,
  reference: string,
  linked: LinkedTables,
): boolean {
  const wanted = sourceOf(parent, reference, linked);
  if (column?.made.by === 'tenant') return wanted === tenantSource;
  if (column?.made.by !== 'parent') return false;
  return sourceOf(column.made.table, column.made.column, linked) === wanted;
}

const tenantSource = 'tenant';

/** Where a value comes from, climbing the links by which rows hang on others. */
function sourceOf(table: string, column: string, linked: LinkedTables): string {
  const { tenancy, hanging } = linked;
  if (tenancy.columnOf.get(table) === column && hasTenants(table, hanging)) {
    return tenantSource;
  }
  const own = hanging.get(table);
  const at = own?.on === 'table' ? own.link.columns.indexOf(column) : -1;
  if (own?.on !== 'table' || at === -1) return `${table}.${column}`;
  return sourceOf(own.link.parent, own.link.references[at] ?? '', linked);
}

function copied(
  column: ColumnEvidence,
  made: Made,
  isPrimary: boolean,
  nulls: number | undefined,
): DraftColumn {
  // A tenant's id is wider than texts of a few letters.
  const type = columnType(column);
  const own = made.by === 'tenant' ? tenantType(type.kind, type.type) : null;
  return {
    name: column.name,
    made,
    type: own,
    default: null,
    nulls: isPrimary || made.by === 'tenant' ? 0 : Math.max(nulls ?? 0, nullsOf(column)),
    comment: '',
  };
}

/** null: that of the tenants' ids is it. */
function tenantType(kind: string, type: string): string | null {
  return kind === 'integer' && /^(integer|int4|smallint|int2|oid)$/.test(type) ? type : null;
}
