import type { JoinExpr, Node, RangeSubselect, RangeVar } from 'libpg-query';
import { nodeOf, textsOf } from '../../sql/tree.ts';
import type { NameItem, NameScope } from './name-scope.ts';
import { columnsOf } from './name-scope.ts';
import type { RelationItems } from './relation-items.ts';
import type { RenamingWalk } from './renaming-walk.ts';
import type { WrittenNames } from './written-names.ts';

/** Renames what stands in FROM, and says what names mean behind it. */
export class FromRenaming {
  readonly #written: WrittenNames;
  readonly #relations: RelationItems;
  readonly #walk: RenamingWalk;

  constructor(written: WrittenNames, relations: RelationItems, walk: RenamingWalk) {
    this.#written = written;
    this.#relations = relations;
    this.#walk = walk;
  }

  list(nodes: readonly Node[], scope: NameScope): NameItem[] {
    const items: NameItem[] = [];
    for (const node of nodes) items.push(...this.#node(node, { ...scope, items, outer: scope }));
    return items;
  }

  table(relation: RangeVar, scope: NameScope): NameItem {
    const item = this.#relations.item(relation, scope);
    const name = this.#relations.nameOf(relation, scope);
    const { catalogname, schemaname, location } = relation;
    const count = 1 + [catalogname, schemaname].filter((each) => each !== undefined).length;
    if (name !== undefined) this.#written.rename(location, count, [name]);
    return item;
  }

  #node(node: Node, scope: NameScope): readonly NameItem[] {
    const table = nodeOf(node, 'RangeVar');
    if (table !== undefined) return [this.table(table, scope)];
    const join = nodeOf(node, 'JoinExpr');
    if (join !== undefined) return this.#join(join, scope);
    const select = nodeOf(node, 'RangeSubselect');
    if (select !== undefined) return [this.#subselect(select, scope)];
    const sample = nodeOf(node, 'RangeTableSample');
    if (sample?.relation !== undefined) {
      this.#walk.visit(sample.args, scope);
      return this.#node(sample.relation, scope);
    }
    this.#walk.visit(node, scope);
    const alias = nodeOf(node, 'RangeFunction')?.alias ?? nodeOf(node, 'JsonTable')?.alias;
    const named = textsOf(alias?.colnames);
    const all = new Map(named.map((each) => [each, each]));
    const name = alias?.aliasname ?? null;
    return [{ alias: name, renamed: name, columns: columnsOf(all), all, open: true }];
  }

  #subselect({ subquery, alias }: RangeSubselect, scope: NameScope): NameItem {
    const select = nodeOf(subquery, 'SelectStmt') ?? {};
    const outputs = this.#walk.select(select, scope);
    const named = textsOf(alias?.colnames);
    const all = named.length === 0 ? outputs : new Map(named.map((each) => [each, each]));
    const name = alias?.aliasname ?? null;
    return { alias: name, renamed: name, columns: columnsOf(all), all, open: false };
  }

  #join({ larg, rarg, quals, usingClause, alias }: JoinExpr, scope: NameScope): NameItem[] {
    const left = larg === undefined ? [] : this.#node(larg, scope);
    const seen = { ...scope, items: [...scope.items, ...left] };
    const right = rarg === undefined ? [] : this.#node(rarg, seen);
    const items = [...left, ...right];
    this.#walk.visit(quals, { ...scope, items: [...scope.items, ...items] });
    const stored = textsOf(usingClause);
    if (stored.length > 0) {
      const names = stored.map(
        (name) => items.map(({ columns }) => columns(name)).find(Boolean) ?? name,
      );
      this.#written.renameUsing(lastPlace(rarg), stored, names);
    }
    if (alias?.aliasname === undefined) return items;
    const all = new Map(items.flatMap((item) => [...item.all]));
    const open = items.some((item) => item.open);
    const name = alias.aliasname;
    return [{ alias: name, renamed: name, columns: columnsOf(all), all, open }];
  }
}

/** The last place within a part of a statement. */
function lastPlace(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Math.max(
    0,
    ...Object.entries(value).map(([key, below]) =>
      key === 'location' && typeof below === 'number' ? below : lastPlace(below),
    ),
  );
}
