import { assert, present } from '../../base/assert.ts';
import type { ArrivalRows } from '../arrival-rows.ts';
import { below, mix, toUniform } from '../mix.ts';
import type { Workload } from '../types.ts';
import { tablesOf } from './column-text.ts';
import { type OtherTenant, otherTenant } from './other-tenant.ts';
import { mostNewRows, type PlannedDraw, type PlannedScript, planScript } from './script-plan.ts';
import { RowTexts } from './row-texts.ts';
import { type TableNode, tableTree } from './table-tree.ts';
import { tenantRowCount } from './tenant-rows.ts';

/** What a word is drawn for: draws of one draw that must not depend on each other. */
const streams = { place: 0, second: 1, isRemote: 2, tenantHigh: 3, tenantLow: 4 } as const;

const nothing: PlannedScript = { among: null, draws: [], values: [], repeats: [] };

export class ScriptRows implements ArrivalRows {
  /** Those that `rowAbove` knows. */
  readonly nodes: ReadonlyMap<string, TableNode>;
  private readonly scripts: readonly {
    readonly own: PlannedScript;
    readonly instead: PlannedScript;
  }[];
  /** By index of the table. */
  private readonly most: readonly number[];
  private readonly others: OtherTenant;
  private readonly texts: RowTexts;
  private script = nothing;
  private tenant = 0;
  private number = 0;
  /**
   * The first row of each draw and the repetition that it is of: most are asked for again and
   * again, as what other rows hang on.
   */
  private readonly found: Float64Array;
  private readonly foundIn: Int32Array;
  /** What the last call of `locate` found: loaded rows first .. first + count of `order`. */
  private first = 0;
  private count = 0;
  private order: Uint32Array | null = null;

  constructor(workload: Workload) {
    const tables = tablesOf(workload);
    const nodes = tableTree(tables);
    this.nodes = nodes;
    this.scripts = workload.operations.map((operation) => {
      const { script, instead } = operation;
      const planned = (each = script) =>
        each === undefined ? nothing : planScript(workload, nodes, operation, each);
      return { own: planned(), instead: instead === undefined ? nothing : planned(instead) };
    });
    this.most = tables.set.tables.map(({ name }) => mostNewRows(workload.operations, name));
    this.others = otherTenant(workload.tenants.weights);
    this.texts = new RowTexts(workload, nodes, this);
    const draws = this.scripts.flatMap(({ own, instead }) => [own, instead].map(lengthOf));
    this.found = new Float64Array(Math.max(0, ...draws));
    this.foundIn = new Int32Array(this.found.length);
  }

  open(operation: number, instead: boolean, tenant: number, number: number): void {
    const scripts = this.scripts[operation];
    this.script = (instead ? scripts?.instead : scripts?.own) ?? nothing;
    const { among } = this.script;
    this.tenant = among === null ? tenant : among.tenantFor(tenant, number);
    this.number = number;
    this.foundIn.fill(-1);
  }

  repetitions(group: number): number {
    const planned = this.script.repeats[group];
    if (planned === undefined) return 0;
    const { repeat, salt, node } = planned;
    if (repeat.kind === 'times') {
      const word = mix(mix(salt, this.tenant, 0), this.number, 0);
      return repeat.from + below(word, repeat.to - repeat.from + 1);
    }
    this.locateBelow(repeat.of, 0, present(node, 'table of children'));
    return Math.min(repeat.limit, this.count);
  }

  rowCount(draw: number): number {
    return this.drawAt(draw).rows;
  }

  row(draw: number, repetition: number, index: number): number {
    const planned = this.drawAt(draw);
    const time = planned.group === 0 ? 0 : repetition;
    if (index > 0 && planned.rows > 1) return this.find(planned, draw, time, index);
    if (this.foundIn[draw] === time) return this.found[draw] ?? -1;
    const row = this.find(planned, draw, time, 0);
    this.foundIn[draw] = time;
    this.found[draw] = row;
    return row;
  }

  private find(planned: PlannedDraw, draw: number, time: number, place: number): number {
    const { from, node, rows } = planned;
    switch (from.kind) {
      case 'new':
        if (from.parent !== null && this.row(from.parent, time, 0) < 0) return -1;
        return this.newRow(planned, time * rows + place);
      case 'ancestor':
        return this.rowAbove(from.draw, time, node);
      case 'eachChild':
        this.locateBelow(from.draw, time, node);
        return time < this.count ? this.first + time : -1;
      case 'descendant':
        this.locateBelow(from.draw, time, node);
        return this.located(planned, time, place);
      case 'tenant':
      case 'remote':
      case 'sameTenant':
      case 'nurand':
        this.locate(planned, draw, time);
        return this.located(planned, time, place);
    }
  }

  text(draw: number, repetition: number, index: number, column: string): string | null {
    return this.texts.text(draw, repetition, index, column);
  }

  valueText(value: number, repetition: number): string {
    const planned = present(this.script.values[value], `value ${value}`);
    const { group, salt, text } = planned;
    const word = mix(mix(salt, this.tenant, 0), this.number, group === 0 ? 0 : repetition);
    return text(this.tenant, word);
  }

  drawAt(draw: number): PlannedDraw {
    return present(this.script.draws[draw], `draw ${draw}`);
  }

  /** The tenant of a draw's rows; the arrival's own where they have none. */
  tenantOf(draw: number, repetition: number): number {
    const planned = this.drawAt(draw);
    const { from, node } = planned;
    const time = planned.group === 0 ? 0 : repetition;
    switch (from.kind) {
      case 'tenant':
      case 'nurand':
        return this.tenant;
      case 'remote':
        return node.loaded.tenantOf === null ? this.tenant : this.remoteTenant(planned, time);
      case 'new':
        return from.parent === null ? this.tenant : this.tenantOf(from.parent, time);
      case 'sameTenant':
      case 'ancestor':
      case 'descendant':
      case 'eachChild':
        return this.tenantOf(from.draw, time);
    }
  }

  /** The row of table `to` that a draw's row hangs on; the row itself where that is its table. */
  rowAbove(draw: number, repetition: number, to: TableNode): number {
    const { node, from } = this.drawAt(draw);
    let row = this.row(draw, repetition, 0);
    if (row >= node.loaded.count && node !== to) {
      assert(from.kind === 'new', 'only new rows are numbered after the loaded ones');
      return from.parent === null ? -1 : this.rowAbove(from.parent, repetition, to);
    }
    for (let at = node; row >= 0 && at !== to; ) {
      row = at.loaded.parentOf?.[row] ?? -1;
      at = present(at.parent, `table above ${at.table.name}`);
    }
    return row;
  }

  /** Which draw makes the new row of table `to` that a draw's new row hangs on. */
  makerAbove(draw: number, to: TableNode): number {
    const { node, from } = this.drawAt(draw);
    if (node === to) return draw;
    assert(from.kind === 'new' && from.parent !== null, `new rows of ${to.table.name} above`);
    return this.makerAbove(from.parent, to);
  }

  /**
   * Position of a new row within its parent or tenant, from 1; after the loaded ones it has gaps,
   * so that no two arrivals, whatever ran in between, have the same.
   */
  newSequence(draw: number, repetition: number, index: number): number {
    const { node, from, rows, siblings, withParent, group, byTenant } = this.drawAt(draw);
    assert(from.kind === 'new', 'a new row');
    const time = group === 0 ? 0 : repetition;
    const added = this.row(draw, time, index) - node.loaded.count;
    if (from.parent === null) {
      const own = byTenant === null ? node.loaded.count : tenantRowCount(byTenant, this.tenant);
      return own + 1 + added;
    }
    const parent = this.row(from.parent, time, 0);
    if (parent >= this.drawAt(from.parent).node.loaded.count) {
      const place = rows === 1 ? 0 : index;
      return 1 + siblings + (withParent ? 0 : time * rows) + place;
    }
    const { starts } = node.loaded;
    return (starts?.[parent + 1] ?? 0) - (starts?.[parent] ?? 0) + 1 + added;
  }

  private newRow({ node, before }: PlannedDraw, offset: number): number {
    return node.loaded.count + this.number * (this.most[node.index] ?? 0) + before + offset;
  }

  private wordOf({ salt }: PlannedDraw, repetition: number, stream: number): number {
    return mix(mix(salt, this.tenant, stream), this.number, repetition);
  }

  private remoteTenant(planned: PlannedDraw, time: number): number {
    const fraction = planned.from.kind === 'remote' ? planned.from.fraction : 0;
    if (this.wordOf(planned, time, streams.isRemote) >= fraction * 2 ** 32) return this.tenant;
    const high = this.wordOf(planned, time, streams.tenantHigh);
    const low = this.wordOf(planned, time, streams.tenantLow);
    return this.others.draw(this.tenant, toUniform(high, low));
  }

  /** The rows that a draw draws from: those of its tenant, or all of a table without tenants. */
  private locate({ byTenant, node }: PlannedDraw, draw: number, time: number): void {
    if (byTenant === null) {
      this.first = 0;
      this.count = node.loaded.count;
      this.order = null;
      return;
    }
    const tenant = this.tenantOf(draw, time);
    this.first = byTenant.from[tenant] ?? 0;
    this.count = tenantRowCount(byTenant, tenant);
    this.order = byTenant.order;
  }

  /** The loaded rows of a table below a draw's row: they follow one another, however far below. */
  private locateBelow(draw: number, time: number, node: TableNode): void {
    const top = this.drawAt(draw).node;
    const row = this.row(draw, time, 0);
    this.order = null;
    this.first = row;
    this.count = 0;
    if (row < 0 || row >= top.loaded.count) return;
    this.count = 1;
    this.descend(node, top);
  }

  private descend(node: TableNode, top: TableNode): void {
    if (node === top) return;
    this.descend(present(node.parent, `${top.table.name} above ${node.table.name}`), top);
    const starts = present(node.loaded.starts, 'children of rows');
    const end = starts[this.first + this.count] ?? 0;
    this.first = starts[this.first] ?? 0;
    this.count = end - this.first;
  }

  /** One of the rows that were located; -1 where there are none. */
  private located(planned: PlannedDraw, time: number, index: number): number {
    if (this.count === 0) return -1;
    const at = this.first + this.placeOf(planned, time, index);
    return this.order === null ? at : (this.order[at] ?? 0);
  }

  private placeOf(planned: PlannedDraw, time: number, index: number): number {
    const { count } = this;
    const { from, rows, adjacent } = planned;
    const word = this.wordOf(planned, time, streams.place);
    if (from.kind === 'nurand') {
      const second = below(this.wordOf(planned, time, streams.second), count);
      return (((below(word, from.a + 1) | second) >>> 0) + planned.shift + index) % count;
    }
    if (rows === 1) return below(word, count);
    if (adjacent) return below(word, Math.max(1, count - rows + 1)) + Math.min(index, count - 1);
    const stride = strideFor(count, rows, this.wordOf(planned, time, streams.second));
    return (below(word, count) + index * stride) % count;
  }
}

const lengthOf = ({ draws }: PlannedScript): number => draws.length;

/** A step by which the first `rows` places of `count`, taken cyclically, are different ones. */
function strideFor(count: number, rows: number, word: number): number {
  if (count < 2) return 0;
  let stride = 1 + below(word, count - 1);
  while (count / commonDivisor(stride, count) < Math.min(rows, count)) {
    stride = (stride % (count - 1)) + 1;
  }
  return stride;
}

function commonDivisor(a: number, b: number): number {
  let [larger, smaller] = [b, a];
  while (smaller > 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
