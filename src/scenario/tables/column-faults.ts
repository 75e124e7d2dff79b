import { suggest } from '../../base/suggest.ts';
import { mismatchAmong, type Path, type Problems } from '../problem.ts';
import type { Table, TableColumn } from '../table-types.ts';
import { mayBeEmpty } from './row-bounds.ts';
import type { TableTree } from './table-tree.ts';

/** What is wrong with a table's columns and with the lists that name them. */
export function checkColumns(table: Table, tree: TableTree, problems: Problems): void {
  const path: Path = ['tables', table.name];
  if (table.columns.length === 0) {
    problems.add([...path, 'columns'], 'found an empty map; allowed: one or more columns');
  }
  for (const column of table.columns) {
    const fault = faultOf(table, column, tree);
    if (fault !== undefined) problems.add([...path, 'columns', column.name], fault);
  }
  checkList(table, table.primary, [...path, 'primary'], problems);
  for (const list of ['unique', 'indexes'] as const) {
    for (const [index, columns] of table[list].entries()) {
      checkList(table, columns, [...path, list, index], problems);
    }
  }
}

/** A list of a table's columns, each at most once. */
export function checkList(
  table: Table,
  columns: readonly string[],
  path: Path,
  problems: Problems,
): void {
  const names = table.columns.map(({ name }) => name);
  for (const [index, column] of columns.entries()) {
    const here = columns.length === 1 ? path : [...path, index];
    if (!names.includes(column)) {
      problems.add(here, mismatchAmong(column, names, suggest(column, names)));
    } else if (columns.indexOf(column) < index) {
      problems.add(here, `${column} is in the list twice`);
    }
  }
}

function faultOf(table: Table, column: TableColumn, tree: TableTree): string | undefined {
  const { generator } = column;
  if (generator === null) return undefined;
  const isTenants = generator.kind === 'tenant' || generator.kind === 'user';
  const isPerTenant = generator.kind === 'choice' && generator.per === 'tenant';
  if ((isTenants || isPerTenant) && !tree.hasTenants(table.name)) {
    return (
      `the rows of ${table.name} belong to no tenant; allowed: such a column in a table with ` +
      '`per: tenant`, or per a table that has it'
    );
  }
  if (generator.kind === 'parent') return parentFault(table, generator, tree);
  return generator.kind === 'pick' ? pickFault(table, column, generator, tree) : undefined;
}

interface Reference {
  readonly table: string;
  readonly column: string;
}

const shown = ({ table, column }: Reference): string => `${table}.${column}`;

function parentFault(table: Table, to: Reference, tree: TableTree): string | undefined {
  const above = tree.above(table.name);
  if (above.length === 0) return withoutParent(table, to, tree);
  // Told already.
  if (above.some((name) => tree.table(name) === undefined)) return undefined;
  if (!above.includes(to.table)) {
    return `found { parent: ${shown(to)} }; allowed: a column of ${above.join(', ')}`;
  }
  return unknownColumn(to, tree);
}

/** Once for all columns of the table, with the lowest table that they are of. */
function withoutParent(table: Table, to: Reference, tree: TableTree): string | undefined {
  const copied = table.columns.flatMap(({ generator }) =>
    generator?.kind === 'parent' ? [generator] : [],
  );
  if (copied[0]?.table !== to.table || copied[0].column !== to.column) return undefined;
  const lowest = copied.reduce((low, each) => (tree.isAbove(low.table, each.table) ? each : low));
  const has = table.per === null ? 'no `per`' : '`per: tenant` (its id is the generator `tenant`)';
  return (
    `found { parent: ${shown(to)} }, but ${table.name} has ${has}; ` +
    `allowed: with per: ${lowest.table}`
  );
}

function pickFault(
  table: Table,
  column: TableColumn,
  to: Reference & { readonly remote?: number },
  tree: TableTree,
): string | undefined {
  const names = tree.tables.map(({ name }) => name);
  const other = tree.table(to.table);
  if (other === undefined) return mismatchAmong(to.table, names, suggest(to.table, names));
  const unknown = unknownColumn(to, tree);
  if (unknown !== undefined) return unknown;
  if (tree.hasTenants(to.table) && !tree.hasTenants(table.name)) {
    return (
      `picks from ${to.table}, whose rows belong to tenants, for ${table.name}, whose rows do ` +
      'not; allowed: a table without tenants'
    );
  }
  const fault = remoteFault(table, to, tree);
  if (fault !== undefined) return fault;
  // A row whose tenant has none to pick is NULL; one that hangs on such a row has that at least.
  const isSure = column.nulls > 0 || tree.isAbove(to.table, table.name);
  if (!isSure && mayBeEmpty(to.table, tree)) {
    return (
      `picks from ${to.table}, which may have no rows to pick from; allowed: rows from 1 on, or ` +
      '`null:` at the column'
    );
  }
  const copied = other.columns.find(({ name }) => name === to.column)?.generator;
  if (to.table === table.name && copied?.kind === 'pick' && copied.table === table.name) {
    return `picks ${to.column}, which picks from the same table; allowed: another column than that`;
  }
  return column.name === to.column && to.table === table.name
    ? `picks itself; allowed: another column of ${table.name}`
    : undefined;
}

/** All picks of a table from another one pick the same row, so they must agree on whose. */
function remoteFault(
  table: Table,
  to: Reference & { readonly remote?: number },
  tree: TableTree,
): string | undefined {
  if (to.remote !== undefined && !tree.hasTenants(to.table)) {
    return `${to.table} has no tenants; allowed: no \`remote\`, or a table with tenants`;
  }
  const shares = table.columns.flatMap(({ generator }) =>
    generator?.kind === 'pick' && generator.table === to.table ? [generator.remote ?? 0] : [],
  );
  if (shares.every((share) => share === shares[0])) return undefined;
  const all = [...new Set(shares)].join(' and ');
  return (
    `all picks of ${table.name} from ${to.table} are of one row, but have \`remote\` ${all}; ` +
    'allowed: the same share in all of them'
  );
}

function unknownColumn(to: Reference, tree: TableTree): string | undefined {
  const columns = tree.table(to.table)?.columns.map(({ name }) => name) ?? [];
  if (columns.includes(to.column)) return undefined;
  const allowed = columns.map((column) => `${to.table}.${column}`);
  const meant = suggest(to.column, columns);
  return mismatchAmong(
    shown(to),
    allowed,
    meant === undefined ? undefined : `${to.table}.${meant}`,
  );
}
