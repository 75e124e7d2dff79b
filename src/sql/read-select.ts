import type { Node, ResTarget, SelectStmt } from 'libpg-query';
import {
  type Block,
  type Features,
  noFeatures,
  type OutColumn,
  type SelectBlock,
} from './blocks.ts';
import type { Building, Place } from './building.ts';
import { linksIn, noPredicate, termOf } from './expressions.ts';
import { readPredicate } from './predicates.ts';
import { readFromList } from './read-from.ts';
import { readSet } from './read-set.ts';
import { withQueries } from './read-with.ts';
import type { Scope, ScopeItem } from './scope.ts';
import type { Term } from './terms.ts';
import { isAggregate, windowsIn } from './aggregates.ts';
import { itemsOf, nodeOf, textsOf } from './tree.ts';

/** A SELECT or VALUES with all that is below it. */
export function readSelect(select: SelectStmt, place: Place, building: Building): Block {
  const queries = withQueries(select.withClause, place, building);
  const here = { ...place, queries };
  if (select.lockingClause !== undefined) building.locks = true;
  if (select.larg !== undefined && select.rarg !== undefined) {
    return readSet(select, select.larg, select.rarg, here, building);
  }
  if (select.valuesLists !== undefined) return readValues(select, here, building);
  const from = readFromList(select.fromClause ?? [], here, building);
  const scope: Scope = { items: from.items, outer: place.scope };
  const inside: Place = { scope, queries };
  const where = readPredicate(select.whereClause, inside, building);
  const { outputs, open } = readTargets(select.targetList ?? [], inside, building);
  const byOutput = orderPlace(inside, outputs);
  const links = [
    ...linksIn(
      [select.targetList, select.distinctClause, select.windowClause].flat(),
      inside,
      building,
    ),
    ...linksIn([select.groupClause, select.sortClause].flat(), byOutput, building),
    ...linksIn([select.havingClause, select.limitCount, select.limitOffset], inside, building),
  ];
  const features = featuresOf(select, byOutput, outputs, building);
  const at = placeOfSelect(select, building);
  return { kind: 'select', rel: from.rel, where, links, outputs, open, features, at };
}

/** ORDER BY and GROUP BY may name what the statement gives; columns of its tables come first. */
function orderPlace(place: Place, outputs: readonly OutColumn[]): Place {
  const own: ScopeItem = {
    alias: null,
    columns: outputs,
    open: false,
    hidden: new Set(),
    rel: { kind: 'none' },
  };
  const { items, outer } = place.scope;
  return { ...place, scope: { items, outer: { items: [own], outer } } };
}

function readTargets(
  targets: readonly Node[],
  place: Place,
  building: Building,
): { outputs: OutColumn[]; open: boolean } {
  const outputs: OutColumn[] = [];
  let open = false;
  for (const node of targets) {
    const target = nodeOf(node, 'ResTarget');
    const star = starOf(target);
    if (star === undefined) {
      const name = target?.name ?? nameOf(target?.val);
      open ||= name === undefined;
      outputs.push({ name: name ?? '?column?', term: termOf(target?.val, place, building) });
      continue;
    }
    const items = itemsNamed(star, place.scope);
    const all = star.length === 0;
    open ||= items.length === 0 || items.some((item) => item.open);
    for (const { columns, hidden } of items) {
      outputs.push(...columns.filter(({ name }) => !all || !hidden.has(name)));
    }
  }
  return { outputs, open };
}

export { readTargets };

/** Names before a star: none of `*`, one of `orders.*`; undefined for what is no star. */
function starOf(target: ResTarget | undefined): string[] | undefined {
  const fields = nodeOf(target?.val, 'ColumnRef')?.fields ?? [];
  const last = fields.at(-1);
  return last !== undefined && 'A_Star' in last ? textsOf(fields) : undefined;
}

function itemsNamed(names: readonly string[], { items, outer }: Scope): readonly ScopeItem[] {
  const alias = names.at(-1);
  if (alias === undefined) return items;
  const found = items.filter((item) => item.alias === alias);
  return found.length === 0 && outer !== null ? itemsNamed(names, outer) : found;
}

/** The name that Postgres gives to a column, where it is simple. */
function nameOf(node: Node | undefined): string | undefined {
  const column = nodeOf(node, 'ColumnRef');
  if (column !== undefined) return textsOf(column.fields).at(-1);
  const call = nodeOf(node, 'FuncCall');
  if (call !== undefined) return textsOf(call.funcname).at(-1);
  const cast = nodeOf(node, 'TypeCast');
  return cast === undefined ? undefined : nameOf(cast.arg);
}

function featuresOf(
  select: SelectStmt,
  place: Place,
  outputs: readonly OutColumn[],
  building: Building,
): Features {
  const terms = (nodes: readonly Node[]): Term[] =>
    nodes.flatMap((node) => ordinal(node, outputs) ?? termOf(node, place, building) ?? []);
  const targets = select.targetList ?? [];
  // HAVING makes one group of all rows, even where it has no aggregate.
  const isAggregated =
    select.havingClause !== undefined ||
    [...targets, ...(select.sortClause ?? [])].some((node) => isAggregate(node));
  const group = select.groupClause;
  const distinct = select.distinctClause;
  // DISTINCT without ON is a list of one empty node.
  const isPlainDistinct = distinct?.every((node) => Object.keys(node).length === 0) === true;
  return {
    group: group === undefined ? (isAggregated ? [] : null) : terms(group),
    having: select.havingClause !== undefined,
    distinct:
      distinct === undefined
        ? null
        : isPlainDistinct
          ? outputs.flatMap(({ term }) => term ?? [])
          : terms(distinct),
    limit: select.limitCount !== undefined && nodeOf(select.limitCount, 'A_Const')?.isnull !== true,
    offset: select.limitOffset !== undefined,
    windows: windowsIn(select).map(terms),
  };
}

/** `group by 1`: the first column that it gives. */
function ordinal(node: Node, outputs: readonly OutColumn[]): Term[] | undefined {
  const number = nodeOf(node, 'A_Const')?.ival?.ival;
  if (number === undefined) return undefined;
  const term = outputs[number - 1]?.term;
  return term === null || term === undefined ? [] : [term];
}

function readValues(select: SelectStmt, place: Place, building: Building): SelectBlock {
  const rows = (select.valuesLists ?? []).map((list) => itemsOf(list) ?? []);
  const terms = rows.map((row) => row.map((node) => termOf(node, place, building)));
  const links = linksIn(rows.flat(), place, building);
  const [first = []] = terms;
  const outputs = first.map((term, index) => ({
    name: `column${index + 1}`,
    term: terms.length === 1 ? term : null,
  }));
  const shape = { kind: 'select', rel: { kind: 'none' }, where: noPredicate, links } as const;
  const features = { ...noFeatures, limit: select.limitCount !== undefined };
  const block = { ...shape, outputs, open: false, features, at: building.at(undefined) };
  return terms.length === 1 ? block : { ...block, rows: terms };
}

function placeOfSelect(select: SelectStmt, building: Building): number {
  const first = nodeOf(select.targetList?.[0], 'ResTarget')?.location;
  return building.at(first);
}
