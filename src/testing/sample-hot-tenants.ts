import { fact } from '../result/finding.ts';
import type { HotOptionFacts, HotTenantFacts } from '../result/advice-hot.ts';

const listed: HotOptionFacts = {
  remedy: 'list',
  possible: true,
  reasons: [],
  listedKeys: 1,
  capacityQps: { p5: 2100, p50: 2210 },
  capacityRatio: 2.21,
  maxOverMean: { p50: 1.2, p95: 1.4 },
  monthlyCost: 10_600,
  fanOut: 1.1,
  singleShardFraction: 0.98,
  blastRadius: { keysFraction: 0.25, loadFraction: 0.3 },
  noisyReach: { keysFraction: 0.24, loadFraction: 0.23 },
};

/** The heaviest tenant of the sample of advice; its figures are made up. */
export const sampleHotTenants: readonly HotTenantFacts[] = [
  {
    value: 'acme',
    of: 'tenant',
    over: 'tenant/jump',
    share: 0.07,
    shardCount: 8,
    moveAbove: 0.0625,
    splitAbove: 0.13125,
    advised: 'list',
    options: [
      listed,
      {
        ...listed,
        remedy: 'split',
        possible: false,
        reasons: [fact('advice-router-refuses', { names: { problems: ['it has no split'] } })],
        listedKeys: null,
        capacityQps: null,
        capacityRatio: null,
        maxOverMean: null,
        fanOut: null,
        singleShardFraction: null,
        blastRadius: null,
        noisyReach: null,
      },
    ],
    finding: fact('advice-hot-tenant', {
      numbers: {
        largestFraction: 0.07,
        equalParts: 0.56,
        shards: 8,
        moveAbove: 0.0625,
        splitAbove: 0.13125,
        listMaxOverMean: 1.4,
      },
      names: {
        of: 'tenant',
        over: 'tenant/jump',
        value: 'acme',
        advised: 'list',
        remedies: ['list'],
        excluded: ['split'],
      },
    }),
  },
];
