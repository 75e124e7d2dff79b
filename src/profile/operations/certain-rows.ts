import type { Node, SelectStmt } from 'libpg-query';
import { itemsOf, nodeOf, operatorOf, soleStatement, textsOf } from '../../sql/tree.ts';
import type { WritingTables } from './written-statement.ts';

/**
 * Whether a written statement finds rows whenever it runs: all that it asks for are values of the
 * rows that its names stand for. Not so where it asks for more: constants, values of two rows of
 * one table, NULL, the absence of others.
 */
export function surelyFindsRows(sql: string, tables: WritingTables): boolean {
  const read = tables.reader.read(sql);
  const node = soleStatement(read.tree);
  const isOwn = (number: number): boolean => {
    const [of = '', column] = (read.names[number - 1] ?? '').split('.');
    return column !== undefined && (tables.byName.has(of) || of.startsWith('some_'));
  };
  const select = nodeOf(node, 'SelectStmt');
  if (select !== undefined) return selectFinds(select, isOwn);
  const update = nodeOf(node, 'UpdateStmt');
  if (update !== undefined) {
    return fromFinds(update.fromClause ?? [], isOwn) && conditionHolds(update.whereClause, isOwn);
  }
  const insert = nodeOf(node, 'InsertStmt');
  const rows = nodeOf(insert?.selectStmt, 'SelectStmt');
  if (insert === undefined || rows === undefined) return false;
  return rows.valuesLists !== undefined || selectFinds(rows, isOwn);
}

type IsOwn = (number: number) => boolean;

function selectFinds(select: SelectStmt, isOwn: IsOwn): boolean {
  const { larg, rarg, op, withClause, havingClause, limitOffset } = select;
  if (larg !== undefined && rarg !== undefined) {
    const isUnion = op === 'SETOP_UNION';
    return isUnion && (selectFinds(larg, isOwn) || selectFinds(rarg, isOwn));
  }
  if (isAggregate(select)) return true;
  const isPlain = withClause === undefined && havingClause === undefined;
  // The writer's own OFFSET is 0.
  const skips = limitOffset !== undefined && nodeOf(limitOffset, 'A_Const')?.ival === undefined;
  if (!isPlain || skips) return false;
  return fromFinds(select.fromClause ?? [], isOwn) && conditionHolds(select.whereClause, isOwn);
}

const aggregates = new Set(['count', 'sum', 'avg', 'min', 'max', 'bool_or', 'bool_and', 'exists']);

/** Whether it gives one row, of whatever rows there are. */
export function alwaysAnswers(sql: string, tables: WritingTables): boolean {
  const select = nodeOf(soleStatement(tables.reader.read(sql).tree), 'SelectStmt');
  return select !== undefined && isAggregate(select);
}

export function isAggregate({ targetList = [], groupClause, havingClause }: SelectStmt): boolean {
  if (groupClause !== undefined || havingClause !== undefined) return false;
  return targetList.some((node) => {
    const call = nodeOf(nodeOf(node, 'ResTarget')?.val, 'FuncCall');
    return call?.over === undefined && aggregates.has(textsOf(call?.funcname).at(-1) ?? '');
  });
}

function fromFinds(nodes: readonly Node[], isOwn: IsOwn): boolean {
  return nodes.every((node) => {
    if (nodeOf(node, 'RangeVar') !== undefined) return true;
    const select = nodeOf(nodeOf(node, 'RangeSubselect')?.subquery, 'SelectStmt');
    if (select !== undefined) return selectFinds(select, isOwn);
    const join = nodeOf(node, 'JoinExpr');
    if (join?.larg === undefined || join.rarg === undefined) return false;
    if (!fromFinds([join.larg], isOwn)) return false;
    return join.jointype === 'JOIN_LEFT'
      ? true
      : fromFinds([join.rarg], isOwn) && conditionHolds(join.quals, isOwn);
  });
}

function conditionHolds(node: Node | undefined, isOwn: IsOwn): boolean {
  if (node === undefined) return true;
  const bool = nodeOf(node, 'BoolExpr');
  if (bool?.boolop === 'AND_EXPR')
    return (bool.args ?? []).every((each) => conditionHolds(each, isOwn));
  const expression = nodeOf(node, 'A_Expr');
  if (expression === undefined) return false;
  const { kind, name, lexpr, rexpr } = expression;
  const operator = operatorOf(name);
  const isKnown = (each: Node | undefined): boolean => {
    const parameter = nodeOf(nodeOf(each, 'TypeCast')?.arg ?? each, 'ParamRef')?.number;
    return parameter === undefined ? nodeOf(each, 'ColumnRef') !== undefined : isOwn(parameter);
  };
  if (kind === 'AEXPR_BETWEEN') return isKnown(lexpr) && (itemsOf(rexpr) ?? []).every(isKnown);
  const isEqual = operator === '=' && (kind === 'AEXPR_OP' || kind === 'AEXPR_OP_ANY');
  return isEqual && isKnown(lexpr) && isKnown(rexpr);
}
