import type { KeyType } from '../../base/keys.ts';
import { suggest } from '../../base/suggest.ts';
import { mismatchAmong, type Path, type Problems } from '../problem.ts';
import type { RowCount, Table, TableColumn } from '../table-types.ts';
import { checkColumns } from './column-faults.ts';
import type { ColumnsOf } from './column-source.ts';
import { columnType } from './column-types.ts';
import { checkForeignKeys } from './foreign-faults.ts';
import { hasNoRows } from './row-bounds.ts';
import { tableOrder } from './table-order.ts';
import { TableTree } from './table-tree.ts';
import type { OneTableInput } from './tables-input.ts';
import { checkUnique } from './unique-faults.ts';

export type TableInputs = Readonly<Record<string, OneTableInput>>;

/** What the tables need to know of the tenants. */
export interface TenantsOfTables {
  readonly idType: KeyType;
  /** How many; undefined where a file says it. */
  readonly tenants: number | undefined;
}

/** Tables whose form is right, parents first; undefined where they have problems. */
export function readTables(
  inputs: TableInputs,
  { idType, tenants }: TenantsOfTables,
  problems: Problems,
): readonly Table[] | undefined {
  const before = problems.all.length;
  const names = Object.keys(inputs);
  if (names.length === 0)
    problems.add(['tables'], 'found an empty map; allowed: one or more tables');
  const columnsOf: ColumnsOf = (table) =>
    Object.hasOwn(inputs, table) ? inputs[table]?.columns : undefined;
  const tables = Object.entries(inputs).map(([name, input]): Table => {
    const { primary = [], unique, indexes, foreign, row } = input;
    return {
      name,
      per: parentOf(name, input, names, problems),
      rows: rowsOf(input, ['tables', name], problems),
      columns: input.columns.map(
        (each): TableColumn => ({
          name: each.name,
          type: columnType(name, each.name, columnsOf, idType) ?? '',
          generator: each.generator,
          default: each.default,
          nulls: each.nulls ?? (each.generator === null && each.default === null ? 1 : 0),
        }),
      ),
      primary,
      unique,
      indexes,
      foreign: foreign.map(({ columns, references, on_delete: onDelete }) => ({
        columns,
        table: references.table,
        references: references.columns,
        onDelete,
      })),
      rowBytes: row ?? null,
    };
  });
  const tree = new TableTree(tables);
  const ordered = inOrder(tables, problems);
  // What lies above what is not known in a circle.
  for (const table of ordered ?? []) {
    checkColumns(table, tree, problems);
    checkForeignKeys(table, tree, problems);
    checkOwners(table, tree, problems);
  }
  if (problems.all.length === before && tenants !== undefined) {
    for (const table of tables) checkUnique(table, { tree, tenants }, problems);
  }
  return problems.all.length > before ? undefined : ordered;
}

function parentOf(
  name: string,
  { per }: OneTableInput,
  names: readonly string[],
  problems: Problems,
): Table['per'] {
  if (name === tenantWord) {
    const text = `tenant is what \`per\` calls the tenants themselves; allowed: another name`;
    problems.all.push({ path: ['tables', name], at: 'key', text });
  }
  if (per === undefined) return null;
  if (per === tenantWord) return { kind: 'tenant' };
  if (!names.includes(per) || per === name) {
    const allowed = [tenantWord, ...names.filter((each) => each !== name)];
    problems.add(['tables', name, 'per'], mismatchAmong(per, allowed, suggest(per, allowed)));
  }
  return { kind: 'table', table: per };
}

const tenantWord = 'tenant';

/** Without `per` so many in all, else so many for each. */
function rowsOf(input: OneTableInput, path: Path, problems: Problems): RowCount {
  const { per, rows, columns } = input;
  const here = [...path, 'rows'];
  // A column that copies a parent's says what is missing.
  const isChild = columns.some(({ generator }) => generator?.kind === 'parent');
  if (per === undefined && rows?.kind !== 'fixed' && !isChild) {
    problems.add(
      here,
      rows === undefined
        ? 'found nothing; allowed: the number of rows, or `per: tenant` or the name of a table'
        : 'found rows for each tenant or parent, but no `per`; allowed: the number of rows',
    );
  }
  if (rows?.kind === 'byTenantBytes' && per !== tenantWord) {
    return { kind: 'shared', total: rows.total, quantiles: null };
  }
  return rows ?? { kind: 'fixed', count: 1 };
}

/** Rows in all need somebody to hang on. */
function checkOwners({ name, per, rows }: Table, tree: TableTree, problems: Problems): void {
  if (rows.kind !== 'shared' || per?.kind !== 'table' || !hasNoRows(per.table, tree)) return;
  const text = `found ${rows.total} rows below ${per.table}, which has none; allowed: 0`;
  problems.add(['tables', name, 'rows'], text);
}

/** A child can be loaded only when its parents are there. */
function inOrder(tables: readonly Table[], problems: Problems): readonly Table[] | undefined {
  const found = tableOrder(tables.map((table) => ({ name: table.name, needs: neededBy(table) })));
  if ('order' in found) {
    return found.order.flatMap((name) => tables.find((table) => table.name === name) ?? []);
  }
  const [first = '', next = ''] = found.circle;
  const table = tables.find(({ name }) => name === first);
  const words = found.circle.join(' -> ');
  problems.add(
    ['tables', first, ...(table === undefined ? [] : placeOf(table, next))],
    `${words} is a circle of tables that need each other's rows (per, pick, foreign keys); ` +
      'allowed: an order in which each table can be loaded after those it refers to',
  );
  return undefined;
}

function neededBy({ per, columns, foreign }: Table): string[] {
  return [
    ...(per?.kind === 'table' ? [per.table] : []),
    ...columns.flatMap(({ generator }) => (generator?.kind === 'pick' ? [generator.table] : [])),
    ...foreign.map(({ table }) => table),
  ];
}

/** Where the table says that it needs the other one. */
function placeOf({ per, columns, foreign }: Table, other: string): Path {
  const key = foreign.findIndex(({ table }) => table === other);
  if (key !== -1) return ['foreign', key];
  const column = columns.find(
    ({ generator }) => generator?.kind === 'pick' && generator.table === other,
  );
  if (column !== undefined) return ['columns', column.name];
  return per?.kind === 'table' && per.table === other ? ['per'] : [];
}
