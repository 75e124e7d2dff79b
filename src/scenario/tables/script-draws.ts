import { suggest } from '../../base/suggest.ts';
import { mismatchAmong, type Path, type Problems } from '../problem.ts';
import type { Draw, DrawFrom, DrawnValue } from '../table-types.ts';
import { ownWay, relatedWay, tableOfEntry } from './draw-entries.ts';
import { ownNameRow } from './draw-rules.ts';
import type { FlatGroup, FlatScript } from './flat-script.ts';
import { hasNoRows } from './row-bounds.ts';
import type { DrawInput, RowInput } from './script-input.ts';
import { newName, parameterName, tableOfNew } from './script-names.ts';
import type { TableTree } from './table-tree.ts';

/** The rows and values of a script, each made when it is first named, after those it refers to. */
export class ScriptDraws {
  readonly draws: Draw[] = [];
  readonly values: DrawnValue[] = [];
  private readonly tree: TableTree;
  private readonly groups: readonly FlatGroup[];
  private readonly problems: Problems;
  /** Names of rows that statements of each group use. */
  private readonly named: readonly ReadonlySet<string>[];
  /** Draws whose rows the rules for a table's own name pass over. */
  private readonly aside = new Set<number>();
  /** Names that are being made, and those that could not be. */
  private readonly open = new Set<string>();
  private readonly failed = new Set<string>();
  private readonly used = new Set<string>();

  constructor(flat: FlatScript, tree: TableTree, problems: Problems) {
    this.tree = tree;
    this.groups = flat.groups;
    this.problems = problems;
    this.named = flat.groups.map((_, group) => namesIn(flat, group));
    for (const [group, { draws }] of flat.groups.entries()) {
      for (const [name, input] of Object.entries(draws)) {
        if (input.kind !== 'value') continue;
        this.values.push({ name, group, generator: input.generator });
      }
    }
  }

  /** Makes the rows that a group has entries for, in their order. */
  makeEntries(group: number): void {
    const { draws = {}, drawPath = [], repeat = null } = this.groups[group] ?? {};
    for (const [name, input] of Object.entries(draws)) {
      if (input.kind === 'row') this.drawOf(name, group, [...drawPath, name]);
    }
    if (repeat?.input.kind !== 'children') return;
    const { children } = repeat.input;
    if (this.tree.table(children) !== undefined) {
      this.drawOf(children, group, repeat.path);
      return;
    }
    const names = this.tree.tables.map(({ name }) => name);
    const text = mismatchAmong(children, names, suggest(children, names));
    this.problems.add([...repeat.path, 'children'], text);
  }

  /** Index of a value, seen from a group; undefined where there is none of that name. */
  valueOf(name: string, group: number): number | undefined {
    const find = (home: number): number =>
      this.values.findIndex((each) => each.name === name && each.group === home);
    const index = find(group) === -1 ? find(0) : find(group);
    if (index === -1) return undefined;
    this.used.add(usedName(name, this.values[index]?.group ?? 0));
    return index;
  }

  /**
   * Index of the draw of a name, seen from a group. undefined: there can be none, which has been
   * reported at `path` unless the name is nobody's.
   */
  drawOf(name: string, group: number, path: Path): number | undefined {
    const home = this.homeOf(name, group);
    const made = this.draws.findIndex((each) => each.name === name && each.group === home);
    if (made !== -1) return made;
    const mark = usedName(name, home);
    if (this.failed.has(mark)) return undefined;
    if (this.open.has(mark)) {
      this.problems.add(path, `${name} is drawn by way of itself; allowed: draws without a circle`);
      this.failed.add(mark);
      return undefined;
    }
    this.open.add(mark);
    const draw = this.make(name, home, path);
    this.open.delete(mark);
    if (draw === undefined) {
      this.failed.add(mark);
      return undefined;
    }
    const index = this.draws.push(draw) - 1;
    if (this.isAside(draw)) this.aside.add(index);
    return index;
  }

  /** Whether the name is that of a table, of a new row or of an entry. */
  knows(name: string, group: number): boolean {
    const entry = this.entryOf(name, this.homeOf(name, group));
    return entry?.kind === 'row' || this.tree.table(tableOfNew(name) ?? name) !== undefined;
  }

  use(name: string, group: number): void {
    this.used.add(usedName(name, this.homeOf(name, group)));
  }

  /** Names of all rows that parameters may begin with, seen from a group. */
  namesSeen(group: number): readonly string[] {
    const entries = [0, group].flatMap((each) => Object.entries(this.groups[each]?.draws ?? {}));
    const rows = entries.flatMap(([name, input]) => (input.kind === 'row' ? [name] : []));
    return [...new Set([...rows, ...this.tree.tables.map(({ name }) => name)])];
  }

  /** Entries that no statement and no other entry refers to. */
  reportUnused(): void {
    for (const [group, { draws, drawPath }] of this.groups.entries()) {
      for (const name of Object.keys(draws)) {
        if (this.used.has(usedName(name, group))) continue;
        const path = [...drawPath, name];
        const text = `no statement uses :${name}; allowed: draws that are used`;
        this.problems.all.push({ path, at: 'key', text });
      }
    }
  }

  /** The group in which a name is drawn: where it has an entry, else where statements use it. */
  private homeOf(name: string, group: number): number {
    if (group === 0 || this.entryOf(name, group, false) !== undefined) return group;
    if (this.isChild(name, group)) return group;
    if (this.entryOf(name, 0, false) !== undefined || this.named[0]?.has(name) === true) return 0;
    return this.named[group]?.has(name) === true ? group : 0;
  }

  private isChild(name: string, group: number): boolean {
    const repeat = this.groups[group]?.repeat?.input;
    return repeat?.kind === 'children' && repeat.children === name;
  }

  private entryOf(name: string, group: number, orAbove = true): DrawInput | undefined {
    const entries = this.groups[group]?.draws ?? {};
    if (Object.hasOwn(entries, name)) return entries[name];
    return orAbove && group !== 0 ? this.entryOf(name, 0, false) : undefined;
  }

  private make(name: string, group: number, path: Path): Draw | undefined {
    const entry = this.entryOf(name, group, false);
    if (entry?.kind === 'row') return this.makeEntry(name, entry, group);
    const fresh = tableOfNew(name);
    const table = fresh ?? name;
    if (entry !== undefined || this.tree.table(table) === undefined) return undefined;
    if (fresh !== undefined) return this.makeNew(name, fresh, group, path);
    if (!this.mayDraw(table, path)) return undefined;
    const from = this.isChild(name, group)
      ? this.childOf(group)
      : ownNameRow(table, group, this.draws, this.aside, this.tree);
    return from && { name, table, group, from, rows: 1 };
  }

  /** Its parent is a new row too where the operation makes one, else a loaded one. */
  private makeNew(name: string, table: string, group: number, path: Path): Draw | undefined {
    const per = this.tree.table(table)?.per;
    const newRow = (parent: number | null): Draw => ({
      name,
      table,
      group,
      from: { kind: 'new', parent },
      rows: 1,
    });
    if (per?.kind !== 'table') return newRow(null);
    const above = newName(per.table);
    const isNew = [0, group].some((each) => this.named[each]?.has(above) === true);
    const parent = this.drawOf(isNew ? above : per.table, group, path);
    if (!isNew) this.use(per.table, group);
    return parent === undefined ? undefined : newRow(parent);
  }

  private childOf(group: number): DrawFrom | undefined {
    const repeat = this.groups[group]?.repeat;
    if (repeat?.input.kind !== 'children') return undefined;
    const { of, children } = repeat.input;
    const parent = this.other(of, 0, [...repeat.path, 'of']);
    if (parent === undefined) return undefined;
    const per = this.tree.table(children)?.per;
    const { table = '', from } = this.draws[parent] ?? {};
    if (per?.kind === 'table' && per.table === table && from?.kind !== 'new') {
      return { kind: 'eachChild', draw: parent };
    }
    const allowed = per?.kind === 'table' ? `a loaded row of ${per.table}` : 'children per a table';
    const what = from?.kind === 'new' ? 'a new row' : 'a row';
    const text = `found ${what} of ${table} for the children ${children}; allowed: ${allowed}`;
    this.problems.add([...repeat.path, 'of'], text);
    return undefined;
  }

  private makeEntry(name: string, input: RowInput, group: number): Draw | undefined {
    const path = [...(this.groups[group]?.drawPath ?? []), name];
    const { tree, problems } = this;
    const table = tableOfEntry(name, input, tree, path, problems);
    if (table === undefined || !this.mayDraw(table, path)) return undefined;
    const from = ownWay(table, input, tree, path, problems);
    if (from !== 'of') return from && { name, table, group, from, rows: input.rows ?? 1 };
    const { of = '', rows = 1 } = input;
    const other = this.other(of, group, [...path, 'of']);
    const draw = other === undefined ? undefined : this.draws[other];
    if (other === undefined || draw === undefined) return undefined;
    const to = { index: other, draw, of, rows };
    const related = relatedWay(table, to, tree, path, problems);
    return related && { name, table, group, from: related, rows };
  }

  /** What another draw or a repetition refers to. */
  private other(name: string, group: number, path: Path): number | undefined {
    this.use(name, group);
    if (this.knows(name, group)) return this.drawOf(name, group, path);
    const names = this.namesSeen(group);
    this.problems.add(path, mismatchAmong(name, names, suggest(name, names)));
    return undefined;
  }

  private mayDraw(table: string, path: Path): boolean {
    if (!hasNoRows(table, this.tree)) return true;
    const text = `${table} has no rows to draw from; allowed: a table with rows, or :new.${table}`;
    this.problems.add(path, text);
    return false;
  }

  private isAside({ from, rows }: Draw): boolean {
    if (from.kind === 'remote' || from.kind === 'new' || rows > 1) return true;
    return 'draw' in from && this.aside.has(from.draw);
  }
}

const usedName = (name: string, group: number): string => `${group}/${name}`;

/** Names of rows that the statements of a group use, and that its entries and repeats refer to. */
function namesIn({ statements, groups }: FlatScript, group: number): ReadonlySet<string> {
  const inSql = statements.flatMap((statement) => {
    if (statement.group !== group) return [];
    return statement.read.names.flatMap((name) => {
      const parsed = parameterName(name);
      return parsed?.kind === 'column' ? [parsed.of] : [];
    });
  });
  const inDraws = Object.values(groups[group]?.draws ?? {}).flatMap((input) =>
    input.kind === 'row' && input.of !== undefined ? [input.of] : [],
  );
  const repeats = group === 0 ? groups.flatMap(({ repeat }) => repeat?.input ?? []) : [];
  const inRepeats = repeats.flatMap((repeat) => (repeat.kind === 'children' ? [repeat.of] : []));
  return new Set([...inSql, ...inDraws, ...inRepeats]);
}
