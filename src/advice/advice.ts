import type { AdviceFacts, AdvisedFacts } from '../result/advice-document.ts';
import { type Fact, fact } from '../result/finding.ts';
import { byRank, type Choice, choose, type Judged, judge, nameOf } from './choose.ts';
import { refusal } from './hard-rules.ts';
import { type Stay, stayOnInstance } from './instance.ts';
import { lostReasons } from './lost-reasons.ts';
import type { MeasuredCandidate, RefusedCandidate, Setting } from './candidate-figures.ts';
import { onFront } from './pareto.ts';
import { instanceReasons, recommendationOf } from './recommendation.ts';
import { instanceRow, refusedRow, rowOf } from './rows.ts';
import { notSimulated, p99By, responsesOf, type SimulatedTails } from './simulated-times.ts';

/** Everything that is decided on. */
export interface AdviceCase {
  readonly setting: Setting;
  readonly candidates: readonly MeasuredCandidate[];
  readonly refused: readonly RefusedCandidate[];
  /** Absent: nothing was simulated. */
  readonly simulated?: SimulatedTails;
}

/** What was decided, for what else is asked of it. */
export interface Decision extends AdviceCase {
  readonly stay: Stay;
  readonly judged: readonly Judged[];
  readonly choice: Choice;
  readonly kind: AdviceFacts['recommendation']['kind'];
}

/**
 * 1. What each candidate does; 2. the best of those that break no rule; 3. whether one instance is
 * enough for now. Pure: the order of the candidates makes no difference.
 */
export function decide(asked: AdviceCase): Decision {
  const stay = stayOnInstance(asked.setting);
  const judged = judge(asked.candidates, asked.setting, p99By(asked.simulated ?? notSimulated));
  const choice = choose(judged);
  return { ...asked, stay, judged, choice, kind: kindOf(stay, choice) };
}

function kindOf({ isEnough }: Stay, { best }: Choice): Decision['kind'] {
  if (isEnough !== false) return 'stay';
  return best === null ? 'nothing-helps' : 'shard';
}

/** The decision as documents have it, the recommended candidate and those like it first. */
export function adviceFacts(
  decision: Decision,
): Pick<AdviceFacts, 'recommendation' | 'instance' | 'candidates'> {
  const { setting, stay, judged, choice, kind, refused, simulated = notSimulated } = decision;
  const front = onFront(judged, setting);
  const sharded: AdvisedFacts[] = [];
  for (const each of judged.toSorted(byRank)) {
    const { status, reasons } = standing(each, decision);
    const isOnFront = front.has(nameOf(each.candidate));
    const times = responsesOf(simulated.candidates.get(nameOf(each.candidate)) ?? null);
    sharded.push({ ...rowOf(each, status, reasons), ...times, onFront: isOnFront });
  }
  const instance: AdvisedFacts = {
    ...instanceRow(setting, kind === 'stay' ? 'recommended' : 'lost', instanceReasons(stay, kind)),
    ...responsesOf(simulated.instance),
    onFront: true,
  };
  return {
    recommendation: recommendationOf(decision),
    instance: { limits: structuredClone([...stay.limits]) },
    candidates: [
      ...[instance, ...sharded].toSorted((a, b) => order(a, choice) - order(b, choice)),
      ...refused.map((each) => refusedRow(each, refusal(each))),
    ],
  };
}

function standing(
  each: Judged,
  { kind, choice, setting, stay }: Decision,
): Pick<AdvisedFacts, 'status' | 'reasons'> {
  const { best, alike } = choice;
  if (each.broken.length > 0) return { status: 'excluded', reasons: [...each.broken] };
  if (best === null || each === best) {
    if (kind === 'shard') return { status: 'recommended', reasons: [] };
    return { status: 'lost', reasons: [notYet(stay, setting)] };
  }
  const isAlike = alike.includes(each);
  const reasons = isAlike ? [sameAs(each, best)] : lostReasons(each, best, setting);
  if (kind === 'shard') return { status: isAlike ? 'no-difference' : 'lost', reasons };
  return { status: 'lost', reasons: [notYet(stay, setting), ...reasons] };
}

/** One instance is enough for now, or nobody knows that it is not. */
function notYet({ first }: Stay, { leadMonths, capacity }: Setting): Fact {
  if (capacity === null) return fact('advice-instance-not-measured');
  const numbers = { months: first?.months.fast, leadMonths };
  return fact('advice-not-needed-yet', { numbers });
}

function sameAs({ value }: Judged, { value: best, candidate }: Judged): Fact {
  const numbers = {
    valueP5: value.p5,
    valueP95: value.p95,
    bestValueP5: best.p5,
    bestValueP95: best.p95,
  };
  const { strategy, shardCount } = candidate;
  const names = { best: strategy, bestShards: String(shardCount) };
  return fact('advice-cannot-be-told-apart', { numbers, names });
}

const statuses = ['recommended', 'no-difference', 'lost', 'excluded'];

/** Within a status the best sharded one comes first; the rest stay in their order. */
function order({ status, strategy, shardCount }: AdvisedFacts, { best }: Choice): number {
  const candidate = best?.candidate;
  const isBest = candidate?.strategy === strategy && candidate.shardCount === shardCount;
  return 2 * statuses.indexOf(status) + (isBest ? 0 : 1);
}
