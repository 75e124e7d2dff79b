import type {
  CommonTableExpr,
  DeleteStmt,
  InsertStmt,
  MergeStmt,
  Node,
  OnConflictClause,
  RangeVar,
  SelectStmt,
  UpdateStmt,
  WithClause,
} from 'libpg-query';
import { nodeOf, textsOf } from '../../sql/tree.ts';
import { FromRenaming } from './from-renaming.ts';
import { columnsOf, type NameItem, type NameScope, renamedReference } from './name-scope.ts';
import { outputsOf } from './output-names.ts';
import type { RelationItems } from './relation-items.ts';
import type { WrittenNames } from './written-names.ts';

type Outputs = ReadonlyMap<string, string>;

/** Goes through a statement once and renames what it meets. */
export class RenamingWalk {
  readonly #written: WrittenNames;
  readonly #relations: RelationItems;
  readonly #from: FromRenaming;

  constructor(written: WrittenNames, relations: RelationItems) {
    this.#written = written;
    this.#relations = relations;
    this.#from = new FromRenaming(written, relations, this);
  }

  /** Any part of a statement. */
  visit(value: unknown, scope: NameScope): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const each of value) this.visit(each, scope);
      return;
    }
    const node = value as Node;
    const select = nodeOf(node, 'SelectStmt');
    if (select !== undefined) this.select(select, scope);
    else if (!this.#write(node, scope)) this.#expression(node, scope);
  }

  select(select: SelectStmt, outer: NameScope): Outputs {
    const queries = this.#with(select.withClause, outer);
    const around = { ...outer, queries };
    if (select.larg !== undefined && select.rarg !== undefined) {
      const outputs = this.select(select.larg, around);
      this.select(select.rarg, around);
      const own = { alias: null, renamed: null, columns: columnsOf(outputs), all: outputs };
      const scope = { items: [{ ...own, open: false }], outer: around, queries };
      this.visit([select.sortClause, select.limitCount, select.limitOffset], scope);
      return outputs;
    }
    const items = this.#from.list(select.fromClause ?? [], around);
    const scope: NameScope = { items, outer: around, queries };
    const { fromClause: _, withClause: __, sortClause, lockingClause, ...rest } = select;
    this.visit(rest, scope);
    this.visit(sortClause, this.#sortScope(select, scope));
    this.#locks(lockingClause ?? [], scope);
    return outputsOf(select.targetList ?? [], scope, this.#relations.anywhere);
  }

  #write(node: Node, scope: NameScope): boolean {
    const insert = nodeOf(node, 'InsertStmt');
    const update = nodeOf(node, 'UpdateStmt');
    const deletion = nodeOf(node, 'DeleteStmt');
    const merge = nodeOf(node, 'MergeStmt');
    if (insert !== undefined) this.#insert(insert, scope);
    else if (update !== undefined) this.#update(update, scope);
    else if (deletion !== undefined) this.#delete(deletion, scope);
    else if (merge !== undefined) this.#merge(merge, scope);
    else return false;
    return true;
  }

  #expression(node: Node, scope: NameScope): void {
    const column = nodeOf(node, 'ColumnRef');
    if (column !== undefined) {
      this.#reference(column.fields ?? [], column.location, scope);
      return;
    }
    for (const [key, below] of Object.entries(node)) {
      if (key === 'typeName' || key === 'TypeName') this.#type(below);
      else this.visit(below, scope);
    }
  }

  #reference(fields: readonly Node[], location: number | undefined, scope: NameScope): void {
    const names = textsOf(fields);
    const isStar = names.length < fields.length;
    // Of `sales.orders.*` the star stays where it is.
    const whole = isStar ? [...names, ''] : names;
    if (names.length === 0) return;
    const found = renamedReference(whole, scope, this.#relations.anywhere);
    if (found === undefined) return;
    const { alias, column } = found;
    const renamed = [...(alias === null ? [] : [alias]), ...(isStar ? [] : [column])];
    if (renamed.length > 0) this.#written.rename(location, names.length, renamed);
  }

  #type(value: unknown): void {
    const { names, location } = value as { names?: readonly Node[]; location?: number };
    const parts = textsOf(names);
    const instead = this.#relations.names.typeInstead(parts.at(-1) ?? '');
    if (instead === undefined || parts[0] === 'pg_catalog') return;
    this.#written.replaceType(location, parts.length, instead);
  }

  /** ORDER BY may speak of what the statement gives a name to. */
  #sortScope({ targetList = [] }: SelectStmt, scope: NameScope): NameScope {
    const given = targetList.flatMap((node) => nodeOf(node, 'ResTarget')?.name ?? []);
    const all = new Map(given.map((name) => [name, name]));
    const item = { alias: null, renamed: null, columns: columnsOf(all), all, open: false };
    return { ...scope, items: [item, ...scope.items] };
  }

  /** FOR UPDATE OF speaks of aliases. */
  #locks(nodes: readonly Node[], { items }: NameScope): void {
    for (const node of nodes) {
      for (const locked of nodeOf(node, 'LockingClause')?.lockedRels ?? []) {
        const { relname, location } = nodeOf(locked, 'RangeVar') ?? {};
        const item = items.find(({ alias }) => alias === relname);
        if (typeof item?.renamed === 'string') this.#written.rename(location, 1, [item.renamed]);
      }
    }
  }

  #with(clause: WithClause | undefined, scope: NameScope): NameScope['queries'] {
    const queries = new Map(scope.queries);
    for (const node of clause?.ctes ?? []) {
      const query = nodeOf(node, 'CommonTableExpr');
      if (query === undefined) continue;
      const name = query.ctename ?? '';
      const inner = { ...scope, queries: new Map(queries) };
      if (clause?.recursive === true) inner.queries.set(name, this.#ownOutputs(query, inner));
      queries.set(name, this.#query(query, inner));
    }
    return queries;
  }

  /** What the arms of a recursive CTE see of it: the columns that it begins with. */
  #ownOutputs(query: CommonTableExpr, scope: NameScope): Outputs {
    const named = identity(textsOf(query.aliascolnames));
    if (named.size > 0) return named;
    const base = nodeOf(query.ctequery, 'SelectStmt')?.larg;
    return base === undefined ? named : this.select(base, scope);
  }

  #query(query: CommonTableExpr, scope: NameScope): Outputs {
    const named = identity(textsOf(query.aliascolnames));
    const select = nodeOf(query.ctequery, 'SelectStmt');
    if (select !== undefined) {
      const outputs = this.select(select, scope);
      return named.size > 0 ? named : outputs;
    }
    const outputs = this.#returned(query.ctequery, scope);
    return named.size > 0 ? named : outputs;
  }

  /** Of a CTE that writes. */
  #returned(node: Node | undefined, scope: NameScope): Outputs {
    this.visit(node, scope);
    const write =
      nodeOf(node, 'InsertStmt') ?? nodeOf(node, 'UpdateStmt') ?? nodeOf(node, 'DeleteStmt');
    if (write?.relation === undefined) return new Map();
    const item = this.#relations.item(write.relation, scope);
    const inside = { ...scope, items: [item], outer: null };
    const exprs = write.returningClause?.exprs ?? [];
    return outputsOf(exprs, inside, this.#relations.anywhere);
  }

  #target(relation: RangeVar | undefined, scope: NameScope): NameItem {
    // A CTE is no table that can be written.
    return this.#from.table(relation ?? {}, { ...scope, queries: new Map() });
  }

  #insert(insert: InsertStmt, outer: NameScope): void {
    const scope = { ...outer, queries: this.#with(insert.withClause, outer) };
    const target = this.#target(insert.relation, scope);
    this.#targets(insert.cols ?? [], target, scope);
    this.visit(insert.selectStmt, scope);
    const excluded = { ...target, alias: 'excluded', renamed: 'excluded' };
    const inside = { ...scope, items: [target, excluded], outer: scope };
    if (insert.onConflictClause !== undefined) {
      this.#conflict(insert.onConflictClause, insert.relation, target, inside);
    }
    this.visit(insert.returningClause, this.#returning(target, inside));
  }

  #conflict(
    { infer, targetList = [], whereClause }: OnConflictClause,
    relation: RangeVar | undefined,
    target: NameItem,
    scope: NameScope,
  ): void {
    const { conname, location, indexElems = [] } = infer ?? {};
    if (conname !== undefined) {
      const columns = this.#relations.constraint(relation ?? {}, conname);
      if (columns !== undefined) this.#written.replaceConstraint(location, columns);
    }
    for (const element of indexElems) {
      const { name, ...rest } = nodeOf(element, 'IndexElem') ?? {};
      const renamed = name === undefined ? undefined : target.columns(name);
      if (renamed !== undefined) this.#written.renameBehind(location, name ?? '', renamed);
      this.visit(rest, scope);
    }
    this.visit(infer?.whereClause, scope);
    this.#targets(targetList, target, scope);
    this.visit(whereClause, scope);
  }

  #update(update: UpdateStmt, outer: NameScope): void {
    const scope = { ...outer, queries: this.#with(update.withClause, outer) };
    const target = this.#target(update.relation, scope);
    const from = this.#from.list(update.fromClause ?? [], scope);
    const inside = { ...scope, items: [target, ...from], outer: scope };
    this.#targets(update.targetList ?? [], target, inside);
    this.visit(update.whereClause, inside);
    this.visit(update.returningClause, this.#returning(target, inside));
  }

  #delete(deletion: DeleteStmt, outer: NameScope): void {
    const scope = { ...outer, queries: this.#with(deletion.withClause, outer) };
    const target = this.#target(deletion.relation, scope);
    const from = this.#from.list(deletion.usingClause ?? [], scope);
    const inside = { ...scope, items: [target, ...from], outer: scope };
    this.visit(deletion.whereClause, inside);
    this.visit(deletion.returningClause, this.#returning(target, inside));
  }

  #merge(merge: MergeStmt, outer: NameScope): void {
    const scope = { ...outer, queries: this.#with(merge.withClause, outer) };
    const target = this.#target(merge.relation, scope);
    const source = merge.sourceRelation === undefined ? [] : [merge.sourceRelation];
    const from = this.#from.list(source, scope);
    const inside = { ...scope, items: [target, ...from], outer: scope };
    this.visit(merge.joinCondition, inside);
    for (const node of merge.mergeWhenClauses ?? []) {
      const { targetList = [], ...rest } = nodeOf(node, 'MergeWhenClause') ?? {};
      this.visit(rest, inside);
      this.#targets(targetList, target, inside);
    }
    this.visit(merge.returningClause, this.#returning(target, inside));
  }

  #returning(target: NameItem, scope: NameScope): NameScope {
    const before = { ...target, alias: 'old', renamed: 'old' };
    const after = { ...target, alias: 'new', renamed: 'new' };
    return { ...scope, items: [...scope.items, before, after] };
  }

  /** Columns that are set or filled, and with what. */
  #targets(nodes: readonly Node[], target: NameItem, scope: NameScope): void {
    for (const node of nodes) {
      const { name = '', val, indirection, location } = nodeOf(node, 'ResTarget') ?? {};
      const renamed = target.columns(name);
      if (renamed !== undefined) this.#written.rename(location, 1, [renamed]);
      this.visit([val, indirection], scope);
    }
  }
}

const identity = (names: readonly string[]): Outputs => new Map(names.map((each) => [each, each]));
