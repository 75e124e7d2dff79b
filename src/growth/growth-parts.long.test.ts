import { beforeAll, describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import type { GrowthDocument, GrowthFacts } from '../result/growth-document.ts';
import { formatGrowthDocument, parseGrowthDocument } from '../result/growth-parse.ts';
import { wordedGrowth } from '../study/grow/worded-growth.ts';
import { sampleGrowth } from '../testing/sample-growth.ts';
import {
  caseOf,
  costOf,
  count,
  given,
  head,
  jump,
  partsOf,
  rowOf,
  scenarioOf,
  textOf,
  textsOf,
  touch,
  uniform,
} from './growth-fixture.ts';
import { growthParts } from './growth-parts.ts';

describe('from one instance', () => {
  let parts: GrowthFacts;
  beforeAll(() => {
    parts = partsOf(head(1) + touch + uniform + jump, [4, 8], 600);
  });

  test('4 shards cost three times as much and do 2.4 times the work, when they are even', () => {
    const row = costOf(parts, 'tenant_id/jump', 4);
    expect(row.costRatio).toBeCloseTo(3, 9);
    // 4 x 60 %; 20,000 tenants on 4 shards are even within a few percent.
    expect(row.capacityRatio).toBeGreaterThan(2.25);
    expect(row.capacityRatio).toBeLessThanOrEqual(2.4);
    expect(row.verdict.status).toBe('sound');
  });

  test('8 shards cost twice as much as 4', () => {
    const eight = costOf(parts, 'tenant_id/jump', 8);
    expect(eight.costRatio).toBeCloseTo(6, 9);
    expect(costOf(parts, null, 1).costRatio).toBe(1);
  });

  test('the instance takes shard / 60 %, and is the present', () => {
    expect(rowOf(parts, null, 1)).toMatchObject({ databaseQps: 1000, capacityQps: 1000 });
    expect(rowOf(parts, null, 1).utilisation?.max).toBeCloseTo(0.4, 12);
    // The same database under the name of a strategy is no second row.
    expect(parts.capacity.filter(({ shardCount }) => shardCount === 1)).toHaveLength(1);
    expect(costOf(parts, null, 1).verdict.status).toBe('present');
  });

  test('months by the trend: 70 % of 1,000 is reached from 400 at 5 % a month', () => {
    const { monthsToFull, firstToFill } = rowOf(parts, null, 1);
    expect(monthsToFull?.p50).toBeCloseTo(Math.log(700 / 400) / Math.log(1.05), 0);
    expect(firstToFill).toMatchObject({ shard: 0, by: 'load' });
  });

  test('one step is planned at a time, from one database to four and from four to eight', () => {
    expect(parts.plans.map(({ from, to }) => [from, to])).toStrictEqual([
      [1, 4],
      [4, 8],
    ]);
    expect(parts.plans[0]?.rule).toBeNull();
  });

  test('4 shards are recommended: the instance does not last, 8 are more than needed', () => {
    expect(parts.recommendation).toMatchObject({
      kind: 'grow',
      strategy: 'tenant_id/jump',
      shardCount: 4,
    });
    expect(textOf(parts.recommendation.act)).toMatch(
      /^Begin within \d.* months: one instance may be full/,
    );
    expect(textOf(parts.recommendation.reasons.at(-1))).toMatch(/^8 shards: /);
  });
});

test('10 % of scatter-gather at equal cost: 16 even shards buy 6.4x, and it says why', () => {
  const operations = touch + count;
  const text =
    head(16) + operations + uniform + 'strategies: [{ key: tenant_id, router: directory }]\n';
  const row = rowOf(partsOf(text, [], 1000), 'tenant_id/directory', 16);
  expect(row.effectiveShards).toBeCloseTo(6.4, 2);
  expect(row.capacityQps).toBeCloseTo(6400, -1);
  expect(row.writeCapacityQps).toBeCloseTo(0.9 * (row.capacityQps ?? 0), 6);
  expect(row.hottest.scatterWork).toBeCloseTo(0.1, 12);
  expect(row.hottest.operations[1]).toMatchObject({ operation: 'count', touches: 1 });
  expect(textOf(row.why)).toMatch(
    /^16 shards do the work of 6\.4 databases\. .*0\.1 of operations that ask all shards/,
  );
  expect(textOf(row.why)).toContain('(count), which more shards do not reduce.');
});

describe('a plan that more than triples the bill without doubling write capacity is wrong', () => {
  test('because of the key: 30 % of the work asks all shards', () => {
    const third = count.replace('weight: 10', 'weight: 38');
    const parts = partsOf(head(1) + touch + third + uniform + jump, [16], 600);
    const { verdict, costRatio, capacityRatio } = costOf(parts, 'tenant_id/jump', 16);
    expect(costRatio).toBeCloseTo(12, 9);
    expect(capacityRatio).toBeLessThan(2);
    expect(verdict.status).toBe('wrong');
    expect(textOf(verdict.reasons[1])).toMatch(
      /^the cause is the key: 29\.7 % of the work does not fix tenant_id/,
    );
  });

  test('because of one large tenant', () => {
    const tenants = 'tenants: { hotspot: 60%, hot: 1, count: 1000 }\n';
    const parts = partsOf(head(1) + touch + tenants + jump, [8], 600);
    const { verdict } = costOf(parts, 'tenant_id/jump', 8);
    expect(verdict.status).toBe('wrong');
    expect(textOf(verdict.reasons[1])).toMatch(
      /^the cause is the key: with tenant_id, shard \d gets \d.* times its share/,
    );
  });
});

describe('one tenant with 40 % of the load', () => {
  let parts: GrowthFacts;
  beforeAll(() => {
    const tenants = 'tenants: { hotspot: 40%, hot: 1, count: 1000 }\n';
    const text = `${head(4)}${tenants}strategies: [{ key: tenant_id, router: jump }]\n`;
    parts = partsOf(text, [5, 8, 16], 400);
  });

  test('no shard count helps, and 2.5 shards are useful', () => {
    const [tenant] = parts.largestTenants;
    expect(tenant).toMatchObject({ tenant: '"tenant-00001"', noShardCountHelps: true });
    expect(tenant?.usefulShards).toBeCloseTo(2.5, 9);
    expect(textOf(tenant?.limit)).toMatch(
      /^No shard count helps: .* has 40 % of the load .* 2\.5 shards/,
    );
    for (const row of parts.cost) expect(row.capacityRatio ?? 0).toBeLessThan(1.5);
  });

  test('a shard of its own: the imbalance is then that of the tenant alone', () => {
    const remedies = present(parts.largestTenants[0], 'tenant').remedies;
    const dedicated = remedies.filter(({ kind }) => kind === 'dedicated shard');
    const eight = present(
      dedicated.find(({ shardCount }) => shardCount === 8),
      'at 8 shards',
    );
    expect(eight.maxOverMean.after).toBeCloseTo(8 * 0.4, 6);
    expect(eight.maxOverMean.before).toBeGreaterThan(8 * 0.4);
    expect(textOf(eight.how)).toContain('shard 7 holds only "tenant-00001"');
  });

  test('a split evens the shards out, by a column that most operations name', () => {
    const remedies = present(parts.largestTenants[0], 'tenant').remedies;
    const split = present(
      remedies.find(({ kind, shardCount }) => kind === 'split' && shardCount === 4),
      'at 4 shards',
    );
    expect(split).toMatchObject({ by: 'order_id', over: 4 });
    expect(split.maxOverMean.after).toBeLessThan(1.15);
    expect(split.maxOverMean.after).toBeLessThan(split.maxOverMean.before - 0.4);
    expect(split.capacityRatio).toBeGreaterThan(1.1);
    expect(textOf(split.how)).toMatch(
      new RegExp(
        String.raw`^split: \{ tenants: \["tenant-00001"\], by: order_id, over: 4 \} .* ask ` +
          String.raw`all of these shards$`,
      ),
    );
  });

  test('something for that tenant is the recommendation, not a shard more', () => {
    expect(textOf(parts.recommendation.advice)).toMatch(
      new RegExp(
        String.raw`^(Give tenant "tenant-00001" a shard of its own, \d shards in all|Split ` +
          String.raw`tenant "tenant-00001" over \d of \d+ shards)`,
      ),
    );
  });
});

test('scans get cheaper with more shards: only look-ups on all of them bound what they do', () => {
  const lookUp = count.replaceAll('count', 'find').replace('weight: 10', 'weight: 20');
  const capacity = 'capacity: { operations: { count: { cost: 4, scan: true } } }\n';
  const parts = partsOf(head(1, capacity) + touch + count + lookUp + uniform + jump, [16, 64], 600);
  // 20 of 90 + 4 x 10 + 20 is the work of `find`.
  const bound = 150 / 20;
  for (const shardCount of [16, 64]) {
    const { why, effectiveShards } = rowOf(parts, 'tenant_id/jump', shardCount);
    expect(effectiveShards).toBeLessThan(bound);
    expect(textOf(why)).toMatch(
      /0\.133 of operations that ask all shards \(find\), which more shards do not reduce/,
    );
    expect(textOf(why)).toMatch(
      /of operations that ask all shards \(count\), which read only the rows of each/,
    );
  }
  expect(costOf(parts, 'tenant_id/jump', 16).verdict.status).toBe('dear');
  const { verdict, unitCostRatio } = costOf(parts, 'tenant_id/jump', 64);
  expect(verdict.status).toBe('dear');
  expect(unitCostRatio).toBeGreaterThan(10);
  expect(textOf(verdict.reasons[0])).toMatch(
    /a unit of capacity costs \d.* times what it does today/,
  );
  const sixteen = partsOf(head(16, capacity) + touch + count + lookUp + uniform + jump, [64], 600);
  const [, cause] = costOf(sixteen, 'tenant_id/jump', 64).verdict.reasons;
  expect(textOf(cause)).toMatch(
    /^the cause is the key: 13\.3 % of the work .* any number of shards can do at most 7\.5 /,
  );
});

test('a disk that is small fills first, and the shard and the reason are named', () => {
  const capacity = 'capacity: { disk: 20GiB }\ngrowth: { now: { bytes: 40GiB }, bytes: 10% }';
  const parts = partsOf(head(4, capacity) + touch + uniform + jump, [5], 5000);
  const row = rowOf(parts, 'tenant_id/jump', 4);
  expect(row.firstToFill?.by).toBe('bytes');
  // In the others so many new tenants come to another shard that it is the first.
  expect(row.firstToFill?.fraction).toBeGreaterThan(0.9);
  expect(textOf(row.firstToFill?.why)).toMatch(/^bytes: it holds 2\d(\.\d)? % of all bytes/);
  expect(row.monthsToFull).toStrictEqual(row.monthsToFullBy.bytes);
  const fullest = Math.max(...row.shards.map(({ bytes }) => bytes));
  const months = Math.log((0.7 * 20 * 2 ** 30) / fullest) / Math.log(1.1);
  expect(Math.abs((row.monthsToFull?.p50 ?? 0) - months)).toBeLessThan(0.5);
});

test('staying on one instance: the limits of a single Postgres, and what to try first', () => {
  const { oneInstance } = partsOf(head(1) + touch + count + uniform + jump, [4], 600);
  expect(oneInstance.limits.map(({ limit, allowed }) => [limit, allowed])).toStrictEqual([
    ['CPU', 700],
    ['writes', 50_000],
    ['disk', 0.7 * 4000],
    ['size without a reason to shard', 2000],
    ['size', 10_000],
  ]);
  const [cpu] = oneInstance.limits;
  expect(cpu?.monthsP50).toBeCloseTo(Math.log(700 / 400) / Math.log(1.05), 9);
  expect(textsOf(oneInstance.advice).map((text) => text.split(':')[0])).toStrictEqual([
    'Replicas',
    'Pooling',
    'Partitioning first',
    'Queries',
  ]);
});

test('every assumption names its place, and says whether it is a default', () => {
  const growth = 'growth: { load: 6% +- 2% }\ncost: { instance: 1200 +- 10% }';
  const { assumptions } = partsOf(head(4, growth) + touch + uniform + jump, [5], 500);
  const changed = assumptions.filter(({ isDefault }) => !isDefault);
  expect(changed.map(({ path, value }) => [path, value])).toStrictEqual([
    ['growth.load', '6% +- 2%'],
    ['capacity.shard', '500/s, given with --capacity'],
    ['cost.instance', '1,200 +- 120 USD'],
  ]);
  const paths = assumptions.map(({ path }) => path);
  expect(new Set(paths).size).toBe(assumptions.length);
  expect(paths).toEqual(expect.arrayContaining(['growth.moves.soak', 'capacity.limits.writes']));
});

test('the parts make a document that is written and read back, the same every time', () => {
  const text = head(4) + touch + count + 'tenants: { zipf: 1.1, count: 500 }\n';
  const strategies =
    'strategies:\n  - { key: tenant_id, router: directory }\n' +
    '  - { key: tenant_id, router: "slots:64" }\n  - { key: order_id, router: jump }\n';
  const parts = partsOf(text + strategies, [5, 8, 4], 500);
  const document: GrowthDocument = { ...sampleGrowth(), ...wordedGrowth(parts) };
  const written = formatGrowthDocument(document);
  expect(parseGrowthDocument(written, 'growth.json')).toStrictEqual(document);
  expect(growthParts(caseOf(scenarioOf(text + strategies), [5, 8, 4], given(500)))).toStrictEqual(
    parts,
  );
  expect(parts.plans.map(({ rule }) => rule?.units ?? null)).toStrictEqual([
    'tenants',
    'tenants',
    null,
    'slots',
    'slots',
    null,
    null,
    null,
    null,
  ]);
});
