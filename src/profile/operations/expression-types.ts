import type { A_Expr, Node, TypeName } from 'libpg-query';
import { familyOfType } from '../../sql/families.ts';
import { nodeOf, operatorOf, textsOf } from '../../sql/tree.ts';
import { isNumeric } from './sample-values.ts';
import type { KnownColumn, StatementColumns } from './statement-columns.ts';

/** What is known of the value of an expression. */
export interface ExpressionType {
  readonly type: string;
  /** Where it plainly is one. */
  readonly column?: KnownColumn;
}

export function writtenType(type: TypeName | undefined): string {
  const name = textsOf(type?.names).at(-1) ?? '';
  return type?.arrayBounds === undefined ? name : `${name}[]`;
}

const ofFunctions: Readonly<Record<string, string>> = {
  now: 'timestamptz',
  statement_timestamp: 'timestamptz',
  clock_timestamp: 'timestamptz',
  transaction_timestamp: 'timestamptz',
  date_trunc: 'timestamptz',
  count: 'int8',
  length: 'int4',
  char_length: 'int4',
  octet_length: 'int4',
  row_number: 'int8',
  rank: 'int8',
  dense_rank: 'int8',
  extract: 'numeric',
  date_part: 'float8',
  random: 'float8',
  lower: 'text',
  upper: 'text',
  btrim: 'text',
  trim: 'text',
  concat: 'text',
  to_char: 'text',
  replace: 'text',
  substring: 'text',
  split_part: 'text',
  md5: 'text',
  age: 'interval',
  to_tsvector: 'tsvector',
  to_tsquery: 'tsquery',
  plainto_tsquery: 'tsquery',
  websearch_to_tsquery: 'tsquery',
  gen_random_uuid: 'uuid',
};

/** Those whose value is of the type of what they are given. */
const sameAsFirst = new Set(['max', 'min', 'sum', 'avg', 'abs', 'round', 'floor', 'ceil']);

const ofValueFunctions: Readonly<Record<string, string>> = {
  SVFOP_CURRENT_DATE: 'date',
  SVFOP_CURRENT_USER: 'text',
};

/** undefined: it is not known. */
export function typeOf(
  node: Node | undefined,
  columns: StatementColumns,
): ExpressionType | undefined {
  const column = columns.of(node);
  if (column !== undefined) return { type: column.column.type, column };
  const cast = nodeOf(node, 'TypeCast');
  if (cast !== undefined) return { type: writtenType(cast.typeName) };
  const call = nodeOf(node, 'FuncCall');
  if (call !== undefined) {
    const name = textsOf(call.funcname).at(-1) ?? '';
    if (!sameAsFirst.has(name)) return typed(ofFunctions[name]);
    const first = typeOf(call.args?.[0], columns)?.type;
    return typed(first === undefined && /sum|avg/.test(name) ? 'numeric' : first);
  }
  const value = nodeOf(node, 'SQLValueFunction');
  if (value !== undefined) return typed(ofValueFunctions[value.op ?? ''] ?? 'timestamptz');
  const number = nodeOf(node, 'A_Const');
  if (number?.ival !== undefined) return { type: 'int4' };
  if (number?.fval !== undefined) return { type: 'numeric' };
  const expression = nodeOf(node, 'A_Expr');
  if (expression !== undefined) return ofOperator(expression, columns);
  return ofNested(node, columns);
}

const typed = (type: string | undefined): ExpressionType | undefined =>
  type === undefined ? undefined : { type };

const textOperators = new Set(['||', '->>', '#>>']);
const arithmetic = new Set(['+', '-', '*', '/', '%']);

function ofOperator(
  { name, lexpr, rexpr }: A_Expr,
  columns: StatementColumns,
): ExpressionType | undefined {
  const operator = operatorOf(name);
  if (textOperators.has(operator)) return { type: 'text' };
  if (operator === '->' || operator === '#>') return { type: 'jsonb' };
  if (!arithmetic.has(operator)) return undefined;
  const [left, right] = [typeOf(lexpr, columns)?.type, typeOf(rexpr, columns)?.type];
  if (left !== undefined && left === right && familyOfType(left).startsWith('timestamp')) {
    return { type: 'interval' };
  }
  return typed(left ?? right);
}

function ofNested(node: Node | undefined, columns: StatementColumns): ExpressionType | undefined {
  const args =
    nodeOf(node, 'CoalesceExpr')?.args ??
    nodeOf(node, 'MinMaxExpr')?.args ??
    branchesOf(node) ??
    [];
  const types = args.flatMap((each) => typeOf(each, columns)?.type ?? []);
  const [type] = types;
  if (type !== undefined) return { type };
  const link = nodeOf(node, 'SubLink');
  if (link?.subLinkType !== 'EXPR_SUBLINK') return undefined;
  const target = nodeOf(link.subselect, 'SelectStmt')?.targetList?.[0];
  const found = typeOf(nodeOf(target, 'ResTarget')?.val, columns)?.type;
  return found === undefined ? undefined : { type: found };
}

/** What CASE may give. */
export function branchesOf(node: Node | undefined): readonly Node[] | undefined {
  const choice = nodeOf(node, 'CaseExpr');
  if (choice === undefined) return undefined;
  const results = (choice.args ?? []).flatMap((each) => nodeOf(each, 'CaseWhen')?.result ?? []);
  return [...results, ...(choice.defresult === undefined ? [] : [choice.defresult])];
}

export const isNumericType = ({ type }: ExpressionType): boolean => isNumeric(type);
