import type { AdvisedFacts } from '../result/advice-document.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { Decision } from './advice.ts';
import type { Setting } from './candidate-figures.ts';
import { instanceReasons } from './recommendation.ts';
import { type JudgedRemedy, remedyInstance, remedyReasons } from './remedies.ts';
import { type Row, unplaced } from './rows.ts';
import { notSimulated, responsesOf } from './simulated-times.ts';

/** Rows without shards: the present instance, a larger one, replicas for reads. */
export function instanceRows(decision: Decision, isOnFront: ReadonlySet<string>): AdvisedFacts[] {
  const { setting, stay, kind, instead, judgedRemedies, simulated = notSimulated } = decision;
  const isRecommended = kind === 'stay' && instead === null;
  const reasons = isRecommended ? [] : instanceReasons(stay);
  const present: AdvisedFacts = {
    ...instanceRow(setting, isRecommended ? 'recommended' : 'lost', reasons),
    ...responsesOf(simulated.instance),
    onFront: true,
  };
  const others: AdvisedFacts[] = [];
  for (const each of judgedRemedies) {
    const onFront = isOnFront.has(each.remedy.kind);
    others.push({ ...remedyRow(each, decision), ...responsesOf(null), onFront });
  }
  return [present, ...others];
}

function remedyRow(each: JudgedRemedy, { setting, kind, choice, instead, stay }: Decision): Row {
  const { remedy, months } = each;
  const isRecommended = each === instead;
  const notYet = kind === 'stay' && instead === null;
  const lost = notYet
    ? [notNeeded(stay.first?.months.fast ?? null, setting)]
    : remedyReasons(each, setting, instead, choice.best);
  const capacity = setting.capacity?.instance ?? null;
  return {
    ...instanceRow(setting, isRecommended ? 'recommended' : 'lost', isRecommended ? [] : lost),
    instance: remedyInstance(remedy),
    capacityQps: capacity === null ? null : capacity * remedy.capacityFactor,
    capacityRatio: remedy.capacityFactor,
    capacityRatioP5: remedy.capacityFactor,
    monthsToFull: setting.capacity === null ? null : months,
    monthlyCost: remedy.monthlyCost,
  };
}

/** One instance is enough for now, or nobody knows that it is not. */
export function notNeeded(months: number | null, { capacity, leadMonths }: Setting): Fact {
  if (capacity === null) return fact('advice-instance-not-measured');
  return fact('advice-not-needed-yet', { numbers: { months, leadMonths } });
}

function instanceRow(
  { capacity, instanceCost }: Setting,
  status: AdvisedFacts['status'],
  reasons: readonly Fact[],
): Row {
  return {
    ...unplaced,
    strategy: null,
    key: null,
    router: null,
    shardCount: 1,
    instance: { machineTimes: 1, readReplicas: 0 },
    status,
    reasons: [...reasons],
    capacityQps: capacity?.instance ?? null,
    capacityRatio: 1,
    capacityRatioP5: 1,
    monthlyCost: instanceCost,
    singleShardFraction: 1,
    crossShardFraction: 0,
    scatterFraction: 0,
    fanOut: 1,
    everywhereFraction: 0,
    notRunnableFraction: 0,
    lostConstraints: 0,
    band: null,
    values: null,
    largestFraction: null,
    tenantFloor: null,
    usefulShards: null,
    blastRadius: { keysFraction: 1, loadFraction: 1 },
  };
}
