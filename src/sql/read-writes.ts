import type {
  DeleteStmt,
  InsertStmt,
  Node,
  OnConflictClause,
  RangeVar,
  ReturningClause,
  UpdateStmt,
} from 'libpg-query';
import {
  type Block,
  type Conflict,
  type Instance,
  noFeatures,
  type OutColumn,
  type Predicate,
  type SelectBlock,
  type SetColumn,
  type WriteBlock,
} from './blocks.ts';
import type { Building, Place } from './building.ts';
import { linksIn, noPredicate, termOf } from './expressions.ts';
import { equalTerms, readPredicate } from './predicates.ts';
import { columnOf, readFromList, type ReadFrom, readTable } from './read-from.ts';
import { readMerge } from './read-merge.ts';
import { readTargets } from './read-select.ts';
import { withQueries } from './read-with.ts';
import type { Scope, ScopeItem } from './scope.ts';
import { type Cond, type Term, termKey } from './terms.ts';
import { nodeOf } from './tree.ts';

/** INSERT, UPDATE, DELETE or MERGE; null for any other statement. */
export function readWrite(node: Node, place: Place, building: Building): WriteBlock | null {
  const insert = nodeOf(node, 'InsertStmt');
  if (insert !== undefined) return readInsert(insert, place, building);
  const update = nodeOf(node, 'UpdateStmt');
  if (update !== undefined) return readUpdate(update, place, building);
  const deletion = nodeOf(node, 'DeleteStmt');
  if (deletion !== undefined) return readDelete(deletion, place, building);
  const merge = nodeOf(node, 'MergeStmt');
  return merge === undefined ? null : readMerge(merge, place, building);
}

export interface ReadTarget {
  readonly item: ScopeItem;
  readonly instance: Instance | null;
  readonly table: string | null;
}

export function readTarget(
  relation: RangeVar | undefined,
  place: Place,
  building: Building,
): ReadTarget {
  // A CTE is no table that can be written.
  const item = readTable(relation ?? {}, { ...place, queries: new Map() }, building);
  const instance = item.rel.kind === 'instance' ? item.rel.instance : null;
  return { item, instance, table: instance?.table ?? null };
}

function readUpdate(update: UpdateStmt, outer: Place, building: Building): WriteBlock {
  const place = { ...outer, queries: withQueries(update.withClause, outer, building) };
  const target = readTarget(update.relation, place, building);
  const from = fromTarget(target, update.fromClause ?? [], place, building);
  const inside = insideOf(from, place);
  const where = readPredicate(update.whereClause, inside, building);
  const sets = readSets(update.targetList ?? [], inside, building);
  const links = linksIn(update.targetList ?? [], inside, building);
  const returned = readReturning(update.returningClause, inside, building, target, sets);
  const source = sourceBlock(from, where, target.instance, building);
  const rest = { made: [], sets, deletes: false, conflict: null };
  const of = {
    kind: 'write',
    verb: 'update',
    table: target.table,
    target: target.instance,
  } as const;
  return {
    ...of,
    ...rest,
    ...returned,
    source,
    links: [...links, ...returned.links],
    at: source.at,
  };
}

function readDelete(deletion: DeleteStmt, outer: Place, building: Building): WriteBlock {
  const place = { ...outer, queries: withQueries(deletion.withClause, outer, building) };
  const target = readTarget(deletion.relation, place, building);
  const from = fromTarget(target, deletion.usingClause ?? [], place, building);
  const inside = insideOf(from, place);
  const where = readPredicate(deletion.whereClause, inside, building);
  const returned = readReturning(deletion.returningClause, inside, building, target, []);
  const source = sourceBlock(from, where, target.instance, building);
  const rest = { made: [], sets: [], deletes: true, conflict: null };
  const of = {
    kind: 'write',
    verb: 'delete',
    table: target.table,
    target: target.instance,
  } as const;
  return { ...of, ...rest, ...returned, source, at: source.at };
}

function fromTarget(
  { item }: ReadTarget,
  nodes: readonly Node[],
  place: Place,
  building: Building,
): ReadFrom {
  return readFromList(nodes, place, building, { rel: item.rel, items: [item] });
}

export const insideOf = ({ items }: Pick<ReadFrom, 'items'>, place: Place): Place => ({
  ...place,
  scope: { items, outer: place.scope },
});

export function sourceBlock(
  { rel }: ReadFrom,
  where: Predicate,
  target: Instance | null,
  building: Building,
): SelectBlock {
  const at = target?.at ?? building.at(undefined);
  const nothing = { links: [], outputs: [], open: false, features: noFeatures };
  return { kind: 'select', rel, where, ...nothing, at };
}

/** Columns that are set, with what they are set to; of `(a, b) = (select ...)` nothing is known. */
export function readSets(targets: readonly Node[], place: Place, building: Building): SetColumn[] {
  return targets.flatMap((node) => {
    const target = nodeOf(node, 'ResTarget');
    if (target?.name === undefined) return [];
    const several = nodeOf(target.val, 'MultiAssignRef');
    const row = nodeOf(several?.source, 'RowExpr')?.args;
    const value = several === undefined ? target.val : row?.[(several.colno ?? 1) - 1];
    const term = termOf(value, place, building);
    return [{ column: target.name, term, at: building.at(target.location) }];
  });
}

export interface Returned {
  readonly outputs: readonly OutColumn[];
  readonly open: boolean;
  readonly links: OutLinks;
}

type OutLinks = WriteBlock['links'];

export function readReturning(
  clause: ReturningClause | undefined,
  place: Place,
  building: Building,
  target: ReadTarget,
  sets: readonly SetColumn[],
): Returned {
  const exprs = clause?.exprs ?? [];
  const { columns, open: isOpen, rel } = target.item;
  const olds = ['old', 'new'].map((alias): ScopeItem => {
    return { alias, columns, open: isOpen, hidden: allHidden(target), rel };
  });
  const { items, outer } = place.scope;
  const inside: Place = { ...place, scope: { items: [...items, ...olds], outer } };
  const { outputs, open } = readTargets(exprs, inside, building);
  const changed = new Set(
    sets.map(({ column }) =>
      target.instance === null
        ? ''
        : termKey({ kind: 'column', instance: target.instance.id, column }),
    ),
  );
  // The value after the update is another one than the conditions speak of.
  const known = outputs.map(({ name, term }) => ({
    name,
    term: term !== null && changed.has(termKey(term)) ? null : term,
  }));
  return { outputs: known, open, links: linksIn(exprs, inside, building) };
}

const allHidden = ({ item }: ReadTarget): Set<string> =>
  new Set(item.columns.map(({ name }) => name));

function readInsert(insert: InsertStmt, outer: Place, building: Building): WriteBlock {
  const place = { ...outer, queries: withQueries(insert.withClause, outer, building) };
  const target = readTarget(insert.relation, place, building);
  const named = (insert.cols ?? []).flatMap((node) => nodeOf(node, 'ResTarget') ?? []);
  checkColumns(named, target, building);
  const columns =
    insert.cols === undefined
      ? target.item.columns.map(({ name }) => name)
      : named.map(({ name = '' }) => name);
  const select = nodeOf(insert.selectStmt, 'SelectStmt');
  const source: Block =
    select === undefined
      ? sourceBlock({ rel: { kind: 'none' }, items: [] }, noPredicate, target.instance, building)
      : building.readSelect(select, place);
  const first = target.instance;
  const made = rowsOf(source).map((terms, index) => {
    const instance =
      first === null || index === 0
        ? first
        : building.instance(first.table, first.at, first.families);
    const holds = instance === null ? [] : holdsOf(instance, columns, terms, building);
    return instance === null ? [] : [{ instance, holds }];
  });
  const inside = insideOf({ items: [target.item, excluded(target)] }, place);
  const conflict = readConflict(insert.onConflictClause, inside, building);
  const scope: Scope = { items: [target.item], outer: place.scope };
  const returned = readReturning(
    insert.returningClause,
    { ...place, scope },
    building,
    target,
    conflict.sets,
  );
  return {
    kind: 'write',
    verb: 'insert',
    table: target.table,
    source,
    target: null,
    made: made.flat(),
    deletes: false,
    ...conflict,
    ...returned,
    links: [...conflict.links, ...returned.links],
    at: target.instance?.at ?? source.at,
  };
}

function checkColumns(
  named: readonly { readonly name?: string; readonly location?: number }[],
  { item }: ReadTarget,
  building: Building,
): void {
  const among = item.columns.map((column) => column.name);
  for (const { name = '', location } of item.open ? [] : named) {
    if (!among.includes(name)) building.unknown('column', name, among, building.at(location));
  }
}

const rowsOf = (source: Block): readonly (readonly (Term | null)[])[] =>
  source.kind === 'select' && source.rows !== undefined
    ? source.rows
    : [source.outputs.map(({ term }) => term)];

function holdsOf(
  instance: Instance,
  columns: readonly string[],
  terms: readonly (Term | null)[],
  building: Building,
): Cond[] {
  return columns.flatMap((column, index) =>
    equalTerms(columnOf(instance, column).term, terms[index] ?? null, building),
  );
}

/** The row that could not be inserted, by the name that Postgres gives it. */
function excluded({ item }: ReadTarget): ScopeItem {
  const columns = item.columns.map(({ name }) => ({ name, term: null }));
  return { ...item, alias: 'excluded', columns, hidden: new Set(columns.map(({ name }) => name)) };
}

function readConflict(
  clause: OnConflictClause | undefined,
  place: Place,
  building: Building,
): { conflict: Conflict | null; sets: SetColumn[]; links: WriteBlock['links'] } {
  if (clause === undefined) return { conflict: null, sets: [], links: [] };
  const elements = clause.infer?.indexElems ?? [];
  const names = elements.map((node) => nodeOf(node, 'IndexElem')?.name);
  const known = names.flatMap((name) => name ?? []);
  const columns = known.length === names.length && known.length > 0 ? known : null;
  const sets = readSets(clause.targetList ?? [], place, building);
  const links = linksIn([...(clause.targetList ?? []), clause.whereClause], place, building);
  return { conflict: { columns, at: building.at(clause.location) }, sets, links };
}
