import type {
  CapacityRow,
  CostRow,
  GrowthDocument,
  GrowthStepRow,
  MovePlan,
  TenantRemedy,
} from '../../result/growth-document.ts';

/** What the parts of a capacity report look up in its document. */

/** Strategies in the order of the document. */
export function strategiesOf({ capacity, growth }: GrowthDocument): readonly string[] {
  const named = [...capacity, ...growth].flatMap(({ strategy }) => strategy ?? []);
  return [...new Set(named)];
}

/** The strategy that the first page is about: the recommended one, else the first. */
export function leadStrategy(document: GrowthDocument): string | null {
  return document.recommendation.strategy ?? strategiesOf(document)[0] ?? null;
}

/** From one count to the next, without what several steps move together. */
export function singleSteps({ growth }: GrowthDocument): readonly GrowthStepRow[] {
  return growth.filter(({ span }) => span === 'step');
}

/** Steps of one strategy, in the order of the path. */
export function stepsOf(document: GrowthDocument, strategy: string): readonly GrowthStepRow[] {
  return singleSteps(document).filter((step) => step.strategy === strategy);
}

/** Each step of the path once. */
export function pathSteps(document: GrowthDocument): readonly (readonly [number, number])[] {
  const single = singleSteps(document);
  const steps = new Map(single.map(({ from, to }) => [`${from} ${to}`, [from, to] as const]));
  return [...steps.values()];
}

/** Rows of one strategy; null is the one unsharded instance. */
export function capacityOf(
  document: GrowthDocument,
  strategy: string | null,
): readonly CapacityRow[] {
  return document.capacity.filter((row) => row.strategy === strategy);
}

export function costOf(
  document: GrowthDocument,
  { strategy, shardCount }: Pick<CapacityRow, 'strategy' | 'shardCount'>,
): CostRow | null {
  const same = document.cost.filter((row) => row.shardCount === shardCount);
  return same.find((row) => row.strategy === strategy) ?? null;
}

/** The step that leads to a count. */
export function stepTo(
  document: GrowthDocument,
  strategy: string | null,
  count: number,
): GrowthStepRow | null {
  return (
    singleSteps(document).find((step) => step.strategy === strategy && step.to === count) ?? null
  );
}

/** From the present straight to a count, whatever lies on the way. */
export function wholeWayTo(
  document: GrowthDocument,
  strategy: string | null,
  count: number,
): GrowthStepRow | null {
  const { growth, now } = document;
  const own = growth.filter(
    (row) => row.strategy === strategy && row.from === now.shardCount && row.to === count,
  );
  return own.find(({ span }) => span === 'path') ?? own[0] ?? null;
}

export function planTo(
  document: GrowthDocument,
  strategy: string | null,
  count: number,
): MovePlan | null {
  return document.plans.find((plan) => plan.strategy === strategy && plan.to === count) ?? null;
}

/** Bills differ by count alone: the first row of each, from the fewest databases. */
export function bills(document: GrowthDocument): readonly CostRow[] {
  const byCount = new Map<number, CostRow>();
  for (const row of document.cost) {
    if (!byCount.has(row.shardCount)) byCount.set(row.shardCount, row);
  }
  return [...byCount.values()].toSorted((a, b) => a.shardCount - b.shardCount);
}

/** What is done about one tenant, where that is what is recommended. */
export function chosenRemedy({
  recommendation,
  largestTenants,
}: GrowthDocument): TenantRemedy | null {
  const { kind, strategy, shardCount } = recommendation;
  const own = largestTenants.filter((tenant) => tenant.strategy === strategy);
  const remedies = own.flatMap((tenant) => tenant.remedies);
  return remedies.find((one) => one.kind === kind && one.shardCount === shardCount) ?? null;
}
