import type { RecommendationFacts } from '../result/advice-document.ts';
import { type Fact, fact } from '../result/finding.ts';
import { numbered } from '../result/numbered.ts';
import type { Decision } from './advice.ts';
import { type Judged, nameOf } from './choose.ts';
import { figureReasons, saltReasons } from './figure-reasons.ts';
import { refusal } from './hard-rules.ts';
import { hotValueReasons } from './hot-value.ts';
import { archiveFirst, remedyAdvice, remedyGrounds } from './remedy-advice.ts';
import { liesApart } from './lost-reasons.ts';
import { missed, missedFacts } from './objectives.ts';
import type { Stay } from './instance.ts';
import type { Setting } from './candidate-figures.ts';

/** What to do, in one sentence, and what speaks for it. */
export function recommendationOf(decision: Decision): RecommendationFacts {
  const { kind, choice, stay, setting, simulated } = decision;
  const { best } = choice;
  const chosen = best && {
    strategy: best.candidate.strategy,
    shardCount: best.candidate.shardCount,
  };
  return {
    kind,
    strategy: kind === 'shard' ? (chosen?.strategy ?? null) : null,
    shardCount: kind === 'shard' ? (chosen?.shardCount ?? 1) : 1,
    // What it would be, were one instance not enough.
    otherwise: kind === 'stay' ? chosen : null,
    instead: decision.instead?.remedy.kind ?? null,
    advice: adviceOf(decision),
    reasons: [
      ...(stay.isEnough === false ? instanceReasons(stay) : instanceMisses(setting)),
      ...remedyGrounds(decision),
      ...(decision.before ?? []),
      ...(kind === 'shard' ? archiveFirst(stay, setting) : []),
      ...(kind === 'shard' && best !== null ? reasonsFor(best, setting) : []),
      ...(kind === 'shard' && best !== null ? missedFacts(best.missed) : []),
      ...(best === null ? whyNothing(decision) : hotValueReasons(best.candidate)),
      ...(kind === 'shard' && best !== null
        ? [
            ...figureReasons(best.candidate, simulated?.candidates.get(nameOf(best.candidate))),
            ...saltReasons(best, decision.judged),
          ]
        : []),
    ],
  };
}

function adviceOf(decision: Decision): Fact {
  const { kind, choice, stay, setting, instead } = decision;
  const { best, alike } = choice;
  if (instead !== null) return remedyAdvice(instead, setting);
  const strategy = best?.candidate.strategy;
  const shards = best?.candidate.shardCount;
  if (kind === 'nothing-helps') {
    return fact('advice-nothing-helps', { severity: 'warning', numbers: fullNumbers(stay) });
  }
  if (kind === 'stay') return stayAdvice(stay, setting, strategy, shards);
  const lacking = best?.tier === 2 ? best.missed : [];
  const numbers = {
    shards,
    months: best?.outlook.months?.trend,
    neededMonths: setting.objectives.months,
    ...numbered(
      'asked',
      lacking.map(({ asked }) => asked),
    ),
    ...numbered(
      'has',
      lacking.map(({ has }) => has),
    ),
    leadMonths: setting.leadMonths,
  };
  const names = { strategy, alike: alikeNames(best, alike) };
  if (lacking.length > 0) {
    const objectives = lacking.map(({ objective }) => objective);
    return fact('advice-shard-misses', { numbers, names: { ...names, missed: objectives } });
  }
  const code = best?.tier === 1 ? 'advice-shard-falls-short' : 'advice-shard';
  return fact(code, { numbers, names });
}

/** Strategies on as many shards; on other numbers they are another answer. */
function alikeNames(best: Judged | null, alike: readonly Judged[]): string[] {
  return alike
    .filter(({ candidate }) => candidate.shardCount === best?.candidate.shardCount)
    .map(({ candidate }) => candidate.strategy);
}

function stayAdvice(
  { first }: Stay,
  { leadMonths, capacity, horizonMonths }: Setting,
  strategy: string | undefined,
  shards: number | undefined,
): Fact {
  const names = { strategy };
  if (capacity === null) return fact('advice-stay-until-measured', { numbers: { shards }, names });
  if (first === null) return fact('advice-stay', { numbers: { horizonMonths } });
  const { fast, trend } = first.months;
  const actMonths = Math.max(0, Math.floor((fast ?? horizonMonths) - leadMonths));
  const numbers = { months: trend, fastMonths: fast, actMonths, leadMonths, shards };
  return fact('advice-not-yet', { numbers, names: { ...names, limit: first.limit } });
}

const fullNumbers = ({ first }: Stay) => ({
  now: first?.now,
  allowed: first?.allowed,
  usedFraction: first === null ? null : first.now / first.allowed,
  months: first?.months.trend,
  fastMonths: first?.months.fast,
});

/** Why one instance is, or is not, the answer. */
export function instanceReasons(stay: Stay): Fact[] {
  const { first } = stay;
  if (first === null) return [];
  const names = { limit: first.limit, unit: first.unit };
  return [fact('advice-instance-full', { numbers: fullNumbers(stay), names })];
}

/** Staying is about the time until shards can be there; what is asked may be more. */
function instanceMisses(setting: Setting): Fact[] {
  const { capacity, utilisation, objectives } = setting;
  if (capacity === null || objectives.capacity === null) return [];
  const carried = utilisation * capacity.instance;
  const found = missed(setting, { months: { fast: null, trend: null }, carried, p99Ms: null });
  return found.map(({ asked, has }) =>
    fact('advice-instance-misses-capacity', { numbers: { asked, has } }),
  );
}

function reasonsFor(best: Judged, setting: Setting): Fact[] {
  const { candidate, outlook } = best;
  const { asked, work, shardCount, key } = candidate;
  const facts = [
    fact('advice-answered-by-one-shard', {
      numbers: {
        singleShardFraction: asked.singleShardFraction,
        crossShardFraction: asked.crossShardFraction,
        scatterFraction: asked.scatterFraction,
      },
    }),
    fact('advice-does-the-work-of', {
      numbers: {
        shards: shardCount,
        effectiveP5: outlook.effective.p5,
        effectiveP50: outlook.effective.p50,
        capacityQps: outlook.capacityQps?.p50,
        everywhereFraction: work.everywhere,
        maxOverMeanP50: outlook.maxOverMean.p50,
        maxOverMeanP95: outlook.maxOverMean.p95,
      },
    }),
    fact('advice-costs', {
      numbers: {
        monthlyCost: candidate.monthlyCost,
        instanceCost: setting.instanceCost,
        costRatio: candidate.costRatio,
        capacityRatio: outlook.capacityRatio.p50,
      },
      names: { currency: setting.currency },
    }),
  ];
  if (candidate.overlay !== undefined) {
    facts.push(fact('advice-keeps-a-list', { numbers: { keys: candidate.overlay.keys } }));
  }
  if (key.reference.length > 0) {
    facts.push(fact('advice-reference-tables', { names: { tables: key.reference } }));
  }
  if (key.lost.length > 0) {
    const numbers = { constraints: key.lost.length };
    facts.push(fact('advice-gives-up-constraints', { numbers, names: { lost: lostNames(best) } }));
  }
  if (key.apart.fraction > 0) facts.push(liesApart(key.apart));
  return facts;
}

const lostNames = ({ candidate }: Judged): string[] =>
  candidate.key.lost.map(({ table, columns, references }) => {
    const of = `${table}(${columns.join(', ')})`;
    return references === undefined ? of : `${of} -> ${references}`;
  });

/** Which rules exclude how many candidates, and what the largest of them would do. */
function whyNothing({ judged, refused }: Decision): Fact[] {
  const broken = [...judged.map((each) => each.broken), ...refused.map(refusal)];
  const codes = broken.flatMap((facts) => facts.map(({ code }) => code));
  const counted = [...Map.groupBy(codes, (code) => code)]
    .map(([code, all]) => ({ code, count: all.length }))
    .toSorted((a, b) => b.count - a.count);
  const counts = numbered(
    'count',
    counted.map(({ count }) => count),
  );
  const rules = counted.map(({ code }) => code);
  const numbers = { candidates: broken.length, ...counts };
  return [fact('advice-all-excluded', { numbers, names: { rules } }), ...nearestOf(judged)];
}

function nearestOf(judged: Decision['judged']): Fact[] {
  const [nearest] = judged.toSorted(
    (a, b) => b.outlook.capacityRatio.p50 - a.outlook.capacityRatio.p50,
  );
  if (nearest === undefined) return [];
  const { candidate, outlook } = nearest;
  const numbers = {
    shards: candidate.shardCount,
    capacityRatio: outlook.capacityRatio.p50,
    scatterFraction: candidate.asked.scatterFraction,
    everywhereFraction: candidate.work.everywhere,
  };
  return [fact('advice-nearest', { numbers, names: { strategy: candidate.strategy } })];
}
