import { type Fact, fact } from '../result/finding.ts';
import type { CapacityFacts, CostFacts } from '../result/growth-document.ts';
import { numbered } from '../result/numbered.ts';
import type { Candidate } from './candidate.ts';
import { evenKeyedWork, scatteredWork, writeFraction } from './demand.ts';
import type { GrowthContext } from './growth-case.ts';
import { billRatio, costRatio, type MonthlyCost, monthlyCost } from './monthly-cost.ts';
import { agreement, type PlacementBands } from './placement-bands.ts';
import {
  dearFactor,
  planStatus,
  planStatuses,
  type PlanStatus,
  unitCostRatio,
  type Worth,
} from './plan-verdict.ts';

/** What there is today. */
export interface Present {
  readonly shardCount: number;
  /**
   * What it does under the candidate's own strategy, in the work of one instance; null: unknown.
   */
  readonly instances: number | null;
}

/** What a candidate costs, against the present, and whether it is worth that. */
export function costRow(
  context: GrowthContext,
  candidate: Candidate,
  row: CapacityFacts,
  present: Present,
  isPresent: boolean,
  bands: PlacementBands | null = null,
): CostFacts {
  const { cost } = context.scenario;
  const bill = billOf(context, candidate.shardCount, present);
  const before = billOf(context, present.shardCount, present);
  const ratio = costRatio(bill, before);
  const { capacityRatio } = row;
  const worth: Worth = {
    costRatio: ratio.mid,
    billRatio: billRatio(bill, before).mid,
    capacityRatio,
    utilisation: utilisationOf(context, candidate),
    isLarger: row.shardCount > present.shardCount,
  };
  return {
    strategy: row.strategy,
    shardCount: row.shardCount,
    currency: cost.currency,
    monthlyCost: bill,
    costRatio: worth.costRatio,
    costRatioRange: { low: ratio.low, high: ratio.high },
    billRatio: worth.billRatio,
    capacityRatio,
    unitCostRatio: capacityRatio === null ? null : unitCostRatio(worth),
    verdict: isPresent
      ? { status: 'present', reasons: [fact('use-today', useOf(row))] }
      : verdictOf(context, candidate, row, worth, bands),
  };
}

function billOf(
  { scenario, now }: GrowthContext,
  databases: number,
  present: Present,
): MonthlyCost {
  const fromOneInstance = present.shardCount === 1;
  return monthlyCost(scenario.cost, { databases, bytes: now.bytes, fromOneInstance });
}

/** The more a database may take at most, the less of it is in use at least. */
function utilisationOf(
  { now }: GrowthContext,
  { database, effectiveShards }: Candidate,
): Worth['utilisation'] {
  if (database === null) return null;
  const used = (takes: number): number => now.qps / (effectiveShards * takes);
  const { low, high } = database;
  return { atMost: used(low), atLeast: high === null ? 0 : used(high) };
}

function verdictOf(
  context: GrowthContext,
  candidate: Candidate,
  row: CapacityFacts,
  worth: Worth,
  bands: PlacementBands | null,
): CostFacts['verdict'] {
  const { utilisation: limit } = context.scenario.capacity;
  const reasons = (status: PlanStatus): Fact[] => reasonsOf(status, limit, candidate, row, worth);
  if (bands === null) {
    const status = planStatus(worth, limit);
    return { status, reasons: reasons(status) };
  }
  const counts = statusCounts(context, worth, bands);
  const [most] = counts.toSorted((a, b) => b.count - a.count);
  const spread = fact('verdicts-of-placements', {
    numbers: {
      placements: bands.candidates.length,
      ...numbered(
        'count',
        counts.map(({ count }) => count),
      ),
    },
    names: { verdicts: counts.map(({ status }) => status) },
  });
  if (most === undefined || most.count < agreement * bands.candidates.length) {
    const buys = fact('bill-and-capacity', worthOf(candidate, worth));
    return { status: 'depends on the placement', reasons: [spread, buys], placements: counts };
  }
  const rest = counts.length === 1 ? [] : [spread];
  return { status: most.status, reasons: [...rest, ...reasons(most.status)], placements: counts };
}

/** How many placements have which verdict, from the best on. */
function statusCounts(
  context: GrowthContext,
  worth: Worth,
  { candidates, capacityRatios }: PlacementBands,
): { status: PlanStatus; count: number }[] {
  const { utilisation: limit } = context.scenario.capacity;
  const statuses = candidates.map((each, draw) => {
    const capacityRatio = capacityRatios[draw] ?? 0;
    const own = { ...worth, capacityRatio, utilisation: utilisationOf(context, each) };
    return planStatus(own, limit);
  });
  return planStatuses.toReversed().flatMap((status) => {
    const count = statuses.filter((each) => each === status).length;
    return count === 0 ? [] : [{ status, count }];
  });
}

function reasonsOf(
  status: PlanStatus,
  limit: number,
  candidate: Candidate,
  row: CapacityFacts,
  worth: Worth,
): Fact[] {
  const worthFacts = worthOf(candidate, worth);
  const use = useOf(row);
  const full = fact('full-today', { ...use, numbers: { ...use.numbers, fullFraction: limit } });
  const buys = fact('bill-and-capacity', worthFacts);
  switch (status) {
    case 'wrong':
      return [fact('bill-without-capacity', worthFacts), causeOf(candidate)];
    case 'too small':
      return [full];
    case 'no gain':
      return [buys, causeOf(candidate)];
    case 'dear': {
      const { names, numbers } = worthFacts;
      const unit = { unitCostRatio: unitCostRatio(worth), unitCostRatioMost: dearFactor };
      const dear = fact('capacity-is-dear', { numbers: { ...numbers, ...unit }, names });
      return [dear, causeOf(candidate)];
    }
    case 'unknown':
      return [buys, full];
    case 'sound':
      return [buys, fact('use-today', use)];
  }
}

/** What it costs and buys, against the present. */
function worthOf(
  { mix }: Candidate,
  { billRatio: bill, costRatio: machines, capacityRatio }: Worth,
) {
  return {
    numbers: { billRatio: bill, costRatio: machines, capacityRatio },
    names: { capacity: writeFraction(mix) > 0 ? 'write capacity' : 'capacity' },
  };
}

/** How full the fullest database is today; without a number where no capacity is known. */
function useOf({ utilisation, bound }: CapacityFacts) {
  return {
    numbers: { usedFraction: utilisation?.max ?? null },
    names: { bound: bound ?? 'known' },
  };
}

/** What keeps so many shards from doing more: usually the key. */
export function causeOf(candidate: Candidate): Fact {
  const { strategy, demand, hottest, shardCount, effectiveShards } = candidate;
  // Scans get cheaper with more shards: they bound nothing.
  const scattered = scatteredWork(candidate, hottest).lookUps.work;
  const keyed = demand.keyed[hottest] ?? 0;
  const even = evenKeyedWork(demand, hottest);
  const names = { key: strategy?.key ?? '' };
  if (scattered > keyed - even && scattered > 1 / shardCount) {
    const numbers = { scatterFraction: scattered, shards: shardCount };
    return fact('key-scatters', { numbers, names });
  }
  if (keyed > 1.1 * even) {
    return fact('key-is-uneven', { numbers: { shard: hottest, evenRatio: keyed / even }, names });
  }
  return fact('shards-too-few-or-small', {
    numbers: { shards: shardCount, databases: effectiveShards },
  });
}
