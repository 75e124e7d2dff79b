import type { AdvisedFacts } from '../result/advice-document.ts';
import { type Fact, fact } from '../result/finding.ts';
import type { MeasuredRemedy, Setting } from './candidate-figures.ts';
import { type Ceilings, ceilingsOf } from './ceilings.ts';
import type { Judged } from './choose.ts';
import { instanceOf, isFullInTime } from './instance.ts';
import { type Missed, missed, missedFacts } from './objectives.ts';
import { type MonthsAhead, monthsOrEver, sooner } from './outlook.ts';

/** A larger instance or read replicas, against the ceilings that they do not lift too. */
export interface JudgedRemedy {
  readonly remedy: MeasuredRemedy;
  readonly ceilings: Ceilings;
  readonly months: MonthsAhead;
  readonly missed: readonly Missed[];
  /** Lasts until it is in use and meets what is asked. */
  readonly isEnough: boolean;
}

export function judgeRemedies(
  remedies: readonly MeasuredRemedy[],
  setting: Setting,
): JudgedRemedy[] {
  return remedies.map((remedy) => {
    const { capacityFactor, kind } = remedy;
    const own = instanceOf(setting);
    const times = kind === 'larger-instance' ? remedy.count : 1;
    const ceilings = ceilingsOf(setting, {
      ...own,
      capacityQps: own.capacityQps === null ? null : own.capacityQps * capacityFactor,
      machine: times,
      diskBytes: own.diskBytes * times,
    });
    const months = monthsOf(ceilings);
    const carried = setting.utilisation * capacityFactor * (own.capacityQps ?? 0);
    const lacks =
      setting.capacity === null ? [] : missed(setting, { months, carried, p99Ms: null });
    const isEnough =
      setting.capacity !== null && lacks.length === 0 && !isFullInTime(ceilings, setting);
    return { remedy, ceilings, months, missed: lacks, isEnough };
  });
}

/** Until the first limit is hit, by the trend and where growth is fast. */
export function monthsOf({ limits }: Ceilings): MonthsAhead {
  return limits.reduce<MonthsAhead>(
    (all, { months }) => ({
      fast: sooner(all.fast, months.fast),
      trend: sooner(all.trend, months.trend),
    }),
    { fast: null, trend: null },
  );
}

/**
 * The cheapest that is enough, where it costs less than the shards that would be enough too. Where
 * no shards help, replicas alone are no answer: only the application knows which of its queries may
 * read what is somewhat older.
 */
export function remedyInstead(
  judged: readonly JudgedRemedy[],
  best: Judged | null,
): JudgedRemedy | null {
  const most = best !== null && best.tier === 3 ? best.candidate.monthlyCost : Infinity;
  const enough = judged.filter(
    ({ isEnough, remedy }) =>
      isEnough && remedy.monthlyCost < most && (best !== null || remedy.kind === 'larger-instance'),
  );
  const [first] = enough.toSorted((a, b) => a.remedy.monthlyCost - b.remedy.monthlyCost);
  return first ?? null;
}

/** Why it is not the answer. */
export function remedyReasons(
  { remedy, ceilings, missed: lacks, months, isEnough }: JudgedRemedy,
  setting: Setting,
  instead: JudgedRemedy | null,
  best: Judged | null,
): Fact[] {
  if (setting.capacity === null) return [fact('advice-instance-not-measured')];
  const full = isFullInTime(ceilings, setting) && ceilings.first !== null;
  if (full || lacks.some(({ objective }) => objective === 'months')) {
    const limit = [...ceilings.limits].toSorted(
      (a, b) => monthsOrEver(a.months.trend) - monthsOrEver(b.months.trend),
    )[0]?.limit;
    const numbers = { months: months.trend, neededMonths: setting.objectives.months };
    const rest = lacks.filter(({ objective }) => objective !== 'months');
    return [fact('advice-remedy-full', { numbers, names: { limit } }), ...missedFacts(rest)];
  }
  if (lacks.length > 0) return missedFacts(lacks);
  if (isEnough && best === null && instead === null) return [fact('advice-remedy-reads-older')];
  const cheaper = instead?.remedy ?? best?.candidate;
  const numbers = {
    monthlyCost: remedy.monthlyCost,
    bestMonthlyCost: cheaper?.monthlyCost,
    count: instead?.remedy.count,
    shards: best?.candidate.shardCount,
  };
  const names = {
    kind: instead?.remedy.kind,
    strategy: best?.candidate.strategy,
    currency: setting.currency,
  };
  return [fact('advice-remedy-dearer', { numbers, names })];
}

/** What the candidates' table says of it. */
export const remedyInstance = ({ kind, count }: MeasuredRemedy): AdvisedFacts['instance'] => ({
  machineTimes: kind === 'larger-instance' ? count : 1,
  readReplicas: kind === 'read-replicas' ? count : 0,
});
