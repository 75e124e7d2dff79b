import type { Fact, Finding } from '../../result/finding.ts';
import type {
  GrowthDocument,
  GrowthFacts,
  PlanFacts,
  TenantFacts,
} from '../../result/growth-document.ts';
import { assumptionMeaning } from '../../wording/assumption-meanings.ts';
import { worded } from '../../wording/worded.ts';

type WordedParts = Pick<GrowthDocument, keyof GrowthFacts>;

/**
 * The parts of the document with the sentences of their findings, and with the places of these:
 * what made a part knows places within it, the document where the part is.
 */
export function wordedGrowth(facts: GrowthFacts): WordedParts {
  const { now, recommendation, oneInstance } = facts;
  return {
    now,
    assumptions: facts.assumptions.map((assumption) => {
      return { ...assumption, meaning: assumptionMeaning(assumption.path) };
    }),
    capacity: facts.capacity.map((row, index) => {
      const say = sayAt(`/capacity/${index}`);
      const { basis, why, firstToFill } = row;
      return {
        ...row,
        basis: say(basis),
        why: say(why),
        firstToFill: firstToFill && { ...firstToFill, why: say(firstToFill.why) },
      };
    }),
    cost: facts.cost.map(({ verdict, ...row }, index) => {
      const reasons = verdict.reasons.map(sayAt(`/cost/${index}`));
      return { ...row, verdict: { ...verdict, reasons } };
    }),
    plans: facts.plans.map(wordedPlan),
    largestTenants: facts.largestTenants.map(wordedTenant),
    oneInstance: {
      limits: oneInstance.limits.map(({ meaning, ...limit }, index) => {
        return { ...limit, meaning: sayAt(`/oneInstance/limits/${index}`)(meaning) };
      }),
      advice: oneInstance.advice.map(sayAt('/oneInstance')),
      ...(oneInstance.alternatives && {
        alternatives: oneInstance.alternatives.map((alternative, index) => {
          const what = sayAt(`/oneInstance/alternatives/${index}`)(alternative.what);
          return Object.assign({}, alternative, { what });
        }),
      }),
    },
    recommendation: {
      ...recommendation,
      advice: sayAt('/recommendation')(recommendation.advice),
      reasons: recommendation.reasons.map(sayAt('/recommendation')),
      act: sayAt('/recommendation')(recommendation.act),
    },
    findings: facts.findings.map(worded),
  };
}

function wordedPlan(plan: PlanFacts, index: number): GrowthDocument['plans'][number] {
  const say = sayAt(`/plans/${index}`);
  const withReason = <T extends { readonly reason: Fact }>(move: T) => ({
    ...move,
    reason: say(move.reason),
  });
  const { warnings, rule } = plan;
  return {
    ...plan,
    warnings: warnings.map(say),
    rule: rule && {
      ...rule,
      moves: rule.moves.map(withReason),
      ignored: rule.ignored.map(withReason),
    },
  };
}

function wordedTenant(
  tenant: TenantFacts,
  index: number,
): GrowthDocument['largestTenants'][number] {
  const place = `/largestTenants/${index}`;
  return {
    ...tenant,
    limit: sayAt(place)(tenant.limit),
    remedies: tenant.remedies.map((remedy, at) => {
      return { ...remedy, how: sayAt(`${place}/remedies/${at}`)(remedy.how) };
    }),
  };
}

const sayAt =
  (place: string) =>
  (fact: Fact): Finding =>
    worded({ ...fact, place: place + fact.place });
