import type { CapacityRow, CostRow } from '../result/growth-document.ts';
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
import { counted, percent, short } from '../wording/format.ts';

/** What there is today. */
export interface Present {
  readonly shardCount: number;
  /** What it does under the candidate's own strategy, in the work of one instance; null: unknown. */
  readonly instances: number | null;
}

/** What a candidate costs, against the present, and whether it is worth that. */
export function costRow(
  context: GrowthContext,
  candidate: Candidate,
  row: CapacityRow,
  present: Present,
  isPresent: boolean,
  bands: PlacementBands | null = null,
): CostRow {
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
      ? { status: 'present', reasons: [loadOf(row)] }
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
  row: CapacityRow,
  worth: Worth,
  bands: PlacementBands | null,
): CostRow['verdict'] {
  const { utilisation: limit } = context.scenario.capacity;
  const reasons = (status: PlanStatus): string[] => reasonsOf(status, limit, candidate, row, worth);
  if (bands === null) {
    const status = planStatus(worth, limit);
    return { status, reasons: reasons(status) };
  }
  const counts = statusCounts(context, worth, bands);
  const [most] = counts.toSorted((a, b) => b.count - a.count);
  const each = counts.map(({ status, count }) => `${status} with ${count}`).join(', ');
  const spread = `over ${bands.candidates.length} placements the plan is ${each}`;
  if (most === undefined || most.count < agreement * bands.candidates.length) {
    const buys = buysText(candidate, worth);
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
  row: CapacityRow,
  worth: Worth,
): string[] {
  const buys = buysText(candidate, worth);
  const load = loadOf(row);
  const full = `and a database counts as full at ${percent(limit)}`;
  switch (status) {
    case 'wrong': {
      const rule = 'a plan that more than triples the bill must double the write capacity';
      return [`${buys}: ${rule}`, causeOf(candidate)];
    }
    case 'too small':
      return [`${load}, ${full}`];
    case 'no gain':
      return [buys, causeOf(candidate)];
    case 'dear': {
      const rule =
        `a unit of capacity costs ${short(unitCostRatio(worth))} times what it does today, and the ` +
        `limit is ${dearFactor} times`;
      return [`${buys}: ${rule}`, causeOf(candidate)];
    }
    case 'unknown':
      return [buys, `${load}, ${full}`];
    case 'sound':
      return [buys, load];
  }
}

function buysText(
  { mix }: Candidate,
  { billRatio: bill, costRatio: machines, capacityRatio }: Worth,
) {
  const kind = writeFraction(mix) > 0 ? 'write capacity' : 'capacity';
  const costs = `the bill is ${short(bill)} times the present one (infrastructure ${short(machines)} times)`;
  return capacityRatio === null
    ? costs
    : `${costs}, and the ${kind} is ${short(capacityRatio)} times the present one`;
}

function loadOf({ utilisation, bound }: CapacityRow): string {
  if (utilisation === null) return 'how full it is can only be known with a measured capacity';
  const used = percent(utilisation.max);
  return bound === 'at least'
    ? `the fullest database uses at most ${used} of its capacity today, because only a lower ` +
        'bound of the capacity is known'
    : `the fullest database uses ${used} of its capacity today`;
}

/** What keeps so many shards from doing more: usually the key. */
export function causeOf(candidate: Candidate): string {
  const { strategy, demand, hottest, shardCount, effectiveShards } = candidate;
  // Scans get cheaper with more shards: they bound nothing.
  const scattered = scatteredWork(candidate, hottest).lookUps.work;
  const keyed = demand.keyed[hottest] ?? 0;
  const even = evenKeyedWork(demand, hottest);
  const key = strategy?.key ?? '';
  if (scattered > keyed - even && scattered > 1 / shardCount) {
    return (
      `the cause is the key: ${percent(scattered)} of the work does not fix ${key}, so each of ` +
      `${counted(shardCount, 'shard')} must do it, and any number of shards can do at most ` +
      `${short(1 / scattered)} times the work of one shard`
    );
  }
  if (keyed > 1.1 * even) {
    return (
      `the cause is the key: with ${key}, shard ${hottest} gets ${short(keyed / even)} times its ` +
      'share of the work, so the other shards still have free capacity when it is full'
    );
  }
  return (
    `${counted(shardCount, 'shard')} do the work of ${short(effectiveShards)} databases: there are ` +
    'too few shards, or the shards are too small, for this cost'
  );
}
