import type { CapacityRow, CostRow } from '../result/growth-document.ts';
import type { Candidate } from './candidate.ts';
import { evenKeyedWork, scatteredWork, writeFraction } from './demand.ts';
import type { GrowthContext } from './growth-case.ts';
import { billRatio, costRatio, type MonthlyCost, monthlyCost } from './monthly-cost.ts';
import { counted, percent, short } from './number-text.ts';

/** What there is today, under the candidate's own strategy. */
export type Present = Pick<Candidate, 'shardCount' | 'capacityQps'>;

/** A plan that costs more than this many times as much must do `capacityFactor` times the work. */
const costFactor = 3;
const capacityFactor = 2;
/** A shard more that buys less than this buys nothing. */
const leastGain = 1.05;
/** Ratios are products of a few rounded factors. */
const rounding = 1e-9;

/** What a candidate costs, against the present, and whether it is worth that. */
export function costRow(
  context: GrowthContext,
  candidate: Candidate,
  row: CapacityRow,
  present: Present,
  isPresent: boolean,
): CostRow {
  const { cost } = context.scenario;
  const bill = billOf(context, candidate.shardCount, present);
  const before = billOf(context, present.shardCount, present);
  const ratio = costRatio(bill, before);
  const whole = billRatio(bill, before).mid;
  const capacityRatio = candidate.capacityQps / present.capacityQps;
  const worth = { costRatio: ratio.mid, billRatio: whole, capacityRatio };
  return {
    strategy: row.strategy,
    shardCount: row.shardCount,
    currency: cost.currency,
    monthlyCost: bill,
    costRatio: ratio.mid,
    costRatioRange: { low: ratio.low, high: ratio.high },
    billRatio: whole,
    capacityRatio,
    verdict: isPresent
      ? { status: 'present', reasons: [loadOf(row)] }
      : verdictOf(context, candidate, row, present, worth),
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

type Worth = Pick<CostRow, 'costRatio' | 'billRatio' | 'capacityRatio'>;

function verdictOf(
  { scenario }: GrowthContext,
  candidate: Candidate,
  row: CapacityRow,
  present: Present,
  worth: Worth,
): CostRow['verdict'] {
  const kind = writeFraction(candidate.mix) > 0 ? 'write capacity' : 'capacity';
  const buys =
    `the bill is ${short(worth.billRatio)} times the present one (infrastructure ` +
    `${short(worth.costRatio)} times) and ${kind} ${short(worth.capacityRatio)} times`;
  const { utilisation } = scenario.capacity;
  const load = loadOf(row);
  if (isWrong(worth)) {
    const rule = 'a plan that more than triples the bill must double what can be written';
    return { status: 'wrong', reasons: [`${buys}: ${rule}`, causeOf(candidate)] };
  }
  if (row.utilisation.max >= utilisation) {
    return { status: 'too small', reasons: [`${load}, full is ${percent(utilisation)}`] };
  }
  const isLarger = row.shardCount > present.shardCount;
  if (isLarger && worth.capacityRatio < leastGain) {
    return { status: 'no gain', reasons: [buys, causeOf(candidate)] };
  }
  return { status: 'sound', reasons: [buys, load] };
}

function loadOf({ utilisation }: CapacityRow): string {
  return `the fullest database runs at ${percent(utilisation.max)} of its capacity today`;
}

/** Whether a plan more than triples the bill, or the infrastructure, without doubling capacity. */
export function isWrong({ costRatio: machines, billRatio: bill, capacityRatio }: Worth): boolean {
  return (
    Math.max(machines, bill) > costFactor * (1 + rounding) &&
    capacityRatio < capacityFactor * (1 - rounding)
  );
}

/** What keeps so many shards from doing more: usually the key. */
export function causeOf(candidate: Candidate): string {
  const { strategy, demand, hottest, shardCount, databaseQps, capacityQps } = candidate;
  // Scans get cheaper with more shards: they bound nothing.
  const scattered = scatteredWork(candidate, hottest).lookUps.work;
  const keyed = demand.keyed[hottest] ?? 0;
  const even = evenKeyedWork(demand, hottest);
  const key = strategy?.key ?? '';
  if (scattered > keyed - even && scattered > 1 / shardCount) {
    return (
      `the key: ${percent(scattered)} of the work does not name ${key} and falls on every one of ` +
      `${counted(shardCount, 'shard')}, so that no number of shards does more than ` +
      `${short(1 / scattered)} times the work of one`
    );
  }
  if (keyed > 1.1 * even) {
    return (
      `the key: by ${key} shard ${hottest} gets ${short(keyed / even)} times its share of the ` +
      'work, so that the other shards stand idle when it is full'
    );
  }
  return (
    `${counted(shardCount, 'shard')} of ${short(databaseQps)} operations a second each do ` +
    `${short(capacityQps)}: they are too few, or too small, for what they cost`
  );
}
