import { checkGrowthPath } from './growth-input.ts';
import type { Growth, Objectives } from './growth-types.ts';
import { checkObjectives } from './objectives-input.ts';
import type { Problems } from './problem.ts';
import type { Limits, Scenario } from './types.ts';

type Plans = Pick<Scenario, 'simulation' | 'growth' | 'objectives' | 'capacity' | 'cost'>;

/** The plans of a scenario, as they were read. */
export function plansOf(
  input: Plans & { readonly residency?: Scenario['residency'] | undefined },
): Plans & Pick<Scenario, 'residency'> {
  const { simulation, growth, objectives, capacity, cost, residency } = input;
  const plans = { simulation, growth, objectives, capacity, cost };
  return residency === undefined ? plans : { ...plans, residency };
}

interface Parts {
  readonly growth?: Growth | undefined;
  readonly objectives?: Objectives | undefined;
  readonly limits?: Limits | undefined;
  readonly topology?: { readonly shards: number } | undefined;
}

/** What plans and objectives ask of other parts. */
export function checkPlans(parts: Parts, problems: Problems): void {
  checkGrowthPath(parts.growth?.to ?? [], parts.topology?.shards, problems);
  checkObjectives(parts, problems);
}
