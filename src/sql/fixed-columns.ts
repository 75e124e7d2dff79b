import type { FixedColumn, FixedTable } from '../scenario/vocabulary.ts';
import { analyse } from './analysis.ts';
import type { Instance } from './blocks.ts';
import type { Catalog } from './catalog.ts';
import { instancesOf } from './instances.ts';
import { keySetOf, type KeySet, type ParameterFacts } from './key-sets.ts';
import type { ReadStatement } from './sql-reader.ts';
import type { KeyValue } from '../scenario/layout-types.ts';
import { nodeOf, soleStatement } from './tree.ts';

/**
 * Columns of the one table of a scenario that a statement fixes, in each use of it, with the
 * parameters that say to what. Of its columns only some are known, and no type.
 */
export function fixedColumns(statement: ReadStatement, table: FixedTable): FixedColumn[] {
  const { names } = statement;
  const parameters = names.map((name, index): ParameterFacts => {
    return { identity: name, value: { parameter: index + 1 }, family: undefined };
  });
  const { block, writes } = analyse(statement, catalogOf(table), () => undefined);
  const blocks = block === null ? writes : [block, ...writes];
  const used = [...new Set(blocks.flatMap(instancesOf))].filter(
    (instance) => instance.table === table.name,
  );
  if (used.length === 0) return [];
  const nameOf = (value: KeyValue): string =>
    'parameter' in value ? (names[value.parameter - 1] ?? '') : '';
  if (isInsertWithoutColumns(statement)) return inOrder(statement);
  return table.columns.flatMap((column) => fixedIn(used, column, parameters, nameOf));
}

function catalogOf({ name, columns }: FixedTable): Catalog {
  const families = new Map(columns.map((column) => [column, undefined]));
  return { tables: new Map([[name, { name, columns: families, open: true }]]), views: new Map() };
}

function fixedIn(
  used: readonly Instance[],
  column: string,
  parameters: readonly ParameterFacts[],
  nameOf: (value: KeyValue) => string,
): FixedColumn[] {
  const sets = used.map((instance) => keySetOf(instance, [column], parameters));
  const found = sets.flatMap((set) => (set === undefined ? [] : parametersOf(set, nameOf)));
  if (sets.includes(undefined)) return [];
  return [...new Set(found)].map((parameter) => ({ column, parameter }));
}

function parametersOf(set: KeySet, nameOf: (value: KeyValue) => string): string[] {
  if (set.kind === 'range') return [nameOf(set.low), nameOf(set.high)];
  return set.keys.flatMap(({ bound }) => bound.values.map(nameOf));
}

/** Which column a value is for, its parameter says: the order of the columns is the table's own. */
function isInsertWithoutColumns({ tree }: ReadStatement): boolean {
  const insert = nodeOf(soleStatement(tree), 'InsertStmt');
  return insert !== undefined && insert.cols === undefined;
}

const inOrder = ({ names }: ReadStatement): FixedColumn[] =>
  names.map((name) => ({ column: name.replace(/^other\./, ''), parameter: name }));
