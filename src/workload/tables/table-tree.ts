import { present } from '../../base/assert.ts';
import type { Table, TableColumn } from '../../scenario/table-types.ts';
import type { LoadedTable, TableWorkload } from '../types.ts';

/** A table with its rows and its place among the others. */
export interface TableNode {
  readonly index: number;
  readonly table: Table;
  readonly loaded: LoadedTable;
  /** The table that its rows hang on; null for one that hangs on tenants or on nothing. */
  readonly parent: TableNode | null;
}

/** A workload has one tree, so that a table is the same node wherever it is met. */
const trees = new WeakMap<TableWorkload, ReadonlyMap<string, TableNode>>();

/** The tables by name, each after its parent. */
export function tableTree(tables: TableWorkload): ReadonlyMap<string, TableNode> {
  const known = trees.get(tables);
  if (known !== undefined) return known;
  const made = nodesOf(tables);
  trees.set(tables, made);
  return made;
}

function nodesOf({ set, loaded }: TableWorkload): ReadonlyMap<string, TableNode> {
  const nodes = new Map<string, TableNode>();
  for (const [index, table] of set.tables.entries()) {
    const parent = table.per?.kind === 'table' ? nodeOf(nodes, table.per.table) : null;
    const own = present(loaded[index], `rows of ${table.name}`);
    nodes.set(table.name, { index, table, loaded: own, parent });
  }
  return nodes;
}

export function nodeOf(nodes: ReadonlyMap<string, TableNode>, name: string): TableNode {
  return present(nodes.get(name), `table ${name}`);
}

export function columnOf({ name, columns }: Table, column: string): TableColumn {
  return present(
    columns.find((each) => each.name === column),
    `column ${name}.${column}`,
  );
}

/** The loaded row of table `to` that a loaded row of `from` hangs on, however far above. */
export function climber(from: TableNode, to: TableNode): (row: number) => number {
  if (from === to) return (row) => row;
  const steps: Uint32Array[] = [];
  for (let node = from; node !== to; ) {
    steps.push(present(node.loaded.parentOf, `table above ${node.table.name}`));
    node = present(node.parent, `table above ${node.table.name}`);
  }
  const [first = new Uint32Array(0), second] = steps;
  if (steps.length === 1) return (row) => first[row] ?? 0;
  if (steps.length === 2 && second !== undefined) return (row) => second[first[row] ?? 0] ?? 0;
  return (row) => {
    let at = row;
    for (let i = 0; i < steps.length; i += 1) at = steps[i]?.[at] ?? 0;
    return at;
  };
}
