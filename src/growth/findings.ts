import { type Fact, fact } from '../result/finding.ts';
import type { Scenario, Strategy } from '../scenario/types.ts';
import type { Candidate } from './candidate.ts';
import type { GrowthContext } from './growth-case.ts';
import { howToMeasure } from './measure-first.ts';
import { mapFindings, splitFindings } from './present-findings.ts';
import { isPlacementKnown, mapOf } from './present-placement.ts';
import { isTenantKey } from '../workload/tenant-key.ts';

/**
 * What the numbers cannot show.
 *
 * @param unbanded names of strategies whose split tenants allow no band over placements
 */
export function growthFindings(
  context: GrowthContext,
  candidates: readonly Candidate[],
  unbanded: readonly string[],
): Fact[] {
  const strategies = strategiesOf(candidates);
  return [
    fact('no-database-run'),
    ...capacityFindings(context),
    ...costFindings(context.scenario),
    ...mapFindings(context, strategies),
    ...placementFindings(context, strategies, unbanded),
    ...splitFindings(unbanded),
    ...presentFindings(context),
    ...tenantFindings(context, candidates),
    ...scatterFindings(context, candidates),
    fact('one-trend'),
  ];
}

function strategiesOf(candidates: readonly Candidate[]): readonly Strategy[] {
  const named = candidates.flatMap(({ strategy }) =>
    strategy === null ? [] : [[strategy.name, strategy] as const],
  );
  return [...new Map(named).values()];
}

function capacityFindings(context: GrowthContext): Fact[] {
  switch (context.database.source) {
    case 'unknown':
      return [fact('capacity-not-known', { severity: 'warning', ...howToMeasure(context) })];
    case 'measured':
      return [fact('capacity-is-a-lower-bound')];
    case 'given':
      return [];
  }
}

/** How it is known what the operations cost, relative to each other. */
function costFindings({ capacity, operations }: Scenario): Fact[] {
  const namesOf = (some: readonly { readonly name: string }[]) => some.map(({ name }) => name);
  const measured = capacity.operations.filter(({ source }) => source === 'measured');
  const seen = capacity.operations.filter(({ scanSeen }) => scanSeen === true);
  const known = capacity.operations.filter(({ source }) => source !== 'unmeasured');
  const unknown = operations.filter(({ name }) => known.every((each) => each.name !== name));
  const findings: Fact[] = [];
  if (measured.length > 0) {
    const names = { operations: namesOf(measured), cell: measured[0]?.by ?? '' };
    findings.push(fact('costs-measured', { names }));
  }
  if (seen.length > 0) findings.push(fact('scans-seen', { names: { operations: namesOf(seen) } }));
  if (unknown.length > 0) {
    const names = { operations: namesOf(unknown) };
    findings.push(fact('costs-not-measured', { severity: 'warning', names }));
  }
  return findings;
}

function placementFindings(
  { scenario, workload, placements }: GrowthContext,
  strategies: readonly Strategy[],
  unbanded: readonly string[],
): Fact[] {
  const isDrawn = strategies.some(
    (strategy) =>
      strategy.hash !== null &&
      !unbanded.includes(strategy.name) &&
      !isPlacementKnown(strategy, scenario.growth, workload),
  );
  return isDrawn ? [fact('placement-is-chance', { numbers: { placements } })] : [];
}

function presentFindings({ now, scenario }: GrowthContext): Fact[] {
  const { weights } = scenario.topology;
  const isUnequal = new Set(weights.filter((weight) => weight > 0)).size > 1;
  return [
    ...(now.shards > 1 && mapOf(scenario.growth) === null
      ? [fact('present-strategy-unknown', { severity: 'warning' })]
      : []),
    ...(isUnequal ? [fact('weights-cost-the-same')] : []),
  ];
}

function tenantFindings({ workload }: GrowthContext, candidates: readonly Candidate[]): Fact[] {
  const refusing = candidates.flatMap(({ strategy, newTenants }) =>
    strategy !== null && newTenants === null && isTenantKey(workload, strategy.key)
      ? [strategy.name]
      : [],
  );
  if (refusing.length === 0) return [];
  const names = { strategies: [...new Set(refusing)] };
  return [fact('no-shard-for-new-tenants', { severity: 'warning', names })];
}

function scatterFindings({ scenario }: GrowthContext, candidates: readonly Candidate[]): Fact[] {
  const hasScans = scenario.capacity.operations.some(({ scan }) => scan);
  const isScattered = candidates.some(({ demand }) => demand.scattered.some((work) => work > 0));
  const workFraction = Math.max(
    0,
    ...candidates.map(({ demand, hottest }) => demand.scattered[hottest] ?? 0),
  );
  return [
    ...(!hasScans && isScattered ? [fact('scatter-costs-each-shard-the-same')] : []),
    ...(workFraction > 0 ? [fact('scatter-waits-for-slowest', { numbers: { workFraction } })] : []),
  ];
}
