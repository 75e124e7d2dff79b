import type {
  ComparedRouter,
  ComparedShardKey,
  MovedFraction,
  RouterComparison,
} from '../result/router-comparison.ts';

/** What `route --compare` would say, made up: for tests of what reads it. */
export const sampleComparison = (...shardKeys: ComparedShardKey[]): RouterComparison => ({
  schema: 'shardlab/router-comparison/v2',
  scenario: 'quickstart',
  seed: 42,
  arrivalsDigest: 'ab',
  shardCount: 4,
  nextShardCount: 5,
  weights: [1, 1, 1, 1],
  drift: { sigma: 0.5, from: 'default', tenants: null },
  shardKeys,
});

export const comparedKey = (changes: Partial<ComparedShardKey> = {}): ComparedShardKey => ({
  shardKey: 'tenant_id',
  keyType: 'text',
  loadedKeys: 2248,
  loadKeys: 937,
  load: 'writes',
  scatterFraction: 0.152,
  idealMaxOverMean: 1.07,
  tenantFloor: 1,
  optimalFraction: 0.2,
  routers: [comparedRouter('jump')],
  refused: [],
  ...changes,
});

export function comparedRouter(
  name: string,
  changes: Partial<ComparedRouter> = {},
): ComparedRouter {
  return {
    router: name,
    hash: 'xxh64',
    strategy: null,
    placement: {
      maxOverMean: 1.2,
      band: { p5: 1.1, p50: 1.264, p95: 1.549, draws: 1000, over: 'salts' },
      rank: { from: 1, to: 2 },
      noDifferenceFrom: [],
      afterDrift: {
        p5: 1.12,
        p50: 1.31,
        p95: 1.72,
        draws: 1000,
        rank: { from: 1, to: 3 },
        noDifferenceFrom: [],
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
    ...changes,
  };
}

const always = (fraction: number): MovedFraction => ({
  min: fraction,
  median: fraction,
  max: fraction,
});
