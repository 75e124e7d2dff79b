import { present } from '../../base/assert.ts';
import type { KeyType } from '../../base/keys.ts';
import { writeInt8 } from '../key-column.ts';
import { saltOf } from '../mix.ts';
import type { Workload } from '../types.ts';
import { columnSource, isNull } from './column-source.ts';
import { keyValues } from './key-values.ts';
import { loadedKey } from './loaded-key.ts';
import { rowPicker } from './picked-row.ts';
import type { ScriptRows } from './script-rows.ts';
import { columnOf, nodeOf, type TableNode } from './table-tree.ts';

/** One column of a table as a key, in rows that an arrival draws. */
export interface RowKey {
  readonly type: KeyType;
  readonly maxBytes: number;
  /** Encodes the value in a draw's row; -1 where there is no row, and for NULL. */
  write: RowWriter;
}

type RowWriter = (draw: number, repetition: number, index: number, out: Uint8Array) => number;

/** Of a draw's row that is a new one. */
type NewWriter = (
  draw: number,
  repetition: number,
  index: number,
  row: number,
  out: Uint8Array,
) => number;

/** The bytes are those of the same value in a loaded row (loaded-key.ts). */
export function rowKey(
  workload: Workload,
  rows: ScriptRows,
  table: string,
  column: string,
): RowKey {
  const { nodes } = rows;
  const loaded = loadedKey(workload, nodes, table, column);
  const { count } = nodeOf(nodes, table).loaded;
  const writeNew = newWriter(workload, rows, table, column);
  return {
    type: loaded.type,
    maxBytes: loaded.maxBytes,
    write(draw, repetition, index, out) {
      const row = rows.row(draw, repetition, index);
      if (row < 0) return -1;
      if (row < count) return loaded.write(row, out);
      return writeNew(draw, repetition, index, row, out);
    },
  };
}

function newWriter(
  workload: Workload,
  rows: ScriptRows,
  table: string,
  columnName: string,
): NewWriter {
  const node = nodeOf(rows.nodes, table);
  const { nulls } = columnOf(node.table, columnName);
  const write = newValueWriter(workload, rows, node, columnName);
  if (nulls === 0) return write;
  const salt = saltOf(workload.seed, `${table}.${columnName}/null`);
  const check = { node, salt, share: nulls };
  return (draw, repetition, index, row, out) =>
    isNull(check, row) ? -1 : write(draw, repetition, index, row, out);
}

function newValueWriter(
  workload: Workload,
  rows: ScriptRows,
  node: TableNode,
  columnName: string,
): NewWriter {
  const { nodes } = rows;
  const { name } = node.table;
  const generator = present(columnOf(node.table, columnName).generator, `values of ${columnName}`);
  switch (generator.kind) {
    case 'sequence':
      return (draw, repetition, index, _, out) =>
        writeInt8(rows.newSequence(draw, repetition, index), out);
    case 'parent': {
      const above = nodeOf(nodes, generator.table);
      const loaded = loadedKey(workload, nodes, generator.table, generator.column);
      const writeNew = newWriter(workload, rows, generator.table, generator.column);
      return (draw, repetition, _, __, out) => {
        const row = rows.rowAbove(draw, repetition, above);
        if (row < 0) return -1;
        if (row < above.loaded.count) return loaded.write(row, out);
        return writeNew(rows.makerAbove(draw, above), repetition, 0, row, out);
      };
    }
    case 'pick': {
      const picked = nodeOf(nodes, generator.table);
      const pick = rowPicker(node, picked, workload.tenants, workload.seed);
      const key = loadedKey(workload, nodes, generator.table, generator.column);
      return (draw, repetition, _, row, out) => {
        const found = pick(rows.tenantOf(draw, repetition), row);
        return found < 0 ? -1 : key.write(found, out);
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
      const source = columnSource(nodes, workload.seed, name, columnName);
      const values = keyValues(source, workload.tenants);
      return (draw, repetition, _, row, out) =>
        values.write(rows.tenantOf(draw, repetition), row, out);
    }
  }
}
