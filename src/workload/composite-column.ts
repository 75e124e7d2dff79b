import { assert } from '../base/assert.ts';
import { partHeaderBytes, writePartHeader } from '../base/composite-keys.ts';
import { keyTypes, type KeyType } from '../base/keys.ts';
import type { KeyColumn } from './types.ts';

interface Part {
  readonly column: KeyColumn;
  readonly type: KeyType;
  readonly scratch: Uint8Array;
}

function partOf(column: KeyColumn): Part {
  const type = keyTypes.find((each) => each === column.type);
  assert(type !== undefined, 'a part of a composite key is a single column');
  return { column, type, scratch: new Uint8Array(column.maxBytes) };
}

/** Numbers rows of values so that equal rows, and only those, get the same number. */
export class RowNumbers {
  /** Of each number: the number of its row without the last value, and that value. */
  private readonly before: number[] = [];
  private readonly last: number[] = [];
  /** By number + 1 (0: the empty row): the numbers of the rows that are one value longer. */
  private readonly longer: (Map<number, number> | undefined)[] = [];

  /** The number of the row `prefix` with one value more; -1 stands for the empty row. */
  append(prefix: number, value: number): number {
    const next = (this.longer[prefix + 1] ??= new Map());
    let number = next.get(value);
    if (number === undefined) {
      number = this.before.push(prefix) - 1;
      this.last.push(value);
      next.set(value, number);
    }
    return number;
  }

  /** Writes the values of a row to `out`, which is as long as the row is. */
  read(number: number, out: number[]): void {
    let at = number;
    for (let i = out.length - 1; i >= 0; i -= 1) {
      out[i] = this.last[at] ?? 0;
      at = this.before[at] ?? -1;
    }
  }
}

/**
 * Several columns as one, in the encoding of base/composite-keys.ts; no value is NULL. Columns that
 * share `numbers` have the same number for the same values.
 */
export function compositeColumn(
  columns: readonly KeyColumn[],
  numbers = new RowNumbers(),
): KeyColumn {
  const parts = columns.map(partOf);
  const values = parts.map(() => 0);

  /** Writes the value that stands in a part's scratch; returns where the next part goes. */
  function writePart({ type, scratch }: Part, length: number, out: Uint8Array, at: number): number {
    const start = writePartHeader(type, length, out, at);
    for (let i = 0; i < length; i += 1) out[start + i] = scratch[i] ?? 0;
    return start + length;
  }

  return {
    type: 'composite',
    maxBytes: parts.reduce(
      (sum, { type, column }) => sum + partHeaderBytes(type) + column.maxBytes,
      0,
    ),
    valueOf: (tenant, row) =>
      parts.reduce((prefix, part) => numbers.append(prefix, part.column.valueOf(tenant, row)), -1),
    encode(value, out) {
      numbers.read(value, values);
      let at = 0;
      for (let i = 0; i < parts.length; i += 1) {
        const part = parts[i];
        if (part === undefined) continue;
        at = writePart(part, part.column.encode(values[i] ?? 0, part.scratch), out, at);
      }
      return at;
    },
    write(tenant, row, out) {
      let at = 0;
      for (let i = 0; i < parts.length; i += 1) {
        const part = parts[i];
        if (part === undefined) continue;
        at = writePart(part, part.column.write(tenant, row, part.scratch), out, at);
      }
      return at;
    },
  };
}
