import type { MovedFraction, RouterComparison } from '../result/router-comparison.ts';

const always = (fraction: number): MovedFraction => ({
  min: fraction,
  median: fraction,
  max: fraction,
});

/** What `route --compare` would say of two routers, made up: for tests of what reads it. */
export function sampleComparison(): RouterComparison {
  return {
    schema: 'shardlab/router-comparison/v1',
    scenario: 'quickstart',
    seed: 42,
    arrivalsDigest: 'ab',
    shardCount: 4,
    nextShardCount: 5,
    weights: [1, 1, 1, 1],
    drift: { sigma: 0.5, from: 'default', tenants: null },
    shardKeys: [
      {
        shardKey: 'tenant_id',
        keyType: 'text',
        loadedKeys: 2248,
        loadKeys: 937,
        load: 'writes',
        scatterFraction: 0.152,
        idealMaxOverMean: 1.07,
        tenantFloor: 1,
        optimalFraction: 0.2,
        routers: ['jump', 'a-router-of-my-own-with-a-long-name:150'].map((router) => ({
          router,
          hash: 'xxh64',
          strategy: null,
          placement: {
            maxOverMean: 1.2,
            band: { p5: 1.1, p50: 1.264, p95: 1.549, draws: 1000, over: 'salts' as const },
            rank: { from: 1, to: 2 },
            noDifferenceFrom: ['jump'],
            afterDrift: {
              p5: 1.12,
              p50: 1.31,
              p95: 1.72,
              draws: 1000,
              rank: { from: 1, to: 2 },
              noDifferenceFrom: ['jump'],
            },
          },
          movement: {
            keysMovedFraction: always(0.2),
            rowsMovedFraction: always(0.187),
            bytesMovedFraction: always(0.187),
            loadMovedFraction: always(0.0004),
            monotone: true,
            draws: 100,
            keys: 2248,
          },
          cost: { lookupNs: 113.4, memoryBytes: 262_345 },
          traits: {
            lookup: 'O(log n)',
            memory: 'O(1)',
            monotone: true,
            weighted: false,
            ordered: true,
            removesAny: false,
          },
          reproduces: null,
          notes: [],
        })),
        refused: [],
      },
    ],
  };
}
