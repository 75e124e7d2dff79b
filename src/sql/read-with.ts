import type { CommonTableExpr, WithClause } from 'libpg-query';
import type { Block, Instance } from './blocks.ts';
import { noFeatures } from './blocks.ts';
import type { Building, NamedQueries, NamedQuery, Place } from './building.ts';
import { outputFamilies, setBlock } from './read-set.ts';
import { readWrite } from './read-writes.ts';
import { nodeOf, textsOf } from './tree.ts';

/**
 * The CTEs that a statement may use by name. One that selects is read anew for each use, because
 * what a use asks of its rows is its own; one that writes runs once.
 */
export function withQueries(
  clause: WithClause | undefined,
  place: Place,
  building: Building,
): NamedQueries {
  if (clause === undefined) return place.queries;
  const queries = new Map(place.queries);
  for (const node of clause.ctes ?? []) {
    const query = nodeOf(node, 'CommonTableExpr');
    if (query?.ctename === undefined) continue;
    const here: Place = { scope: place.scope, queries: new Map(queries) };
    queries.set(query.ctename, namedQuery(query, clause.recursive === true, here, building));
  }
  return queries;
}

function namedQuery(
  query: CommonTableExpr,
  recursive: boolean,
  place: Place,
  building: Building,
): NamedQuery {
  const names = textsOf(query.aliascolnames);
  const select = nodeOf(query.ctequery, 'SelectStmt');
  if (select === undefined) {
    const block = readWrite(query.ctequery ?? { List: {} }, place, building);
    if (block !== null) building.writes.push(block);
    return { read: () => block ?? emptyBlock(building), columns: names };
  }
  const read = (): Block => {
    if (recursive) {
      const block = readRecursive(query, names, place, building);
      if (block !== undefined) return block;
    }
    return building.readSelect(select, place);
  };
  // What is not used does not run, but its names are looked at.
  const used = { first: building.anew(read) };
  return {
    read: () => {
      const { first } = used;
      used.first = undefined;
      return first ?? building.anew(read) ?? emptyBlock(building);
    },
    columns: names,
  };
}

function readRecursive(
  query: CommonTableExpr,
  names: readonly string[],
  place: Place,
  building: Building,
): Block | undefined {
  const select = nodeOf(query.ctequery, 'SelectStmt');
  const { larg, rarg, op } = select ?? {};
  if (larg === undefined || rarg === undefined || op !== 'SETOP_UNION') return undefined;
  const base = building.readSelect(larg, place);
  const families = outputFamilies(base.outputs, building);
  const self: Instance = building.instance(null, base.at, families);
  const columns = base.outputs.map(({ name }, index) => names[index] ?? name);
  const queries = new Map(place.queries);
  queries.set(query.ctename ?? '', { read: () => self, columns });
  const step = building.readSelect(rarg, { ...place, queries });
  const limit = select?.limitCount !== undefined;
  return setBlock('recursive', [base, step], { ...noFeatures, limit }, building, self);
}

const emptyBlock = (building: Building): Block => ({
  kind: 'select',
  rel: { kind: 'opaque' },
  where: { conds: [], links: [] },
  links: [],
  outputs: [],
  open: true,
  features: noFeatures,
  at: building.at(undefined),
});
