import type { GrowthDocument } from '../result/growth-document.ts';
import { hostileTexts } from './hostile-result.ts';
import { sampleGrowth } from './sample-growth.ts';

/** The sample with hostile texts wherever a text of the user's may stand. */
export function hostileGrowth(): GrowthDocument {
  const document = sampleGrowth();
  const text = (index: number) => hostileTexts[index % hostileTexts.length] ?? '';
  const strategies = [...new Set(document.growth.map(({ strategy }) => strategy))];
  const named = (strategy: string): string => text(strategies.indexOf(strategy));
  const namedOrNone = (strategy: string | null): string | null =>
    strategy === null ? null : named(strategy);
  return {
    ...document,
    name: text(0),
    description: text(1),
    command: text(2),
    scenario: { name: text(0), [text(1)]: text(2) },
    growth: document.growth.map((row) => ({
      ...row,
      strategy: named(row.strategy),
      router: text(2),
    })),
    capacity: document.capacity.map((row) => ({
      ...row,
      strategy: namedOrNone(row.strategy),
      basis: text(2),
      why: text(1),
    })),
    cost: document.cost.map((row) => ({
      ...row,
      strategy: namedOrNone(row.strategy),
      currency: '<b>',
      verdict: { ...row.verdict, reasons: [text(2)] },
    })),
    plans: document.plans.map((plan) => ({
      ...plan,
      strategy: named(plan.strategy),
      warnings: [text(1), text(2)],
    })),
    largestTenants: document.largestTenants.map((tenant) => ({
      ...tenant,
      strategy: named(tenant.strategy),
      tenant: text(4),
      text: text(1),
      remedies: tenant.remedies.map((remedy) => ({ ...remedy, tenant: text(4), how: text(2) })),
    })),
    recommendation: {
      ...document.recommendation,
      strategy: namedOrNone(document.recommendation.strategy),
      text: text(0),
      act: text(2),
      reasons: [...hostileTexts],
    },
    assumptions: document.assumptions.map(({ path, isDefault }) => ({
      path,
      isDefault,
      value: text(3),
      meaning: text(1),
    })),
    findings: [...hostileTexts],
  };
}
