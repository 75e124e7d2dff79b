import type { A_Expr, InsertStmt, Node, RangeVar, SelectStmt } from 'libpg-query';
import { itemsOf, nodeOf, operatorOf, textsOf, typeNameOf } from '../../sql/tree.ts';
import { type NameScope, scopeIn } from './name-scope.ts';
import { type NamedColumn, StatementNames } from './statement-names.ts';

/** Reads names where no table is known: a name in FROM is one, unless the statement makes it. */
export class NameWalk {
  readonly names = new StatementNames();

  visit(value: unknown, scope: NameScope): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const each of value) this.visit(each, scope);
      return;
    }
    const node = value as Node;
    const select = nodeOf(node, 'SelectStmt');
    const insert = nodeOf(node, 'InsertStmt');
    const update = nodeOf(node, 'UpdateStmt');
    const expression = nodeOf(node, 'A_Expr');
    const column = nodeOf(node, 'ColumnRef');
    if (select !== undefined) this.#select(select, scope);
    else if (insert !== undefined) this.#insert(insert, scope);
    else if (update !== undefined) {
      const inner = this.#opened(update, [update.relation, update.fromClause], scope);
      for (const each of update.targetList ?? []) this.#set(each, update.relation, inner);
      this.#point(update.relation, update.whereClause, inner, true);
      this.visit([update.whereClause, update.returningClause], inner);
    } else if (column !== undefined) this.#column(node, scope);
    else if (expression !== undefined) this.#expression(expression, scope);
    else this.#others(node, scope);
  }

  #others(node: Node, scope: NameScope): void {
    const remove = nodeOf(node, 'DeleteStmt');
    const merge = nodeOf(node, 'MergeStmt');
    if (remove !== undefined) {
      const inner = this.#opened(remove, [remove.relation, remove.usingClause], scope);
      this.#point(remove.relation, remove.whereClause, inner, true);
      this.visit([remove.whereClause, remove.returningClause], inner);
    } else if (merge !== undefined) {
      const from = [merge.relation, merge.sourceRelation];
      const inner = this.#opened(merge, from, scope);
      for (const each of merge.mergeWhenClauses ?? []) {
        const when = nodeOf(each, 'MergeWhenClause');
        const target = { ...inner, items: inner.items.slice(0, 1) };
        for (const set of when?.targetList ?? []) this.#set(set, merge.relation, target, inner);
        const own = this.#columnsOf(merge.relation, when?.targetList);
        for (const [at, value] of (when?.values ?? []).entries()) {
          const of = own[at];
          if (of !== undefined && when?.commandType === 'CMD_INSERT')
            this.#relate(of, value, inner);
        }
        this.visit([when?.condition, when?.values], inner);
      }
      this.visit([merge.joinCondition, merge.returningClause], inner);
    } else for (const each of Object.values(node)) this.visit(each, scope);
  }

  /** The scope within a statement, of whose FROM the tables are told. */
  #opened(statement: unknown, from: readonly unknown[], outer: NameScope): NameScope {
    const { withClause } = statement as { withClause?: { ctes?: readonly Node[] } };
    const ctes = (withClause?.ctes ?? []).flatMap((each) => nodeOf(each, 'CommonTableExpr') ?? []);
    const scope = scopeIn(outer, {
      queries: ctes.flatMap(({ ctename }) => ctename ?? []),
      from,
    });
    for (const { key, stored } of scope.items) {
      if (key !== null && stored !== null) this.names.tables.set(key, stored);
    }
    for (const { ctequery } of ctes) this.visit(ctequery, { ...scope, items: [], outer });
    for (const each of scope.nested) this.visit(each, scope);
    for (const { left, right } of scope.merged) this.names.alike.push([left, right]);
    for (const { left, right } of scope.merged) this.names.columns.push(left, right);
    return scope;
  }

  #select(select: SelectStmt, outer: NameScope): void {
    const scope = this.#opened(select, [select.fromClause], outer);
    // The arms of a set operation stand there without the name of their kind.
    if (select.larg !== undefined) this.#select(select.larg, scope);
    if (select.rarg !== undefined) this.#select(select.rarg, scope);
    const [first] = select.fromClause ?? [];
    const table = select.fromClause?.length === 1 ? nodeOf(first, 'RangeVar') : undefined;
    if (select.sortClause === undefined) this.#point(table, select.whereClause, scope, false);
    const { withClause: _with, fromClause: _from, larg: _left, rarg: _right, ...rest } = select;
    const { sortClause, groupClause, ...others } = rest;
    this.visit(Object.values(others), scope);
    const outputs = new Set(
      (select.targetList ?? []).flatMap((each) => nodeOf(each, 'ResTarget')?.name ?? []),
    );
    this.visit([sortClause, groupClause], { ...scope, outputs });
  }

  #insert(insert: InsertStmt, outer: NameScope): void {
    const scope = this.#opened(insert, [insert.relation], outer);
    const own = this.#columnsOf(insert.relation, insert.cols);
    const lists = nodeOf(insert.selectStmt, 'SelectStmt')?.valuesLists ?? [];
    const rows = lists.map((list) => itemsOf(list) ?? []);
    const table = scope.items[0]?.key ?? null;
    const count = rows[0]?.length ?? 0;
    // Without names they are the table's own, in an order that nobody has told.
    const columns =
      own.length > 0 || table === null
        ? own
        : Array.from({ length: count }, (_, at) => ({
            tables: [table],
            column: `column${at + 1}`,
          }));
    this.names.columns.push(...columns);
    for (const row of rows) {
      for (const [at, of] of columns.entries()) this.#relate(of, row[at], scope);
    }
    const [first = []] = rows;
    if (table !== null && rows.length > 0) {
      this.names.inserts.push({
        table,
        columns: columns.map(({ column }) => column),
        parameters: columns.map((_, at) => parameterOf(first[at])),
      });
    }
    // The table that is filled is none of those that its SELECT reads.
    this.visit(insert.selectStmt, { ...scope, items: [], outer });
    const conflict = insert.onConflictClause;
    const excluded = {
      ...scope,
      items: [...scope.items, { alias: 'excluded', key: table, stored: null }],
    };
    for (const each of conflict?.targetList ?? [])
      this.#set(each, insert.relation, scope, excluded);
    const unique = (conflict?.infer?.indexElems ?? []).map(
      (each) => nodeOf(each, 'IndexElem')?.name ?? '',
    );
    const isPlain = unique.length > 0 && !unique.includes('');
    if (table !== null && isPlain && conflict?.infer?.whereClause === undefined) {
      this.names.conflicts.push({ table, columns: unique });
      this.names.columns.push(...unique.map((column) => ({ tables: [table], column })));
    }
    this.visit([conflict?.whereClause, insert.returningClause], excluded);
  }

  #columnsOf(relation: RangeVar | undefined, targets: readonly Node[] | undefined): NamedColumn[] {
    const key = relation === undefined ? null : tableKey(relation);
    const names = (targets ?? []).flatMap((each) => nodeOf(each, 'ResTarget')?.name ?? []);
    return key === null ? [] : names.map((column) => ({ tables: [key], column }));
  }

  /** @param values where what is assigned finds its columns, if not in `scope` */
  #set(
    node: Node,
    relation: RangeVar | undefined,
    scope: NameScope,
    values: NameScope = scope,
  ): void {
    const [of] = this.#columnsOf(relation, [node]);
    const value = nodeOf(node, 'ResTarget')?.val;
    if (of !== undefined) {
      this.names.columns.push(of);
      this.#relate(of, value, values);
    }
    this.visit(value, values);
  }

  #column(node: Node, scope: NameScope): void {
    const found = namedColumn(node, scope);
    if (found !== undefined) this.names.columns.push(found);
  }

  #expression(expression: A_Expr, scope: NameScope): void {
    const { lexpr, rexpr, kind } = expression;
    const operator = operatorOf(expression.name);
    const [left, right] = [namedColumn(lexpr, scope), namedColumn(rexpr, scope)];
    const isText =
      kind === 'AEXPR_LIKE' || kind === 'AEXPR_ILIKE' || /^[!~*]*~[~*]*$/.test(operator);
    const isEven = /^(?:=|<>|<|>|<=|>=|[-+*/%])$/.test(operator) || kind !== 'AEXPR_OP';
    for (const [of, other] of [
      [left, rexpr],
      [right, lexpr],
    ] as const) {
      if (of === undefined) continue;
      if (isText) this.names.types.push({ of, type: 'text' });
      else if (isEven) this.#relate(of, other, scope, /^[-+*/%]$/.test(operator));
    }
    if (left !== undefined && /^(?:->>?|#>>?)$/.test(operator)) {
      this.names.types.push({ of: left, type: 'jsonb' });
    }
    this.visit([lexpr, rexpr], scope);
  }

  /** @param isSum it is added or the like, so that its type need not be that of the column */
  #relate(of: NamedColumn, value: unknown, scope: NameScope, isSum = false): void {
    const node = value as Node | undefined;
    const parameter = parameterOf(node);
    if (parameter !== null) this.names.values.push({ of, parameter });
    const cast = nodeOf(node, 'TypeCast');
    const type = cast === undefined ? '' : elementType(cast.typeName);
    if (isSum && type === 'interval') this.names.types.push({ of, type: 'timestamptz' });
    else if (type !== '' && !isSum) this.names.types.push({ of, type });
    const constant = nodeOf(node, 'A_Const');
    if (constant?.boolval !== undefined) this.names.types.push({ of, type: 'bool' });
    if (constant?.ival !== undefined && !isSum) this.names.types.push({ of, type: 'int8' });
    if (constant?.fval !== undefined) this.names.types.push({ of, type: 'numeric' });
    if (isTime(node) && !isSum) this.names.types.push({ of, type: 'timestamptz' });
    const other = isSum ? undefined : namedColumn(node, scope);
    if (other !== undefined) this.names.alike.push([of, other]);
    const parts = itemsOf(node) ?? nodeOf(node, 'A_ArrayExpr')?.elements;
    const choices = nodeOf(node, 'CoalesceExpr')?.args;
    for (const each of parts ?? choices ?? []) this.#relate(of, each, scope, isSum);
  }

  #point(
    relation: RangeVar | undefined,
    where: Node | undefined,
    scope: NameScope,
    writes: boolean,
  ): void {
    const [item] = scope.items;
    if (relation === undefined || item?.key === null || item === undefined) return;
    const all = conjuncts(where);
    const columns = all.map((each) => {
      const expression = nodeOf(each, 'A_Expr');
      const isEqual = expression?.kind === 'AEXPR_OP' && operatorOf(expression.name) === '=';
      if (!isEqual) return undefined;
      const { lexpr, rexpr } = expression;
      const own = namedColumn(lexpr, scope) ?? namedColumn(rexpr, scope);
      const isFixed = parameterOf(rexpr) !== null || parameterOf(lexpr) !== null;
      return isFixed && own?.tables[0] === item.key ? own.column : undefined;
    });
    const found = columns.flatMap((column) => column ?? []);
    if (found.length === 0 || found.length < all.length) return;
    this.names.points.push({ table: item.key, columns: [...new Set(found)], writes });
  }
}

function conjuncts(node: Node | undefined): readonly Node[] {
  const all = nodeOf(node, 'BoolExpr');
  if (all?.boolop === 'AND_EXPR') return (all.args ?? []).flatMap(conjuncts);
  return node === undefined ? [] : [node];
}

/** A parameter, with casts or without. */
function parameterOf(node: Node | undefined): number | null {
  const cast = nodeOf(node, 'TypeCast');
  if (cast !== undefined) return parameterOf(cast.arg);
  return nodeOf(node, 'ParamRef')?.number ?? null;
}

function elementType(type: Parameters<typeof typeNameOf>[0]): string {
  return type === undefined ? '' : (textsOf(type.names).at(-1) ?? '');
}

const isTime = (node: Node | undefined): boolean => {
  const value = nodeOf(node, 'SQLValueFunction')?.op ?? '';
  const call = textsOf(nodeOf(node, 'FuncCall')?.funcname).at(-1) ?? '';
  return (
    /TIMESTAMP/.test(value) || /^(?:now|(?:clock|statement|transaction)_timestamp)$/.test(call)
  );
};

const systemColumns = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid']);

/** undefined: it is no column of a table. */
function namedColumn(node: Node | undefined, scope: NameScope): NamedColumn | undefined {
  const fields = nodeOf(node, 'ColumnRef')?.fields ?? [];
  const parts = textsOf(fields);
  const column = parts.at(-1);
  if (column === undefined || parts.length < fields.length || systemColumns.has(column)) {
    return undefined;
  }
  const alias = parts.at(-2);
  if (alias === undefined && scope.outputs?.has(column) === true) return undefined;
  for (let at: NameScope | null = scope; at !== null; at = at.outer) {
    const items = at.items.filter((each) => alias === undefined || each.alias === alias);
    // A whole row goes by the name of its table.
    if (alias === undefined && at.items.some((each) => each.alias === column)) return undefined;
    if (items.length === 0) continue;
    const tables = items.flatMap(({ key }) => key ?? []);
    return tables.length === 0 ? undefined : { tables: [...new Set(tables)], column };
  }
  return undefined;
}

export function tableKey({ schemaname: schema, relname: name }: RangeVar): string {
  return schema === undefined || schema === 'public' ? (name ?? '') : `${schema}.${name}`;
}
