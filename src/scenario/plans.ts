import { checkGrowthPath } from './growth-input.ts';
import type { Growth, Objectives } from './growth-types.ts';
import { checkObjectives } from './objectives-input.ts';
import type { Problems } from './problem.ts';
import type { Limits } from './types.ts';

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
