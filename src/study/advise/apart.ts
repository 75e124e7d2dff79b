import type { Apart } from '../../advice/candidate-figures.ts';
import { type Fact, fact } from '../../result/finding.ts';
import type { Layout, StatementLayout } from '../../scenario/layout-types.ts';
import type { TableSet } from '../../scenario/table-types.ts';
import type { Operation } from '../../scenario/types.ts';
import type { Workload } from '../../workload/types.ts';
import { tablesOf } from '../../workload/tables/column-text.ts';

/** Nothing lies apart, or it is known what runs in one transaction. */
export const noneApart: Apart = { fraction: 0, tables: [], operations: [] };

/**
 * That nobody has seen what runs in one transaction, so that none crosses shards here; empty where
 * it was seen, or where fewer than two operations write.
 */
export function transactionsUnseen({ operations, tables }: Workload): Fact[] {
  if (tables === undefined || operations.some(isTransaction)) return [];
  const writes = operations.filter(({ kind }) => kind === 'write').length;
  if (writes < 2) return [];
  return [fact('advice-transactions-unseen', { severity: 'warning', numbers: { writes } })];
}

/**
 * Writes to tables that lie by keys of their own, and so apart from the rows of the shard key that
 * they are linked to. Where every operation is a single statement, as counters of a database show
 * them, each of these may be a part of a transaction that writes there as well. Otherwise the
 * transactions themselves say what crosses shards.
 */
export function apartUnder(workload: Workload, layout: Layout): Apart {
  const { operations } = workload;
  if (operations.some(isTransaction)) return noneApart;
  const linked = linkedApart(tablesOf(workload).set, layout);
  const uses = operations.map((_, index) =>
    (layout.operations[index]?.statements ?? []).flatMap((each) => writtenApart(each, linked)),
  );
  const found = operations.filter((_, index) => (uses[index] ?? []).length > 0);
  const weightOf = (some: readonly Operation[]): number =>
    some.reduce((sum, { weight }) => sum + weight, 0);
  return {
    fraction: weightOf(found) / weightOf(operations),
    tables: [...new Set(uses.flat())].toSorted(),
    operations: found.map(({ name }) => name),
  };
}

const isTransaction = ({ script }: Operation): boolean =>
  script !== undefined && script.transaction !== 'none' && script.statements.length > 1;

function writtenApart({ route, locks }: StatementLayout, linked: ReadonlySet<string>): string[] {
  if (!locks || !('router' in route) || route.router === 'main') return [];
  const { ownKeyOf } = route.router;
  return linked.has(ownKeyOf) ? [ownKeyOf] : [];
}

/** What foreign keys or parents link to tables of the shard key, those with a key of their own. */
function linkedApart({ tables }: TableSet, layout: Layout): ReadonlySet<string> {
  const placements = new Map(layout.tables.map(({ table, placement }) => [table, placement]));
  const links = tables.flatMap(({ name, per, foreign }) => {
    const parents = per !== null && per.kind === 'table' ? [per.table] : [];
    return [...parents, ...foreign.map(({ table }) => table)].map(
      (other) => [name, other] as const,
    );
  });
  // Two may belong together by a parent that every shard has; what belongs to no tenant links none.
  const ofTenants = new Set(tables.flatMap(({ name, per }) => (per === null ? [] : [name])));
  const leadsOn = (table: string): boolean => {
    const placement = placements.get(table);
    return placement === 'own-key' || (placement === 'reference' && ofTenants.has(table));
  };
  const reached = new Set<string>();
  const open = tables
    .map(({ name }) => name)
    .filter((table) => placements.get(table) === 'sharded');
  for (let table = open.pop(); table !== undefined; table = open.pop()) {
    for (const [one, other] of links) {
      const next = one === table ? other : one;
      if ((one !== table && other !== table) || !leadsOn(next) || reached.has(next)) continue;
      reached.add(next);
      open.push(next);
    }
  }
  return reached;
}
