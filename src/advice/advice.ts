import type { AdviceFacts, AdvisedFacts } from '../result/advice-document.ts';
import { type Fact, fact } from '../result/finding.ts';
import { byRank, type Choice, choose, type Judged, judge, nameOf } from './choose.ts';
import { refusal } from './hard-rules.ts';
import { ceilingFacts, fullestShard } from './fullest-shard.ts';
import { type Stay, stayOnInstance } from './instance.ts';
import { lostReasons } from './lost-reasons.ts';
import type {
  MeasuredCandidate,
  MeasuredRemedy,
  RefusedCandidate,
  Setting,
} from './candidate-figures.ts';
import { remedyInstead, type JudgedRemedy, judgeRemedies } from './remedies.ts';
import { onFront } from './pareto.ts';
import { instanceRows, notNeeded } from './instance-rows.ts';
import { recommendationOf } from './recommendation.ts';
import { refusedRow, rowOf } from './rows.ts';
import { notSimulated, p99By, responsesOf, type SimulatedTails } from './simulated-times.ts';

/** Everything that is decided on. */
export interface AdviceCase {
  readonly setting: Setting;
  readonly candidates: readonly MeasuredCandidate[];
  readonly refused: readonly RefusedCandidate[];
  /** Absent: there is nothing but shards. */
  readonly remedies?: readonly MeasuredRemedy[];
  /** What else speaks for trying something before shards. */
  readonly before?: readonly Fact[];
  /** Absent: nothing was simulated. */
  readonly simulated?: SimulatedTails;
}

/** What was decided, for what else is asked of it. */
export interface Decision extends AdviceCase {
  readonly stay: Stay;
  readonly judgedRemedies: readonly JudgedRemedy[];
  /** What to have instead of shards; null: the present instance, or shards. */
  readonly instead: JudgedRemedy | null;
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
  const judgedRemedies = judgeRemedies(asked.remedies ?? [], asked.setting);
  const instead = stay.isEnough === false ? remedyInstead(judgedRemedies, choice.best) : null;
  const kind = instead === null ? kindOf(stay, choice) : 'stay';
  return { ...asked, stay, judged, choice, judgedRemedies, instead, kind };
}

function kindOf({ isEnough }: Stay, { best }: Choice): Decision['kind'] {
  if (isEnough !== false) return 'stay';
  return best === null ? 'nothing-helps' : 'shard';
}

/** The decision as documents have it, the recommended candidate and those like it first. */
export function adviceFacts(
  decision: Decision,
): Pick<AdviceFacts, 'recommendation' | 'instance' | 'fullestShard' | 'candidates'> {
  const { setting, stay, judged, choice, refused, simulated = notSimulated } = decision;
  const front = onFront(judged, setting, decision.judgedRemedies);
  const sharded: AdvisedFacts[] = [];
  for (const each of judged.toSorted(byRank)) {
    const { status, reasons } = standing(each, decision);
    const isOnFront = front.has(nameOf(each.candidate));
    const times = responsesOf(simulated.candidates.get(nameOf(each.candidate)) ?? null);
    sharded.push({ ...rowOf(each, status, reasons), ...times, onFront: isOnFront });
  }
  const instances = instanceRows(decision, front);
  return {
    recommendation: recommendationOf(decision),
    instance: ceilingFacts(stay),
    fullestShard: fullestShard(decision),
    candidates: [
      ...[...instances, ...sharded].toSorted((a, b) => order(a, choice) - order(b, choice)),
      ...refused.map((each) => refusedRow(each, refusal(each))),
    ],
  };
}

function standing(each: Judged, decision: Decision): Pick<AdvisedFacts, 'status' | 'reasons'> {
  const { kind, choice, setting } = decision;
  const { best, alike } = choice;
  if (each.broken.length > 0) return { status: 'excluded', reasons: [...each.broken] };
  if (best === null || each === best) {
    if (kind === 'shard') return { status: 'recommended', reasons: [] };
    return { status: 'lost', reasons: [notYet(decision)] };
  }
  const isAlike = alike.includes(each);
  const reasons = isAlike ? [sameAs(each, best)] : lostReasons(each, best, setting);
  if (kind === 'shard') return { status: isAlike ? 'no-difference' : 'lost', reasons };
  return { status: 'lost', reasons: [notYet(decision), ...reasons] };
}

/** Why no shards are taken now. */
function notYet({ stay, setting, instead }: Decision): Fact {
  if (instead === null) return notNeeded(stay.first?.months.fast ?? null, setting);
  const { kind, count, monthlyCost } = instead.remedy;
  return fact('advice-remedy-is-enough', { numbers: { count, monthlyCost }, names: { kind } });
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
