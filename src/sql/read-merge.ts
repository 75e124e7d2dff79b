import type { MergeStmt, MergeWhenClause } from 'libpg-query';
import type { Cond } from './terms.ts';
import type { Instance, JoinRel, WriteBlock } from './blocks.ts';
import type { Building, Place } from './building.ts';
import { linksIn, termOf } from './expressions.ts';
import { equalTerms, readPredicate } from './predicates.ts';
import { columnOf, readFromList } from './read-from.ts';
import {
  insideOf,
  readReturning,
  readSets,
  type ReadTarget,
  readTarget,
  sourceBlock,
} from './read-writes.ts';
import { noPredicate } from './expressions.ts';
import { withQueries } from './read-with.ts';
import { nodeOf } from './tree.ts';

/** MERGE as the outer join that it is: rows that do not match are made or changed, too. */
export function readMerge(merge: MergeStmt, outer: Place, building: Building): WriteBlock {
  const place = { ...outer, queries: withQueries(merge.withClause, outer, building) };
  const target = readTarget(merge.relation, place, building);
  const nodes = merge.sourceRelation === undefined ? [] : [merge.sourceRelation];
  const using = readFromList(nodes, place, building);
  const inside = insideOf({ items: [target.item, ...using.items] }, place);
  const on = readPredicate(merge.joinCondition, inside, building);
  const clauses = (merge.mergeWhenClauses ?? []).flatMap(
    (node) => nodeOf(node, 'MergeWhenClause') ?? [],
  );
  const rel = joinOf(clauses, target, using.rel, on);
  const links = linksIn(
    clauses.flatMap(({ condition, targetList = [], values = [] }) => [
      condition,
      ...targetList,
      ...values,
    ]),
    inside,
    building,
  );
  const updates = clauses.filter(({ commandType }) => commandType === 'CMD_UPDATE');
  const sets = updates.flatMap(({ targetList = [] }) => readSets(targetList, inside, building));
  const returned = readReturning(merge.returningClause, inside, building, target, sets);
  const made = clauses.flatMap((clause) => {
    if (clause.commandType !== 'CMD_INSERT' || target.instance === null) return [];
    const { table, at, families } = target.instance;
    const instance = building.instance(table, at, families);
    return [{ instance, holds: holdsOf(clause, instance, target, inside, building) }];
  });
  return {
    kind: 'write',
    verb: 'merge',
    table: target.table,
    source: sourceBlock({ rel, items: [] }, noPredicate, target.instance, building),
    target: target.instance,
    made,
    sets,
    deletes: clauses.some(({ commandType }) => commandType === 'CMD_DELETE'),
    conflict: null,
    ...returned,
    // What RETURNING gives may be that of a row that was made.
    outputs: returned.outputs.map(({ name }) => ({ name, term: null })),
    links: [...links, ...returned.links],
    at: target.instance?.at ?? building.at(undefined),
  };
}

function joinOf(
  clauses: readonly MergeWhenClause[],
  { item }: ReadTarget,
  source: JoinRel['left'],
  on: JoinRel['on'],
): JoinRel {
  const has = (kind: MergeWhenClause['matchKind']): boolean =>
    clauses.some(({ matchKind }) => matchKind === kind);
  const [bySource, byTarget] = [
    has('MERGE_WHEN_NOT_MATCHED_BY_SOURCE'),
    has('MERGE_WHEN_NOT_MATCHED_BY_TARGET'),
  ];
  if (bySource) {
    const type = byTarget ? 'full' : 'left';
    return { kind: 'join', type, left: item.rel, right: source, on, effective: type };
  }
  const type = byTarget ? 'left' : 'inner';
  return { kind: 'join', type, left: source, right: item.rel, on, effective: type };
}

function holdsOf(
  { targetList, values = [] }: MergeWhenClause,
  instance: Instance,
  { item }: ReadTarget,
  place: Place,
  building: Building,
): Cond[] {
  const named = (targetList ?? []).flatMap((node) => nodeOf(node, 'ResTarget')?.name ?? []);
  const columns = targetList === undefined ? item.columns.map(({ name }) => name) : named;
  return values.flatMap((value, index) =>
    equalTerms(
      columnOf(instance, columns[index] ?? '').term,
      termOf(value, place, building),
      building,
    ),
  );
}
