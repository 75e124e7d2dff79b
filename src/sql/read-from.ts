import type { Alias, JoinExpr, Node, RangeFunction, RangeSubselect, RangeVar } from 'libpg-query';
import type { Block, Instance, JoinType, OutColumn, Predicate, Rel } from './blocks.ts';
import type { Building, NamedQuery, Place } from './building.ts';
import { linksIn, noPredicate } from './expressions.ts';
import { equalTerms, readPredicate } from './predicates.ts';
import type { ScopeItem } from './scope.ts';
import type { Cond } from './terms.ts';
import { nodeOf, textsOf } from './tree.ts';

/** What stands in FROM: where rows come from, and what names mean. */
export interface ReadFrom {
  readonly rel: Rel;
  readonly items: readonly ScopeItem[];
}

/** All of a list, each LATERAL or not: what comes later may speak of what came before. */
export function readFromList(
  nodes: readonly Node[],
  place: Place,
  building: Building,
  first: ReadFrom = { rel: { kind: 'none' }, items: [] },
): ReadFrom {
  return nodes.reduce<ReadFrom>((before, node) => {
    const next = readFromNode(node, within(place, before.items), building);
    const items = [...before.items, ...next.items];
    return { rel: joined(before.rel, next.rel), items };
  }, first);
}

/** Items that are seen by LATERAL, in a scope of their own. */
function within(place: Place, items: readonly ScopeItem[]): Place {
  return items.length === 0 ? place : { ...place, scope: { items, outer: place.scope } };
}

function joined(left: Rel, right: Rel): Rel {
  if (left.kind === 'none') return right;
  return { kind: 'join', type: 'inner', left, right, on: noPredicate, effective: 'inner' };
}

function readFromNode(node: Node, place: Place, building: Building): ReadFrom {
  const table = nodeOf(node, 'RangeVar');
  if (table !== undefined) return alone(readTable(table, place, building));
  const join = nodeOf(node, 'JoinExpr');
  if (join !== undefined) return readJoin(join, place, building);
  const select = nodeOf(node, 'RangeSubselect');
  if (select !== undefined) return alone(readSubselect(select, place, building));
  const sample = nodeOf(node, 'RangeTableSample');
  if (sample?.relation !== undefined) return readFromNode(sample.relation, place, building);
  const call = nodeOf(node, 'RangeFunction');
  linksIn([node], place, building);
  return alone(opaqueItem(call));
}

const alone = (item: ScopeItem): ReadFrom => ({ rel: item.rel, items: [item] });

/** A function's columns are not known, but for the names that it is given. */
function opaqueItem(call: RangeFunction | undefined): ScopeItem {
  const alias = call?.alias?.aliasname ?? null;
  return { alias, columns: [], open: true, hidden: new Set(), rel: { kind: 'opaque' } };
}

/** A table, a view or a CTE by its name. */
export function readTable(table: RangeVar, place: Place, building: Building): ScopeItem {
  const { relname = '', schemaname, alias } = table;
  const name = alias?.aliasname ?? relname;
  const at = building.at(table.location);
  const query = schemaname === undefined ? place.queries.get(relname) : undefined;
  if (query !== undefined) return queryItem(query, name, alias, at);
  const isOwn = schemaname === undefined || schemaname === 'public';
  const known = isOwn ? building.catalog.tables.get(relname) : undefined;
  if (known !== undefined) {
    const instance = building.instance(relname, at, known.columns);
    const columns = [...known.columns.keys()].map((column) => columnOf(instance, column));
    const rel: Rel = { kind: 'instance', instance };
    const { open } = known;
    return { alias: name, columns: renamed(columns, alias), open, hidden: new Set(), rel };
  }
  return readView(table, name, at, place, building);
}

function readView(
  { relname = '', schemaname, alias }: RangeVar,
  name: string,
  at: number,
  place: Place,
  building: Building,
): ScopeItem {
  const { tables, views } = building.catalog;
  const isOwn = schemaname === undefined || schemaname === 'public';
  const view = isOwn ? views.get(relname) : undefined;
  const block =
    view === undefined || view === null
      ? undefined
      : building.anew(
          () =>
            building.readSelect(view, { scope: { items: [], outer: null }, queries: new Map() }),
          { name: relname, at },
        );
  if (block !== undefined) return blockItem(block, name, alias);
  const isSystem = schemaname === 'pg_catalog' || schemaname === 'information_schema';
  if (!isSystem && !views.has(relname) && !relname.startsWith('pg_')) {
    const among = [...tables.keys(), ...views.keys(), ...place.queries.keys()];
    building.unknown('table', isOwn ? relname : `${schemaname}.${relname}`, among, at);
  }
  return { alias: name, columns: [], open: true, hidden: new Set(), rel: { kind: 'opaque' } };
}

function queryItem(
  query: NamedQuery,
  name: string,
  alias: Alias | undefined,
  at: number,
): ScopeItem {
  const read = query.read(at);
  if ('kind' in read) {
    const named = { ...read, outputs: withNames(read.outputs, query.columns) };
    return { ...blockItem(named, name, alias), rel: { kind: 'block', block: read } };
  }
  const columns = query.columns.map((column, index) => ({
    name: column,
    term: columnOf(read, String(index)).term,
  }));
  const rel: Rel = { kind: 'instance', instance: read };
  return { alias: name, columns: renamed(columns, alias), open: false, hidden: new Set(), rel };
}

function blockItem(block: Block, name: string | null, alias: Alias | undefined): ScopeItem {
  const columns = renamed(block.outputs, alias);
  return {
    alias: name,
    columns,
    open: block.open,
    hidden: new Set(),
    rel: { kind: 'block', block },
  };
}

function readSubselect(select: RangeSubselect, place: Place, building: Building): ScopeItem {
  const statement = nodeOf(select.subquery, 'SelectStmt') ?? {};
  const block = building.readSelect(statement, place);
  return blockItem(block, select.alias?.aliasname ?? null, select.alias);
}

export const columnOf = (instance: Instance, column: string): OutColumn => ({
  name: column,
  term: { kind: 'column', instance: instance.id, column },
});

const renamed = (columns: readonly OutColumn[], alias: Alias | undefined): readonly OutColumn[] =>
  withNames(columns, textsOf(alias?.colnames));

/** The first columns have the names that are given, the others keep theirs. */
const withNames = (columns: readonly OutColumn[], names: readonly string[]): OutColumn[] =>
  columns.map(({ name, term }, index) => ({ name: names[index] ?? name, term }));

function readJoin(join: JoinExpr, place: Place, building: Building): ReadFrom {
  const left = readFromNode(join.larg ?? { List: {} }, place, building);
  const right = readFromNode(join.rarg ?? { List: {} }, within(place, left.items), building);
  const items = [...left.items, ...right.items];
  const merged = mergedColumns(join, left.items, right.items);
  const using = merged.flatMap((column) => column.conds(building));
  const inJoin = { ...place, scope: { items, outer: place.scope } };
  const quals = readPredicate(join.quals, inJoin, building);
  const on = { conds: [...using, ...quals.conds], links: quals.links };
  const rel = joinRel(join, left.rel, right.rel, on);
  if (merged.length > 0) {
    for (const { name } of merged) for (const item of items) item.hidden.add(name);
    const columns = merged.map(({ name, term }) => ({ name, term }));
    const alias = join.join_using_alias?.aliasname ?? null;
    items.unshift({ alias, columns, open: false, hidden: new Set(), rel: { kind: 'none' } });
  }
  return { rel, items: join.alias === undefined ? items : [aliased(join.alias, items, rel)] };
}

function joinRel(join: JoinExpr, left: Rel, right: Rel, on: Predicate): Rel {
  const type = joinTypes[join.jointype ?? 'JOIN_INNER'] ?? 'full';
  return join.jointype === 'JOIN_RIGHT'
    ? { kind: 'join', type, left: right, right: left, on, effective: type }
    : { kind: 'join', type, left, right, on, effective: type };
}

const joinTypes: Readonly<Record<string, JoinType>> = {
  JOIN_INNER: 'inner',
  JOIN_LEFT: 'left',
  JOIN_RIGHT: 'left',
};

interface MergedColumn extends OutColumn {
  readonly conds: (building: Building) => Cond[];
}

/** Columns of USING, or those that both sides of NATURAL have. */
function mergedColumns(
  join: JoinExpr,
  left: readonly ScopeItem[],
  right: readonly ScopeItem[],
): MergedColumn[] {
  const names = join.isNatural === true ? common(left, right) : textsOf(join.usingClause);
  return names.map((name) => {
    const [one, other] = [termNamed(name, left), termNamed(name, right)];
    const type = join.jointype ?? 'JOIN_INNER';
    const term = type === 'JOIN_FULL' ? null : type === 'JOIN_RIGHT' ? other : one;
    return { name, term, conds: (building) => equalTerms(one, other, building) };
  });
}

function common(left: readonly ScopeItem[], right: readonly ScopeItem[]): string[] {
  const rights = new Set(visible(right).map(({ name }) => name));
  return [...new Set(visible(left).map(({ name }) => name))].filter((name) => rights.has(name));
}

const visible = (items: readonly ScopeItem[]): OutColumn[] =>
  items.flatMap(({ columns, hidden }) => columns.filter(({ name }) => !hidden.has(name)));

const termNamed = (name: string, items: readonly ScopeItem[]): OutColumn['term'] =>
  visible(items).find((column) => column.name === name)?.term ?? null;

function aliased(alias: Alias, items: readonly ScopeItem[], rel: Rel): ScopeItem {
  const columns = renamed(visible(items), alias);
  const open = items.some((item) => item.open);
  return { alias: alias.aliasname ?? null, columns, open, hidden: new Set(), rel };
}
