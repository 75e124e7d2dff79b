import { present } from '../../base/assert.ts';
import type { KeyType, RoutedKeyType } from '../../base/keys.ts';
import type { KeyedRouter, KeyValue, Layout, TableLayout } from '../../scenario/layout-types.ts';
import type { Script } from '../../scenario/table-types.ts';
import type { ArrivalRows, DrawKey } from '../arrival-rows.ts';
import type { Workload } from '../types.ts';
import { tablesOf } from './column-text.ts';
import { composeKeys, constantKey, drawColumnKey, drawnValueKey, keyOfDraw } from './draw-keys.ts';
import type { BitField } from './key-bits.ts';
import { columnKeyType } from './key-values.ts';
import { tableKey } from './table-key.ts';

/** A shard key that a statement binds, in the arrival for which the rows are open. */
export interface StatementKey {
  readonly maxBytes: number;
  /** Values of it: 1, or those of a list. */
  count(): number;
  /**
   * Encodes value number `index` in a repetition of the statement's group; returns the length, 0
   * where there is no row that it could be of.
   */
  write(repetition: number, index: number, out: Uint8Array): number;
}

interface ReadValue {
  readonly key: DrawKey;
  /** The draw of whose rows there is a value each; null: there is one value. */
  readonly list: number | null;
}

/** Reads what the statements of a script bind the keys of a layout's tables to. */
export class KeyReader {
  private readonly workload: Workload;
  private readonly layout: Layout;
  private readonly rows: ArrivalRows;
  private readonly script: Script;

  constructor(workload: Workload, layout: Layout, rows: ArrivalRows, script: Script) {
    this.workload = workload;
    this.layout = layout;
    this.rows = rows;
    this.script = script;
  }

  /** The key that has these values; null where one of them is not known before an answer. */
  keyOf(router: KeyedRouter, values: readonly KeyValue[], statement: number): StatementKey | null {
    const table = present(tableBy(this.layout, router), 'table of the router');
    const parts = values.map((value, i) => this.read(value, statement, table, i));
    const known = parts.filter((part) => part !== null);
    const [first] = known;
    if (first === undefined || known.length < parts.length) return null;
    const key = known.length === 1 ? first.key : composeKeys(known.map((part) => part.key));
    const list = known.find((part) => part.list !== null)?.list ?? null;
    const { rows } = this;
    return {
      maxBytes: key.maxBytes,
      count: () => (list === null ? 1 : rows.rowCount(list)),
      write: (repetition, index, out) => key.write(0, repetition, index, out),
    };
  }

  private read(
    value: KeyValue,
    statement: number,
    { table, keyColumns, bits }: TableLayout,
    part: number,
  ): ReadValue | null {
    const type = (): KeyType => this.columnType(table, present(keyColumns[part], 'key column'));
    if ('constant' in value) return { key: constantKey(type(), value.constant, bits), list: null };
    if ('draw' in value) return { key: this.drawn(value.draw, value.column, bits), list: null };
    const { parameters } = present(this.script.statements[statement], 'statement');
    const parameter = present(parameters[value.parameter - 1], `parameter ${value.parameter}`);
    switch (parameter.kind) {
      case 'answer':
        return null;
      case 'value': {
        const { generator } = present(this.script.values[parameter.value], 'drawn value');
        const key = drawnValueKey(this.rows, type(), parameter.value, generator, bits);
        return { key, list: null };
      }
      case 'row': {
        const { draw, column, form } = parameter;
        const key = this.drawn(draw, column, bits);
        if (form === 'to') return { key: this.lastOf(key, draw), list: null };
        return { key, list: form === 'list' ? draw : null };
      }
    }
  }

  private drawn(draw: number, column: string, bits: BitField | undefined): DrawKey {
    const { table } = present(this.script.draws[draw], 'draw');
    return keyOfDraw(drawColumnKey(this.workload, this.rows, table, column, bits), draw);
  }

  /** Of a draw of several rows the last one. */
  private lastOf(key: DrawKey, draw: number): DrawKey {
    const { rows } = this;
    return {
      ...key,
      write: (_, repetition, __, out) => key.write(draw, repetition, rows.rowCount(draw) - 1, out),
    };
  }

  private columnType(table: string, column: string): KeyType {
    const { set } = tablesOf(this.workload);
    const columns = set.tables.find(({ name }) => name === table)?.columns;
    const found = columns?.find(({ name }) => name === column);
    return columnKeyType(present(found, `${table}.${column}`).type);
  }
}

/** Type of a layout's shard key; where no table lies by it, any will do. */
export function mainKeyType(workload: Workload, layout: Layout): RoutedKeyType {
  const table = tableBy(layout, 'main');
  return table === undefined ? 'int8' : tableKey(workload, table).type;
}

/** A table that lies by a router: keys of all of them are alike. */
function tableBy({ tables }: Layout, router: KeyedRouter): TableLayout | undefined {
  if (router === 'main') return tables.find(({ placement }) => placement === 'sharded');
  return tables.find(({ table }) => table === router.ownKeyOf);
}
