import type { Workload } from '../types.ts';
import { type ColumnSource, columnSource, isNull } from './column-source.ts';
import { tablesOf } from './column-text.ts';
import { writeDecimal } from './copy-digits.ts';
import { plainCopy } from './copy-values.ts';
import { rowPicker } from './picked-row.ts';
import { loadedSequence } from './sequence.ts';
import { climber, nodeOf, type TableNode, tableTree } from './table-tree.ts';

/** A column of loaded rows, written as bytes in the text format of Postgres' COPY. */
export interface CopyColumn {
  /** Bytes of a value at most. */
  readonly maxBytes: number;
  /** Writes the value in a row from `at` on; returns the end, or -1 for NULL. */
  readonly write: (row: number, out: Uint8Array, at: number) => number;
}

/**
 * The values that `columnText` makes, without a string for each: a load spends most of its time on
 * making rows, and this takes a quarter of the time.
 */
export function copyColumns(workload: Workload, table: string): (column: string) => CopyColumn {
  const nodes = tableTree(tablesOf(workload));
  return (column) => copyColumn(workload, nodes, table, column);
}

function copyColumn(
  workload: Workload,
  nodes: ReadonlyMap<string, TableNode>,
  table: string,
  column: string,
): CopyColumn {
  const source = columnSource(nodes, workload.seed, table, column);
  const from = nodeOf(nodes, table);
  const own = sourceColumn(workload, nodes, source);
  const values = from === source.node ? own : remembered(climber(from, source.node), own);
  return withNulls(values, from, source);
}

/** Of a row of the table that makes the values. */
function sourceColumn(
  workload: Workload,
  nodes: ReadonlyMap<string, TableNode>,
  { node, generator, salt }: ColumnSource,
): CopyColumn {
  const { tenants, seed } = workload;
  const { tenantOf } = node.loaded;
  if (generator.kind === 'sequence') {
    const sequence = loadedSequence(node);
    return { maxBytes: 20, write: (row, out, at) => writeDecimal(sequence(row), out, at) };
  }
  if (generator.kind === 'pick') {
    const picked = nodeOf(nodes, generator.table);
    const pick = rowPicker(node, picked, tenants, seed);
    const { maxBytes, write } = copyColumn(workload, nodes, generator.table, generator.column);
    return {
      maxBytes,
      write: (row, out, at) => {
        const found = pick(tenantOf?.[row] ?? 0, row);
        return found < 0 ? -1 : write(found, out, at);
      },
    };
  }
  const { maxBytes, write } = plainCopy(generator, salt, tenants, node.loaded.count);
  return tenantOf === null
    ? { maxBytes, write: (row, out, at) => write(0, row, out, at) }
    : { maxBytes, write: (row, out, at) => write(tenantOf[row] ?? 0, row, out, at) };
}

/** The value of the row above, made once for all rows that follow one another below it. */
function remembered(climb: (row: number) => number, { maxBytes, write }: CopyColumn): CopyColumn {
  const kept = new Uint8Array(maxBytes);
  let last = -1;
  let length = 0;
  return {
    maxBytes,
    write: (row, out, at) => {
      const above = climb(row);
      if (above !== last) {
        last = above;
        length = write(above, kept, 0);
      }
      for (let i = 0; i < length; i += 1) out[at + i] = kept[i] ?? 0;
      return length < 0 ? -1 : at + length;
    },
  };
}

function withNulls(values: CopyColumn, from: TableNode, { nulls }: ColumnSource): CopyColumn {
  if (nulls.length === 0) return values;
  const { maxBytes, write } = values;
  const checks = nulls.map((each) => ({ each, climb: climber(from, each.node) }));
  return {
    maxBytes,
    write: (row, out, at) =>
      checks.some(({ each, climb }) => isNull(each, climb(row))) ? -1 : write(row, out, at),
  };
}
