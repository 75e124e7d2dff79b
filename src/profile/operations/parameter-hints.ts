import type { A_ArrayExpr, A_Expr, FuncCall, InsertStmt, Node, SelectStmt } from 'libpg-query';
import { itemsOf, nodeOf, operatorOf, textsOf } from '../../sql/tree.ts';
import { branchesOf, type ExpressionType, typeOf, writtenType } from './expression-types.ts';
import { argumentHint, comparedHint, operatorHint } from './operator-hints.ts';
import { constant, type FoundHints, type Hint, type ParameterList } from './parameter-hint.ts';
import { sampleValue } from './sample-values.ts';
import { type KnownColumn, StatementColumns } from './statement-columns.ts';

/** What each parameter of a statement is, as far as its place says it. */
export function parameterHints(statement: Node | undefined, columns: StatementColumns): FoundHints {
  const reading = new HintReading(columns);
  reading.visit(statement);
  return reading;
}

/** Those that make a text of a text. */
const textFunctions = new Set(['lower', 'upper', 'btrim', 'ltrim', 'rtrim']);

class HintReading implements FoundHints {
  readonly hints = new Map<number, Hint>();
  readonly lists: ParameterList[] = [];
  readonly #columns: StatementColumns;

  constructor(columns: StatementColumns) {
    this.#columns = columns;
  }

  /** @param hint of the value that the node gives; undefined: nothing asks for a certain one */
  visit(value: unknown, hint?: Hint): void {
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      for (const each of value) this.visit(each, hint);
      return;
    }
    const node = value as Node;
    const parameter = nodeOf(node, 'ParamRef')?.number;
    if (parameter !== undefined) {
      const known = this.hints.get(parameter);
      // A place that says more goes before one that says nothing.
      if (known === undefined && hint !== undefined) this.hints.set(parameter, hint);
      return;
    }
    if (!this.#statement(node) && !this.#expression(node, hint)) this.visit(Object.values(node));
  }

  #statement(node: Node): boolean {
    const select = nodeOf(node, 'SelectStmt');
    const insert = nodeOf(node, 'InsertStmt');
    const update = nodeOf(node, 'UpdateStmt');
    if (select !== undefined) this.#select(select);
    else if (insert !== undefined) this.#insert(insert);
    else if (update !== undefined) {
      const { targetList = [], ...rest } = update;
      this.#sets(targetList, update.relation?.relname);
      this.visit(Object.values(rest));
    } else return false;
    return true;
  }

  #select(select: SelectStmt, targets: readonly (Hint | undefined)[] = []): void {
    const { limitCount, limitOffset, targetList = [], valuesLists = [], larg, rarg } = select;
    this.visit(limitCount, { kind: 'limit' });
    this.visit(limitOffset, { kind: 'offset' });
    for (const [index, node] of targetList.entries()) {
      this.visit(nodeOf(node, 'ResTarget')?.val, targets[index] ?? constant('1'));
    }
    for (const row of valuesLists) {
      for (const [index, node] of (itemsOf(row) ?? []).entries()) this.visit(node, targets[index]);
    }
    if (larg !== undefined) this.#select(larg, targets);
    if (rarg !== undefined) this.#select(rarg, targets);
    const { withClause, fromClause, whereClause, groupClause, havingClause } = select;
    this.visit([withClause, fromClause, whereClause, groupClause, havingClause]);
    this.visit([select.sortClause, select.distinctClause]);
    this.visit(select.windowClause, constant('1'));
  }

  #insert(insert: InsertStmt): void {
    const table = insert.relation?.relname ?? '';
    const named = (insert.cols ?? []).flatMap((node) => nodeOf(node, 'ResTarget')?.name ?? []);
    const all = this.#columns.tables().find(({ name }) => name === table)?.columns ?? [];
    const names = insert.cols === undefined ? all.map(({ name }) => name) : named;
    const hints = names.map((name): Hint | undefined => {
      const column = this.#columns.named(table, name);
      return column === undefined ? undefined : { kind: 'inserted', column };
    });
    const select = nodeOf(insert.selectStmt, 'SelectStmt');
    if (select !== undefined) this.#select(select, hints);
    const { targetList = [], ...rest } = insert.onConflictClause ?? {};
    this.#sets(targetList, table);
    this.visit([Object.values(rest), insert.withClause, insert.returningClause]);
  }

  #sets(targets: readonly Node[], table = ''): void {
    for (const node of targets) {
      const { name = '', val } = nodeOf(node, 'ResTarget') ?? {};
      const column = this.#columns.named(table, name);
      const several = nodeOf(val, 'MultiAssignRef');
      const row = nodeOf(several?.source, 'RowExpr')?.args;
      const value = row === undefined ? val : row[(several?.colno ?? 1) - 1];
      this.visit(value, column === undefined ? undefined : { kind: 'set', column });
    }
  }

  #expression(node: Node, hint: Hint | undefined): boolean {
    const cast = nodeOf(node, 'TypeCast');
    const expression = nodeOf(node, 'A_Expr');
    const call = nodeOf(node, 'FuncCall');
    const array = nodeOf(node, 'A_ArrayExpr');
    const choice = nodeOf(node, 'CaseExpr');
    if (cast !== undefined) {
      const isPlain = nodeOf(cast.arg, 'ParamRef') !== undefined && hint?.kind !== 'constant';
      const own = constant(sampleValue(writtenType(cast.typeName)));
      this.visit(cast.arg, isPlain ? (hint ?? own) : own);
    } else if (expression !== undefined) this.#operator(expression, hint);
    else if (call !== undefined) this.#call(call, hint);
    else if (array !== undefined) this.visit(array.elements, hint ?? constant("'1'"));
    else if (choice !== undefined) this.#choice(node, hint);
    else return this.#nested(node, hint);
    return true;
  }

  #nested(node: Node, hint: Hint | undefined): boolean {
    const several = nodeOf(node, 'CoalesceExpr')?.args ?? nodeOf(node, 'MinMaxExpr')?.args;
    if (several !== undefined) {
      const type = typeOf(node, this.#columns)?.type;
      this.visit(several, type === undefined ? hint : constant(sampleValue(type)));
      return true;
    }
    const boolean = nodeOf(node, 'BoolExpr');
    if (boolean !== undefined) {
      this.visit(boolean.args, constant('true'));
      return true;
    }
    const indices = nodeOf(node, 'A_Indices');
    if (indices !== undefined) {
      this.visit([indices.lidx, indices.uidx], constant('1'));
      return true;
    }
    const link = nodeOf(node, 'SubLink');
    if (link === undefined) return false;
    const target = nodeOf(link.subselect, 'SelectStmt')?.targetList?.[0];
    const type = typeOf(nodeOf(target, 'ResTarget')?.val, this.#columns);
    this.visit(link.testexpr, comparedHint(true, type));
    const select = nodeOf(link.subselect, 'SelectStmt');
    // A value is that of one row.
    if (link.subLinkType === 'EXPR_SUBLINK') this.visit(select?.limitCount, constant('1'));
    this.visit(link.subselect);
    return true;
  }

  #choice(node: Node, hint: Hint | undefined): void {
    const { arg, args = [] } = nodeOf(node, 'CaseExpr') ?? {};
    const conditions = args.flatMap((each) => nodeOf(each, 'CaseWhen')?.expr ?? []);
    const tested = arg === undefined ? undefined : typeOf(arg, this.#columns);
    this.visit(arg);
    this.visit(conditions, arg === undefined ? constant('true') : comparedHint(false, tested));
    const type = typeOf(node, this.#columns)?.type;
    const own = type === undefined ? constant('1') : constant(sampleValue(type));
    const isColumn = hint?.kind === 'set' || hint?.kind === 'inserted';
    const value = isColumn ? constant(sampleValue(hint.column.column.type)) : own;
    const branches = branchesOf(node) ?? [];
    // Mostly it counts: 1 for what it is about, 0 for the rest.
    const last = type === undefined && !isColumn ? constant('0') : value;
    for (const [index, branch] of branches.entries()) {
      this.visit(branch, index > 0 && index === branches.length - 1 ? last : value);
    }
  }

  #call({ funcname, args = [], agg_order, agg_filter, over }: FuncCall, hint?: Hint): void {
    const name = textsOf(funcname).at(-1) ?? '';
    // What it makes of a value is of the same kind.
    const same = textFunctions.has(name) && args.length === 1 ? hint : undefined;
    const isOfColumn = same !== undefined && same.kind !== 'constant';
    for (const [place, node] of args.entries()) {
      const known = isOfColumn ? same : argumentHint(name, place, args.length);
      this.visit(node, known ?? constant("'1'"));
    }
    this.visit([agg_order, agg_filter]);
    this.visit(over, constant('1'));
  }

  #operator(expression: A_Expr, hint: Hint | undefined): void {
    const { kind, lexpr, rexpr } = expression;
    const operator = operatorOf(expression.name);
    const [left, right] = [typeOf(lexpr, this.#columns), typeOf(rexpr, this.#columns)];
    if (kind === 'AEXPR_IN') {
      this.#oneOf(expression, left);
    } else if (kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_OP_ALL') {
      this.#anyOf(expression, left, right);
    } else if (kind?.startsWith('AEXPR_BETWEEN') === true || kind?.startsWith('AEXPR_NOT_BET')) {
      this.visit(lexpr);
      this.visit(itemsOf(rexpr), comparedHint(false, left));
    } else if (kind === 'AEXPR_LIKE' || kind === 'AEXPR_ILIKE' || kind === 'AEXPR_SIMILAR') {
      this.visit(lexpr, constant("'a'"));
      this.visit(rexpr, constant("'a%'"));
    } else if (kind === 'AEXPR_OP' && this.#rows(operator, lexpr, rexpr)) {
      return;
    } else {
      const isPlain = kind === 'AEXPR_OP';
      const name = isPlain ? operator : '<>';
      const isWhole = left === undefined && right === undefined && hint?.kind === 'constant';
      this.visit(lexpr, isWhole ? constant('1') : this.#beside(name, lexpr, rexpr, right));
      this.visit(rexpr, this.#beside(name, rexpr, lexpr, left));
    }
  }

  /** `lower(a) = $1` asks for what lower makes of a value of a; so does `lower(a) = lower($1)`. */
  #beside(
    operator: string,
    own: Node | undefined,
    other: Node | undefined,
    type?: ExpressionType,
  ): Hint {
    const call = nodeOf(other, 'FuncCall');
    const name = textsOf(call?.funcname).at(-1) ?? '';
    const [only, more] = call?.args ?? [];
    const column = this.#columns.of(nodeOf(only, 'TypeCast')?.arg ?? only);
    const isWrapped = operator === '=' && column !== undefined && textFunctions.has(name);
    if (!isWrapped || more !== undefined) return operatorHint(operator, type);
    const isBoth = textsOf(nodeOf(own, 'FuncCall')?.funcname).at(-1) === name;
    if (isBoth) return { kind: 'compared', column, by: 'other' };
    return { kind: 'wrapped', column, call: name };
  }

  /** `(a, b) < ($1, $2)`, part by part. */
  #rows(operator: string, left: Node | undefined, right: Node | undefined): boolean {
    const lefts = nodeOf(left, 'RowExpr')?.args;
    const rights = nodeOf(right, 'RowExpr')?.args;
    if (lefts === undefined || rights === undefined) return false;
    for (const [index, one] of lefts.entries()) {
      const other = rights[index];
      this.visit(one, operatorHint(operator, typeOf(other, this.#columns)));
      this.visit(other, operatorHint(operator, typeOf(one, this.#columns)));
    }
    return true;
  }

  #oneOf({ name, lexpr, rexpr, ...places }: A_Expr, type: ExpressionType | undefined): void {
    const items = itemsOf(rexpr) ?? [];
    // The column says the type, so that no cast has to.
    const numbers = items.flatMap(
      (each) => nodeOf(nodeOf(each, 'TypeCast')?.arg ?? each, 'ParamRef')?.number ?? [],
    );
    const { location, rexpr_list_end: end } = places;
    const column: KnownColumn | undefined = type?.column;
    const isList = numbers.length === items.length && numbers.length > 1;
    if (isList && column !== undefined && location !== undefined && end !== undefined) {
      const form = operatorOf(name) === '<>' ? 'not in' : 'in';
      this.lists.push({ numbers, start: location, end: end + 1, form, column });
    }
    this.visit(lexpr, constant("'1'"));
    this.#items(lexpr, items, type);
  }

  #items(tested: Node | undefined, items: readonly Node[], type: ExpressionType | undefined): void {
    const row = nodeOf(tested, 'RowExpr')?.args;
    for (const item of items) {
      const parts = nodeOf(item, 'RowExpr')?.args;
      if (row === undefined || parts === undefined) this.visit(item, comparedHint(true, type));
      else this.#rows('=', tested, item);
    }
  }

  #array({ elements = [], location, list_end: end }: A_ArrayExpr, column?: KnownColumn): void {
    const numbers = elements.flatMap((each) => nodeOf(each, 'ParamRef')?.number ?? []);
    if (column === undefined || location === undefined || end === undefined) return;
    if (numbers.length !== elements.length || numbers.length < 2) return;
    this.lists.push({ numbers, start: location, end: end + 1, form: 'array', column });
  }

  #anyOf(
    { lexpr, rexpr, name }: A_Expr,
    left: ExpressionType | undefined,
    right: ExpressionType | undefined,
  ): void {
    const elementType = right?.type.endsWith(']') === true ? right.type.slice(0, -2) : undefined;
    this.visit(lexpr, constant(sampleValue(elementType ?? '')));
    const column = left?.column;
    const isLike = operatorOf(name).includes('~');
    const array = nodeOf(rexpr, 'A_ArrayExpr');
    if (array !== undefined) {
      this.#array(array, isLike ? undefined : column);
      this.visit(rexpr, isLike ? constant("'a%'") : comparedHint(true, left));
      return;
    }
    const list: Hint = column === undefined || isLike ? constant("'{}'") : { kind: 'list', column };
    const cast = nodeOf(rexpr, 'TypeCast');
    const isParameter = nodeOf(cast?.arg ?? rexpr, 'ParamRef') !== undefined;
    if (isParameter) this.visit(cast?.arg ?? rexpr, list);
    else this.visit(rexpr);
  }
}
