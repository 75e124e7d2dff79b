import { describe, expect, test } from 'vitest';
import { worded } from '../wording/worded.ts';
import { type StrategyFacts, findings } from './findings.ts';

const plain: StrategyFacts = {
  strategy: 'tenant_id/jump',
  place: '/cells/1',
  shardKey: 'tenant_id',
  keyedByTenant: true,
  shardCount: 4,
  topKeyShare: 0.01,
  tenantFloor: 1,
  writes: [25, 25, 25, 25],
  band: null,
  scatterFraction: 0,
  crossShardWrites: 0,
  crossShard: null,
  shardQueriesPerOperation: 1,
  tenantClasses: [],
  overlay: null,
};

const inWords = (cells: readonly StrategyFacts[]): string[] =>
  findings(cells).map((found) => worded(found).text);

describe('findings', () => {
  test('none where nothing stands out', () => {
    expect(inWords([plain, { ...plain, strategy: 'tenant_id/mod' }])).toEqual([]);
  });

  test('a hot tenant: no tenant-keyed router can help, why, and what would', () => {
    const hot = { ...plain, topKeyShare: 0.3, tenantFloor: 1.2 };
    const result = inWords([hot, { ...hot, strategy: 'tenant_id/directory' }]);
    expect(result).toEqual([
      'The largest tenant has 30 % of the writes, so no tenant-keyed router can put less than ' +
        'that on one shard: at 4 shards max/mean is at least 1.20, and no more than 3.33 shards ' +
        'are useful (1/p1). Another router will not help. What helps is a finer shard key, or to ' +
        'split that tenant over 2 shards or more (`split` of a strategy).',
    ]);
  });

  test('few large tenants: two of them share a shard', () => {
    const [finding] = inWords([{ ...plain, topKeyShare: 0.2, tenantFloor: 1.6 }]);
    expect(finding).toContain('Of the 5 largest (by tenant) two must share one of 4 shards');
    expect(finding).toContain('at least 1.60');
  });

  test('overlapping bands are no difference, separate ones are not mentioned', () => {
    const jump = { ...plain, band: { p5: 1.1, p50: 1.28, p95: 1.58, salts: 1000 } };
    const ring = { ...jump, strategy: 'tenant_id/ring', band: { ...jump.band, p95: 1.7 } };
    expect(inWords([jump, ring])[0]).toBe(
      'tenant_id/jump and tenant_id/ring: no difference in balance. Where a hash puts ' +
        'the keys is chance: over other salts of the hash their max/mean lies between 1.10 ' +
        'and 1.70 (p5 to p95) at 4 shards, and their bands overlap.',
    );
    const worse = { ...ring, band: { p5: 1.9, p50: 2, p95: 2.1, salts: 1000 } };
    expect(inWords([jump, worse])).toEqual([]);
    expect(inWords([jump, { ...ring, shardKey: 'order_id' }])).toEqual([]);
  });

  test('all new writes on the last shard, and nothing of it for one shard or no writes', () => {
    const monotonic = { ...plain, strategy: 'order_id/range', writes: [0, 0, 1, 99] };
    expect(inWords([monotonic])[0]).toContain('order_id/range sent 99 % of the writes to shard 3');
    expect(inWords([{ ...monotonic, shardCount: 1, writes: [100] }])).toEqual([]);
    expect(inWords([{ ...monotonic, writes: [0, 0, 0, 0] }])).toEqual([]);
  });

  test('scatter-gather and writes that are not atomic', () => {
    const byOrder = { ...plain, strategy: 'order_id/jump', scatterFraction: 0.4 };
    const [scatter, cross] = inWords([{ ...byOrder, crossShardWrites: 12 }]);
    expect(scatter).toContain('With order_id/jump 40 % of the operations do not fix the shard key');
    expect(cross).toContain('12 writes touched more than one shard');
  });

  test('with several tables the share of the transactions across shards, and their shards', () => {
    const crossShard = { fraction: 0.0807, shardsTouched: 2.1 };
    const [said, ...others] = inWords([{ ...plain, crossShardWrites: 12, crossShard }]);
    expect(said).toContain(
      '8.1 % of the operations are transactions that write (or lock rows) on two shards or ' +
        'more, on 2.10 on average.',
    );
    expect(others).toEqual([]);
    const none = { fraction: 0, shardsTouched: null };
    expect(inWords([{ ...plain, crossShard: none }])).toEqual([]);
  });
});
