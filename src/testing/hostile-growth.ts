import { textOnly } from '../result/finding.ts';
import type { GrowthDocument } from '../result/growth-document.ts';
import { hostileTexts } from './hostile-result.ts';
import { sampleGrowth } from './sample-growth.ts';

/** The sample with hostile texts wherever a text of the user's may stand. */
export function hostileGrowth(): GrowthDocument {
  const document = sampleGrowth();
  const text = (index: number) => hostileTexts[index % hostileTexts.length] ?? '';
  const said = (index: number) => textOnly(text(index));
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
      basis: said(2),
      why: said(1),
    })),
    cost: document.cost.map((row) => ({
      ...row,
      strategy: namedOrNone(row.strategy),
      currency: '<b>',
      verdict: { ...row.verdict, reasons: [said(2)] },
    })),
    plans: document.plans.map((plan) => ({
      ...plan,
      strategy: named(plan.strategy),
      warnings: [said(1), said(2)],
    })),
    largestTenants: document.largestTenants.map((tenant) => ({
      ...tenant,
      strategy: named(tenant.strategy),
      tenant: text(4),
      limit: said(1),
      remedies: tenant.remedies.map((remedy) => ({ ...remedy, tenant: text(4), how: said(2) })),
    })),
    recommendation: {
      ...document.recommendation,
      strategy: namedOrNone(document.recommendation.strategy),
      advice: said(0),
      act: said(2),
      reasons: hostileTexts.map(textOnly),
    },
    assumptions: document.assumptions.map(({ path, isDefault }) => ({
      path,
      isDefault,
      value: text(3),
      meaning: text(1),
    })),
    findings: hostileTexts.map(textOnly),
  };
}
