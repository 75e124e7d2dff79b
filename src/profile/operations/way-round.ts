import type { Node, SelectStmt } from 'libpg-query';
import type { Table } from '../../scenario/table-types.ts';
import { nodeOf, operatorOf, soleStatement } from '../../sql/tree.ts';
import { quotedName } from './quoted-name.ts';
import { type KnownColumn, StatementColumns } from './statement-columns.ts';
import type { StatementWork, WritingTables } from './written-statement.ts';
import type { WrittenStep } from './written-operation.ts';

/** Answers of the first query for which a second one is sent. */
const repeatsMost = 100;

/** What a join comes to: rows of `from` of a row above them, and for each of them those of `to`. */
interface Step {
  readonly from: Table;
  /** Columns that say whose rows they are, with the names of what stands above them. */
  readonly owned: readonly { readonly column: string; readonly value: string }[];
  readonly above: string;
  readonly link: { readonly own: string; readonly other: string };
  readonly to: Table;
}

/**
 * What an application sends instead where two tables do not lie together: the rows of the one, then
 * for each of them a query for those of the other. Only of joins of two tables by one column, where
 * the rows of the first are all those of a row above them, and nothing is computed of the answer.
 */
export function wayRound(
  { sql, rowsPerCall }: StatementWork,
  tables: WritingTables,
): readonly WrittenStep[] | null {
  const node = soleStatement(tables.reader.readNumbered(sql).tree);
  const select = nodeOf(node, 'SelectStmt');
  if (select === undefined || !isPlain(select)) return null;
  const columns = new StatementColumns(node, tables.byName);
  const conditions = conditionsOf(select);
  const answered = (select.targetList ?? []).map((each) => nodeOf(each, 'ResTarget')?.val);
  const known = answered.map((each) => columns.of(each));
  if (conditions === null || known.some((each) => each === undefined)) return null;
  const step = stepOf(conditions, columns, tables);
  if (step === null) return null;
  const { from, owned, above, link, to } = step;
  const wanted = (table: Table, first: readonly string[]): string => {
    const own = known.flatMap((each) => (each?.table === table ? each.column.name : []));
    return [...new Set([...first, ...own])].map(quotedName).join(', ');
  };
  const order = orderOf(select, columns, to);
  const limit = order === '' ? '' : ` limit ${Math.max(1, Math.round(rowsPerCall ?? 20))}`;
  const whose = owned.map(({ column, value }) => `${quotedName(column)} = :${value}`).join(' and ');
  return [
    `select ${wanted(from, [link.own])} from ${quotedName(from.name)} where ${whose}`,
    {
      repeat: `{ children: ${from.name}, of: ${above}, limit: ${repeatsMost} }`,
      draw: {},
      statements: [
        `select ${wanted(to, [link.other, ...sortedBy(select, columns, to)])} ` +
          `from ${quotedName(to.name)} ` +
          `where ${quotedName(link.other)} = :${from.name}.${link.own}${order}${limit}`,
      ],
    },
  ];
}

/** Whether its rows are those of the join, one for each. */
function isPlain(select: SelectStmt): boolean {
  const { distinctClause, groupClause, havingClause, limitOffset, lockingClause } = select;
  const { valuesLists, withClause, windowClause, larg } = select;
  const made = [distinctClause, groupClause, havingClause, limitOffset, lockingClause];
  return [...made, valuesLists, withClause, windowClause, larg].every((each) => each === undefined);
}

/** Both sides of each of its equalities; null where it joins or asks in any other way. */
function conditionsOf({ fromClause = [], whereClause }: SelectStmt) {
  const joins = fromClause.map((each) => nodeOf(each, 'JoinExpr'));
  const [join] = joins;
  const sides = join === undefined ? fromClause : [join.larg, join.rarg];
  const isPair = sides.length === 2 && sides.every((each) => nodeOf(each, 'RangeVar'));
  if (!isPair || (join !== undefined && (fromClause.length > 1 || !isInner(join)))) return null;
  const leaves = [join?.quals, whereClause].flatMap(leavesOf);
  const equal = leaves.flatMap((each) => {
    const { kind, name, lexpr, rexpr } = nodeOf(each, 'A_Expr') ?? {};
    return kind === 'AEXPR_OP' && operatorOf(name) === '=' ? [{ one: lexpr, other: rexpr }] : [];
  });
  return equal.length === leaves.length ? equal : null;
}

const isInner = ({ jointype, usingClause, isNatural }: JoinParts): boolean =>
  jointype === 'JOIN_INNER' && usingClause === undefined && isNatural !== true;

interface JoinParts {
  readonly jointype?: string;
  readonly usingClause?: readonly Node[];
  readonly isNatural?: boolean;
}

function leavesOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  const bool = nodeOf(node, 'BoolExpr');
  return bool?.boolop === 'AND_EXPR' ? (bool.args ?? []).flatMap(leavesOf) : [node];
}

type Equalities = NonNullable<ReturnType<typeof conditionsOf>>;

/** null where it is not one column that links them, or the first one's rows are no one's. */
function stepOf(
  conditions: Equalities,
  columns: StatementColumns,
  { byName }: WritingTables,
): Step | null {
  const asked: KnownColumn[] = [];
  const links: (readonly [KnownColumn, KnownColumn])[] = [];
  for (const { one, other } of conditions) {
    const [left, right] = [columns.of(one), columns.of(other)];
    if (left !== undefined && right !== undefined) links.push([left, right]);
    else if (left !== undefined && isParameter(other)) asked.push(left);
    else if (right !== undefined && isParameter(one)) asked.push(right);
    else return null;
  }
  const [link] = links;
  const [first] = asked;
  if (link === undefined || links.length > 1 || first === undefined) return null;
  const from = first.table;
  const [own, other] = link[0].table === from ? link : link.toReversed();
  if (own?.table !== from || other === undefined || other.table === from) return null;
  const above = from.per?.kind === 'table' ? byName.get(from.per.table) : undefined;
  if (above === undefined || asked.some(({ table }) => table !== from)) return null;
  const owned = asked.flatMap(({ column: { name, generator } }) =>
    generator?.kind === 'parent' && generator.table === above.name
      ? [{ column: name, value: `${above.name}.${generator.column}` }]
      : [],
  );
  // Fewer columns than name a row above are those of more rows than its own.
  const named = new Set(owned.map(({ value }) => value));
  const isWhole = above.primary.every((each) => named.has(`${above.name}.${each}`));
  if (owned.length < asked.length || above.primary.length === 0 || !isWhole) return null;
  const linked = { own: own.column.name, other: other.column.name };
  return { from, owned, above: above.name, link: linked, to: other.table };
}

const isParameter = (node: Node | undefined): boolean =>
  nodeOf(nodeOf(node, 'TypeCast')?.arg ?? node, 'ParamRef') !== undefined;

const sortsOf = ({ sortClause = [] }: SelectStmt) =>
  sortClause.flatMap((each) => nodeOf(each, 'SortBy') ?? []);

/** Names of a table's columns by which it is sorted. */
const sortedBy = (select: SelectStmt, columns: StatementColumns, table: Table): string[] =>
  sortsOf(select).flatMap(({ node }) => {
    const found = columns.of(node);
    return found?.table === table ? [found.column.name] : [];
  });

/** With a limit each query needs no more rows than all of them; '' where that is not so. */
function orderOf(select: SelectStmt, columns: StatementColumns, to: Table): string {
  const sorts = sortsOf(select);
  if (select.limitCount === undefined || sorts.length === 0) return '';
  const terms = sorts.flatMap(({ node, sortby_dir }) => {
    const found = columns.of(node);
    if (found?.table !== to) return [];
    const down = sortby_dir === 'SORTBY_DESC' ? ' desc' : '';
    return [`${quotedName(found.column.name)}${down}`];
  });
  return terms.length < sorts.length ? '' : ` order by ${terms.join(', ')}`;
}
