import { writesOf } from '../keys/analysed-templates.ts';
import type { Placing } from '../../sql/placing.ts';
import { type OperationPlan, worksIn } from './operation-plan.ts';
import { templateFates } from './statement-fates.ts';
import type { WritingTables } from './written-statement.ts';

/** Plans that go to the same shards by every key and write the same tables. */
export interface PlanGroup {
  /** The heaviest first. */
  readonly plans: readonly OperationPlan[];
  readonly calls: number;
}

/** Further plans are so rare that they change nothing. */
const plansMost = 2000;

/**
 * What is rare is of a kind of its own more often than not: reports that ask all shards, changes of
 * what hardly changes. Left out, they would take their share of the routes with them.
 *
 * @param plans the heaviest first
 */
export function planGroups(
  plans: readonly OperationPlan[],
  placings: readonly Placing[],
  tables: WritingTables,
): PlanGroup[] {
  const groups = Map.groupBy(plans.slice(0, plansMost), (plan) => kindOf(plan, placings, tables));
  return [...groups.values()]
    .map((group) => {
      return { plans: group, calls: group.reduce((sum, { calls }) => sum + calls, 0) };
    })
    .toSorted((one, other) => other.calls - one.calls);
}

function kindOf(plan: OperationPlan, placings: readonly Placing[], tables: WritingTables): string {
  const works = worksIn(plan).map(({ sql }) => {
    const written = writesOf(tables.analyst.of(sql).analysis).flatMap(({ table }) => table ?? []);
    return [...templateFates(sql, placings, tables), ...written.toSorted()].join();
  });
  return [...new Set(works)].toSorted().join(';');
}

/** Times its own calls that each written plan stands for, so that all of its kind are counted. */
export function timesOfPlans(
  groups: readonly PlanGroup[],
  isWritten: (plan: OperationPlan) => boolean,
): ReadonlyMap<OperationPlan, number> {
  return new Map(
    groups.flatMap(({ plans, calls }) => {
      const written = plans.filter(isWritten);
      const own = written.reduce((sum, plan) => sum + plan.calls, 0);
      return written.map((plan) => [plan, own === 0 ? 1 : calls / own] as const);
    }),
  );
}
