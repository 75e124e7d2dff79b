import { present } from '../../base/assert.ts';
import type { TableWorkload, Workload } from '../types.ts';
import { type ColumnSource, columnSource, isNull } from './column-source.ts';
import { rowPicker } from './picked-row.ts';
import { plainText, type RowText } from './plain-values.ts';
import { loadedSequence } from './sequence.ts';
import { climber, nodeOf, type TableNode, tableTree } from './table-tree.ts';

/** Values of a column in Postgres' text form (not escaped for COPY); null for NULL. */
export type LoadedText = (row: number) => string | null;

export function tablesOf({ tables }: Workload): TableWorkload {
  return present(tables, 'tables');
}

/**
 * The values of a table's columns in its loaded rows. They follow from the seed, the names of table
 * and column, and the row alone. Cheapest where rows are asked for in their order, for then the
 * rows of a parent, which share its values, follow one another.
 */
export function columnText(workload: Workload, table: string): (column: string) => LoadedText {
  const nodes = tableTree(tablesOf(workload));
  return (column) => loadedText(workload, nodes, table, column);
}

/** @param nodes of the workload's tables */
export function loadedText(
  workload: Workload,
  nodes: ReadonlyMap<string, TableNode>,
  table: string,
  column: string,
): LoadedText {
  const source = columnSource(nodes, workload.seed, table, column);
  const from = nodeOf(nodes, table);
  const own = sourceText(workload, nodes, source);
  const climb = climber(from, source.node);
  const text = from === source.node ? own : remembered(climb, own);
  return withNulls(text, from, source);
}

/** Of a row of the table that makes the values. */
function sourceText(
  workload: Workload,
  nodes: ReadonlyMap<string, TableNode>,
  { node, generator, salt }: ColumnSource,
): LoadedText {
  const { tenants, seed } = workload;
  const { tenantOf } = node.loaded;
  switch (generator.kind) {
    case 'sequence': {
      const sequence = loadedSequence(node);
      return (row) => String(sequence(row));
    }
    case 'pick': {
      const picked = nodeOf(nodes, generator.table);
      const pick = rowPicker(node, picked, tenants, seed);
      const text = loadedText(workload, nodes, generator.table, generator.column);
      return (row) => {
        const found = pick(tenantOf?.[row] ?? 0, row);
        return found < 0 ? null : text(found);
      };
    }
    case 'choice':
    case 'date':
    case 'id':
    case 'json':
    case 'number':
    case 'padded':
    case 'tenant':
    case 'text':
    case 'timestamp':
    case 'user':
    case 'words': {
      const text: RowText = plainText(generator, salt, tenants, node.loaded.count);
      return tenantOf === null ? (row) => text(0, row) : (row) => text(tenantOf[row] ?? 0, row);
    }
  }
}

/** The text of the row above, made once for all rows that follow one another below it. */
function remembered(climb: (row: number) => number, text: LoadedText): LoadedText {
  let last = -1;
  let kept: string | null = null;
  return (row) => {
    const above = climb(row);
    if (above !== last) {
      last = above;
      kept = text(above);
    }
    return kept;
  };
}

function withNulls(text: LoadedText, from: TableNode, { nulls }: ColumnSource): LoadedText {
  if (nulls.length === 0) return text;
  const checks = nulls.map((each) => ({ each, climb: climber(from, each.node) }));
  return (row) => (checks.some(({ each, climb }) => isNull(each, climb(row))) ? null : text(row));
}
