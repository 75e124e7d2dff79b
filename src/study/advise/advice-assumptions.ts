import { assumptions } from '../../growth/assumptions.ts';
import { databaseCapacity } from '../../growth/database-capacity.ts';
import type { AdviceDocument } from '../../result/advice-document.ts';
import type { Scenario } from '../../scenario/types.ts';
import { assumptionMeaning } from '../../wording/assumption-meanings.ts';
import { limitAssumptions } from './limit-assumptions.ts';

/** Parts of growth that advice asks nothing of: how moves are made, what the futures are. */
const unused = /^growth\.(?:correlation|retention|newIds|tenants|draws|moves\..*)$/;

/** What the advice rests on beside the workload, each with its place in the scenario. */
export function adviceAssumptions(scenario: Scenario): AdviceDocument['assumptions'] {
  const database = databaseCapacity(scenario.capacity, null);
  const shared = assumptions({ scenario, database }, null)
    .filter(({ path }) => !unused.test(path) && path !== 'capacity.limits.smallSize')
    .map(({ path, value, isDefault }) => {
      return { path, value, meaning: assumptionMeaning(path), isDefault };
    });
  return [...shared, ...limitAssumptions(scenario.capacity)];
}
