import { present } from '../../base/assert.ts';
import { saltOf } from '../mix.ts';
import type { Workload } from '../types.ts';
import { isNull } from './column-source.ts';
import { type LoadedText, loadedText } from './column-text.ts';
import { type PickRow, rowPicker } from './picked-row.ts';
import { plainText, type RowText } from './plain-values.ts';
import type { ScriptRows } from './script-rows.ts';
import { columnOf, nodeOf, type TableNode } from './table-tree.ts';

/** How a column's text is made in a new row. */
type NewText = (draw: number, repetition: number, index: number, row: number) => string | null;

/** Texts of the columns of drawn rows; each column is prepared when it is first asked for. */
export class RowTexts {
  private readonly workload: Workload;
  private readonly nodes: ReadonlyMap<string, TableNode>;
  private readonly rows: ScriptRows;
  private readonly loadedTexts = new Map<TableNode, Map<string, LoadedText>>();
  private readonly newTexts = new Map<TableNode, Map<string, NewText>>();

  constructor(workload: Workload, nodes: ReadonlyMap<string, TableNode>, rows: ScriptRows) {
    this.workload = workload;
    this.nodes = nodes;
    this.rows = rows;
  }

  text(draw: number, repetition: number, index: number, column: string): string | null {
    const row = this.rows.row(draw, repetition, index);
    if (row < 0) return null;
    const { node } = this.rows.drawAt(draw);
    if (row < node.loaded.count) return this.loaded(node, column)(row);
    const text = remembered(this.newTexts, node, column, () => this.newText(node, column));
    return text(draw, repetition, index, row);
  }

  private loaded(node: TableNode, column: string): LoadedText {
    const { workload, nodes } = this;
    return remembered(this.loadedTexts, node, column, () =>
      loadedText(workload, nodes, node.table.name, column),
    );
  }

  private newText(node: TableNode, columnName: string): NewText {
    const { seed } = this.workload;
    const { nulls } = columnOf(node.table, columnName);
    const text = this.newValue(node, columnName);
    if (nulls === 0) return text;
    const salt = saltOf(seed, `${node.table.name}.${columnName}/null`);
    const check = { node, salt, share: nulls };
    return (draw, repetition, index, row) =>
      isNull(check, row) ? null : text(draw, repetition, index, row);
  }

  private newValue(node: TableNode, columnName: string): NewText {
    const { workload, nodes, rows } = this;
    const name = `${node.table.name}.${columnName}`;
    const generator = present(columnOf(node.table, columnName).generator, `generator of ${name}`);
    switch (generator.kind) {
      case 'sequence':
        return (draw, repetition, index) => String(rows.newSequence(draw, repetition, index));
      case 'parent': {
        const above = nodeOf(nodes, generator.table);
        return (draw, repetition) => this.textAbove(draw, repetition, above, generator.column);
      }
      case 'pick': {
        const picked = nodeOf(nodes, generator.table);
        const pick: PickRow = rowPicker(node, picked, workload.tenants, workload.seed);
        return (draw, repetition, _, row) => {
          const found = pick(rows.tenantOf(draw, repetition), row);
          return found < 0 ? null : this.loaded(picked, generator.column)(found);
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
        const salt = saltOf(workload.seed, name);
        const { count } = node.loaded;
        const text: RowText = plainText(generator, salt, workload.tenants, count);
        return (draw, repetition, _, row) => text(rows.tenantOf(draw, repetition), row);
      }
    }
  }

  /** Of the row above a new one, which may be new as well. */
  private textAbove(
    draw: number,
    repetition: number,
    above: TableNode,
    column: string,
  ): string | null {
    const row = this.rows.rowAbove(draw, repetition, above);
    if (row < 0) return null;
    if (row < above.loaded.count) return this.loaded(above, column)(row);
    return this.text(this.rows.makerAbove(draw, above), repetition, 0, column);
  }
}

function remembered<T>(
  texts: Map<TableNode, Map<string, T>>,
  node: TableNode,
  column: string,
  make: () => T,
): T {
  let own = texts.get(node);
  if (own === undefined) {
    own = new Map();
    texts.set(node, own);
  }
  let text = own.get(column);
  if (text === undefined) {
    text = make();
    own.set(column, text);
  }
  return text;
}
