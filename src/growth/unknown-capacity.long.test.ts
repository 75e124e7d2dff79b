import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatGrowthDocument, parseGrowthDocument } from '../result/growth-parse.ts';
import type { GrowthFacts } from '../result/growth-document.ts';
import { wordedGrowth } from '../study/grow/worded-growth.ts';
import { sampleGrowth } from '../testing/sample-growth.ts';
import type { RateBounds, StatedCapacity } from './database-capacity.ts';
import {
  caseOf,
  count,
  given,
  head,
  rowOf,
  scenarioOf,
  seenIn,
  textOf,
  textsOf,
  touch,
  uniform,
} from './growth-fixture.ts';
import { growthParts } from './growth-parts.ts';

const all = [
  '{ key: tenant_id, router: jump }',
  '{ key: tenant_id, router: mod }',
  '{ key: tenant_id, router: "ring:50" }',
  '{ key: tenant_id, router: range }',
  '{ key: order_id, router: jump }',
];
const listed = (strategies: readonly string[]): string =>
  `strategies: [${strategies.join(', ')}]\n`;
const measured = (
  shard: RateBounds | null,
  instance: RateBounds | null = null,
): StatedCapacity => ({
  shard,
  instance,
  source: 'measured',
  basis: seenIn('r.json'),
});

function grownBy(strategies: readonly string[], stated: StatedCapacity | null): GrowthFacts {
  const tenants = 'tenants: { zipf: 1.1, count: 300 }\n';
  const text = head(4, 'growth: { draws: 100 }') + touch + count + tenants + listed(strategies);
  return growthParts(caseOf(scenarioOf(text), [5, 16], stated, 5));
}

test('removing a strategy changes no row of another, nor that of the one instance', () => {
  const stated = fc.constantFrom(
    null,
    measured({ low: 300, high: null }),
    measured({ low: 300, high: 400 }, { low: 400, high: 500 }),
    { ...measured({ low: 300, high: 300 }), source: 'given' as const },
  );
  const wholes = new Map<StatedCapacity | null, GrowthFacts>();
  fc.assert(
    fc.property(fc.subarray(all, { minLength: 1 }), stated, (some, capacity) => {
      const whole = wholes.get(capacity) ?? grownBy(all, capacity);
      wholes.set(capacity, whole);
      const part = grownBy(some, capacity);
      const names = new Set(part.capacity.map(({ strategy }) => strategy));
      const own = <T extends { readonly strategy: string | null }>(rows: readonly T[]): T[] =>
        rows.filter(({ strategy }) => names.has(strategy));
      expect(names.size).toBe(some.length + 1);
      expect(part.capacity).toStrictEqual(own(whole.capacity));
      expect(part.cost).toStrictEqual(own(whole.cost));
      expect(part.plans).toStrictEqual(own(whole.plans));
      expect(part.oneInstance.limits).toStrictEqual(whole.oneInstance.limits);
    }),
    { numRuns: 8 },
  );
});

describe('without a capacity', () => {
  const parts = grownBy(all, null);

  test('no shard count is recommended and no date given, but how to measure it', () => {
    const { recommendation } = parts;
    expect(recommendation).toMatchObject({
      kind: 'measure',
      strategy: null,
      actWithinMonths: null,
    });
    expect(textOf(recommendation.advice)).toBe(
      'No shard count is recommended and no date is given: both need a measured capacity.',
    );
    expect(textOf(recommendation.act)).toMatch(
      new RegExp(
        String.raw`^Measure it: \x60npx shardlab run x\.yaml --rate 400\/s --out run-1\x60, ` +
          String.raw`.* \x60npx shardlab grow x\.yaml --from run-1\/result\.json --from ` +
          String.raw`run-2\/result\.json\x60\.`,
      ),
    );
    const said = textsOf([recommendation.advice, recommendation.act, ...recommendation.reasons]);
    expect(said.join('\n')).not.toMatch(/Go to|Stay on|Begin|months/);
  });

  test('what holds whatever a shard takes is said: balance, and plans that are no good', () => {
    const reasons = textsOf(parts.recommendation.reasons).join('\n');
    expect(reasons).toMatch(/Work of the fullest of 4 shards, as a multiple .* tenant_id\/jump \d/);
    expect(reasons).toMatch(
      /With any capacity of a shard, these plans are "wrong", .*16 shards with /,
    );
  });

  test('what needs one is null, and ratios, bills and movement are not', () => {
    for (const row of parts.capacity) {
      expect(row).toMatchObject({ bound: 'unknown', capacityQps: null, monthsToFull: null });
      expect(row).toMatchObject({ utilisation: null, firstToFill: null });
      expect(row.effectiveShards).toBeGreaterThan(0);
      // Disks are assumptions of their own.
      expect(row.monthsToFullBy.load).toBeNull();
    }
    const statuses = parts.cost.map(({ verdict }) => verdict.status);
    expect(statuses).toContain('unknown');
    for (const status of ['sound', 'too small']) expect(statuses).not.toContain(status);
    for (const { shards } of parts.plans) {
      for (const shard of shards) {
        expect([shard.utilisation, shard.isPastHeadroom]).toEqual([null, null]);
      }
    }
  });

  test('is a document that is written and read back', () => {
    const document = { ...sampleGrowth(), ...wordedGrowth(parts) };
    const written = formatGrowthDocument(document);
    expect(parseGrowthDocument(written, 'growth.json')).toStrictEqual(document);
    // Before all rows.
    expect(written.indexOf('"recommendation"')).toBeLessThan(written.indexOf('"capacity": ['));
  });
});

describe('an easy run is a lower bound', () => {
  const easy = grownBy(all, measured({ low: 250, high: null }, { low: 250, high: null }));

  test('nothing is full or too small, and there is no date', () => {
    const { recommendation, cost, capacity } = easy;
    expect(recommendation).toMatchObject({ kind: 'measure', actWithinMonths: null });
    expect(textOf(recommendation.advice)).toContain(
      'So far only a lower bound of the capacity is known',
    );
    expect(textOf(recommendation.reasons[0])).toMatch(
      /^Known so far: measured by r\.json: shard 2 of .* did 250 operations a second\. /,
    );
    expect(cost.map(({ verdict }) => verdict.status)).not.toContain('too small');
    for (const { bound } of capacity) expect(bound).toBe('at least');
  });

  test('one that carries the load for long enough is enough to stay, still without a date', () => {
    const { recommendation } = grownBy(all, measured({ low: 4000, high: null }));
    expect(recommendation.kind).toBe('one instance');
    const alone = grownBy(
      all.slice(0, 1),
      measured({ low: 2000, high: null }, { low: 50, high: 60 }),
    );
    expect(alone.recommendation).toMatchObject({ kind: 'stay', actWithinMonths: null });
    expect(textOf(alone.recommendation.act)).toMatch(
      /^4 shards are full in at least \d.* months .*: a date needs a measured capacity\.$/,
    );
    expect(textOf(alone.recommendation.reasons[0])).toMatch(/^It is full in at least /);
  });

  test('a bracket gives dates, and full is what is so by its upper end', () => {
    const { recommendation, cost } = grownBy(all.slice(0, 1), measured({ low: 250, high: 260 }));
    expect(recommendation.kind).not.toBe('measure');
    expect(recommendation.actWithinMonths).not.toBeNull();
    expect(textsOf(recommendation.reasons)).toContainEqual(
      expect.stringMatching(/^One instance: unknown;/),
    );
    const narrow = grownBy(all.slice(0, 1), measured({ low: 100, high: 110 }));
    expect(rowOf(narrow, 'tenant_id/jump', 4).monthsToFull?.p50).toBe(0);
    // By its upper end it has room: whether it is full is not known.
    const wide = grownBy(all.slice(0, 1), measured({ low: 100, high: 1000 }));
    expect(rowOf(wide, 'tenant_id/jump', 4).bound).toBe('at least');
    expect(wide.recommendation.kind).toBe('measure');
    expect(cost.map(({ verdict }) => verdict.status)).toContain('unknown');
  });
});

describe('a dear plan', () => {
  // 10 % of the work asks all shards: 24 do 2.4 times the work of 4, and cost 6 times as much.
  const dear = (last: number): GrowthFacts => {
    const growth = `growth: { load: 5%, last: ${last} }\n`;
    const text = head(4, growth) + touch + count + uniform;
    const strategies = ['{ key: tenant_id, router: jump }', '{ key: tenant_id, router: mod }'];
    return growthParts(caseOf(scenarioOf(text + listed(strategies)), [8, 24], given(300)));
  };

  test('is recommended only where nothing else lasts, and says what else was looked at', () => {
    const { recommendation, cost } = dear(22);
    expect(recommendation).toMatchObject({ kind: 'grow', shardCount: 24 });
    const chosen = cost.find(
      ({ strategy, shardCount }) => strategy === recommendation.strategy && shardCount === 24,
    );
    expect(chosen?.verdict.status).toBe('dear');
    const reasons = textsOf(recommendation.reasons).join('\n');
    expect(reasons).toContain('recommended only because each plan here that lasts 22 months');
    expect(reasons).toMatch(
      /It is dear: .* a unit of capacity costs \d.* times what it does today/,
    );
    expect(reasons).toMatch(
      /Other plans, with tenant_id\/\w+: 4 shards \(present, full in .*, 8 shards \(sound, /,
    );
  });

  test('is not where another lasts', () => {
    expect(dear(15).recommendation.shardCount).toBe(8);
  });
});
