import { assert, present } from '../../base/assert.ts';
import { writeInt8 } from '../key-column.ts';
import type { Workload } from '../types.ts';
import { type ColumnSource, columnSource, isNull } from './column-source.ts';
import { type BitField, bitsOf } from './key-bits.ts';
import { type KeyValues, keyValues } from './key-values.ts';
import { rowPicker } from './picked-row.ts';
import { loadedSequence } from './sequence.ts';
import { climber, nodeOf, type TableNode } from './table-tree.ts';

/** One column of a table as a key, in its loaded rows. */
export interface LoadedKey
  extends Pick<KeyValues, 'type' | 'maxBytes' | 'domain' | 'size' | 'encode'> {
  /** A whole number that stands for the value; -1 for NULL. */
  readonly valueOf: (row: number) => number;
  /** Encodes (base/keys.ts) the value; returns its length, -1 for NULL. */
  readonly write: (row: number, out: Uint8Array) => number;
}

export function loadedKey(
  workload: Workload,
  nodes: ReadonlyMap<string, TableNode>,
  table: string,
  column: string,
): LoadedKey {
  const from = nodeOf(nodes, table);
  const source = columnSource(nodes, workload.seed, table, column);
  const own = sourceKey(workload, nodes, from, source);
  const { nulls } = source;
  if (nulls.length === 0) return own;
  const checks = nulls.map((each) => ({ each, climb: climber(from, each.node) }));
  const none = (row: number): boolean => checks.some(({ each, climb }) => isNull(each, climb(row)));
  return {
    ...own,
    valueOf: (row) => (none(row) ? -1 : own.valueOf(row)),
    write: (row, out) => (none(row) ? -1 : own.write(row, out)),
  };
}

function sourceKey(
  workload: Workload,
  nodes: ReadonlyMap<string, TableNode>,
  from: TableNode,
  source: ColumnSource,
): LoadedKey {
  const { node, generator } = source;
  const climb = climber(from, node);
  if (generator.kind === 'pick') {
    const picked = nodeOf(nodes, generator.table);
    const pick = rowPicker(node, picked, workload.tenants, workload.seed);
    const key = loadedKey(workload, nodes, generator.table, generator.column);
    const { tenantOf } = node.loaded;
    const pickFor = (row: number): number => {
      const at = climb(row);
      return pick(tenantOf?.[at] ?? 0, at);
    };
    return {
      ...key,
      valueOf: (row) => whereSome(pickFor(row), key.valueOf),
      write: (row, out) => {
        const found = pickFor(row);
        return found < 0 ? -1 : key.write(found, out);
      },
    };
  }
  const values = keyValues(source, workload.tenants);
  const { type, maxBytes, domain, size, encode } = values;
  const shape = { type, maxBytes, domain, size, encode };
  if (generator.kind === 'sequence') {
    const sequence = loadedSequence(node);
    return {
      ...shape,
      valueOf: (row) => sequence(climb(row)),
      write: (row, out) => encode(sequence(climb(row)), out),
    };
  }
  const { tenantOf } = from.loaded;
  if (generator.kind === 'tenant') {
    // No need to climb: a row's tenant is that of all rows above it.
    const tenants = present(tenantOf, `tenants of ${from.table.name}`);
    return {
      ...shape,
      valueOf: (row) => tenants[row] ?? 0,
      write: (row, out) => encode(tenants[row] ?? 0, out),
    };
  }
  return {
    ...shape,
    valueOf: (row) => values.valueOf(tenantOf?.[row] ?? 0, climb(row)),
    write: (row, out) => values.write(tenantOf?.[row] ?? 0, climb(row), out),
  };
}

function whereSome(row: number, valueOf: (row: number) => number): number {
  return row < 0 ? -1 : valueOf(row);
}

/** Some bits of an integer as a key, which is an integer too. */
export function bitKey(key: LoadedKey, bits: BitField): LoadedKey {
  assert(key.type === 'int8', 'bits are of integers');
  const scratch = new Uint8Array(8);
  const valueOf = (row: number): number =>
    key.write(row, scratch) < 0 ? -1 : bitsOf(bits, scratch);
  return {
    ...key,
    domain: 'int8',
    size: null,
    valueOf,
    encode: writeInt8,
    write: (row, out) => {
      const value = valueOf(row);
      return value < 0 ? -1 : writeInt8(value, out);
    },
  };
}
