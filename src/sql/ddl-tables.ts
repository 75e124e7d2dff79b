import type { Constraint, Node, TypeName } from 'libpg-query';
import type { Table, TableColumn } from '../scenario/table-types.ts';
import type { Grammar } from './grammar.ts';
import { nodeOf, textsOf } from './tree.ts';

/**
 * The tables that DDL makes, with their columns and what is unique in them: of the short form of a
 * scenario, which says nothing else of its table. What cannot be read makes none.
 */
export function tablesOfDdl(ddl: readonly string[], grammar: Grammar): readonly Table[] {
  const tables = new Map<string, MadeTable>();
  for (const sql of ddl) {
    const parsed = grammar.parse(sql);
    if ('fault' in parsed) continue;
    for (const { stmt } of parsed.tree.stmts ?? []) readDefinition(stmt, tables);
  }
  return [...tables.values()].map(tableOf);
}

interface MadeTable {
  readonly name: string;
  readonly columns: TableColumn[];
  primary: readonly string[];
  readonly unique: (readonly string[])[];
}

function readDefinition(node: Node | undefined, tables: Map<string, MadeTable>): void {
  const create = nodeOf(node, 'CreateStmt');
  const name = create?.relation?.relname;
  if (name !== undefined) {
    const table: MadeTable = { name, columns: [], primary: [], unique: [] };
    tables.set(name, table);
    for (const element of create?.tableElts ?? []) readElement(element, table);
  }
  const alter = nodeOf(node, 'AlterTableStmt');
  const altered = tables.get(alter?.relation?.relname ?? '');
  if (altered !== undefined) {
    for (const each of alter?.cmds ?? []) {
      const element = nodeOf(each, 'AlterTableCmd')?.def;
      if (element !== undefined) readElement(element, altered);
    }
  }
  const index = nodeOf(node, 'IndexStmt');
  if (index?.unique !== true || index.whereClause !== undefined) return;
  const columns = (index.indexParams ?? []).map((each) => nodeOf(each, 'IndexElem')?.name);
  const named = columns.filter((each) => each !== undefined);
  if (named.length === columns.length) {
    tables.get(index.relation?.relname ?? '')?.unique.push(named);
  }
}

function readElement(element: Node, table: MadeTable): void {
  const column = nodeOf(element, 'ColumnDef');
  const constraint = nodeOf(element, 'Constraint');
  if (constraint !== undefined) readConstraint(constraint, textsOf(constraint.keys), table);
  if (column?.colname === undefined) return;
  const { colname: name, typeName } = column;
  const type = typeOf(typeName);
  table.columns.push({ name, type, generator: null, default: null, nulls: 0 });
  for (const each of column.constraints ?? []) {
    const own = nodeOf(each, 'Constraint');
    if (own !== undefined) readConstraint(own, [name], table);
  }
}

function readConstraint(
  { contype }: Constraint,
  columns: readonly string[],
  table: MadeTable,
): void {
  if (contype === 'CONSTR_PRIMARY') table.primary = columns;
  if (contype === 'CONSTR_UNIQUE') table.unique.push(columns);
}

const typeOf = (type: TypeName | undefined): string =>
  `${textsOf(type?.names).at(-1) ?? ''}${type?.arrayBounds === undefined ? '' : '[]'}`;

const tableOf = ({ name, columns, primary, unique }: MadeTable): Table => ({
  name,
  per: null,
  rows: { kind: 'fixed', count: 0 },
  columns,
  primary,
  unique,
  foreign: [],
  indexes: [],
  rowBytes: null,
});
