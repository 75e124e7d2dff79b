import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RateBounds, StatedCapacity } from './database-capacity.ts';
import type { GrowthFacts } from '../result/growth-document.ts';
import { caseOf, count, given, scenarioOf, seenIn, textOf, touch } from './growth-fixture.ts';
import type { GrowthCase } from './growth-case.ts';
import { growthParts } from './growth-parts.ts';

const insert = `  - { name: place, kind: write, weight: 60, binds: [order_id, tenant_id, user_id],
      sql: "insert into orders
      (tenant_id, user_id, order_id, region, created_at, total, payload) values
      (:tenant_id, :user_id, :order_id, :region, :created_at, :total, :payload)" }
`;
const operations = fc.constantFrom(touch, touch + count, touch + insert, touch + count + insert);

const strategies = fc
  .uniqueArray(
    fc.constantFrom(
      '{ key: tenant_id, router: mod }',
      '{ key: tenant_id, router: jump }',
      '{ key: tenant_id, router: "ring:20" }',
      '{ key: tenant_id, router: range }',
      '{ key: tenant_id, router: directory }',
      '{ key: order_id, router: range }',
      '{ key: order_id, router: jump }',
      '{ key: user_id, router: mod, salt: other }',
    ),
    { minLength: 2, maxLength: 4 },
  )
  .map((list) => `strategies: [${list.join(', ')}]\n`);

const tenants = fc
  .record({
    shape: fc.constantFrom('zipf: 0.8', 'zipf: 1.4', 'uniform: true', 'hotspot: 40%, hot: 1'),
    idType: fc.constantFrom('text', 'int8', 'uuid'),
    size: fc.constantFrom(5, 60, 400),
  })
  .map(({ shape, idType, size }) => `tenants: { ${shape}, count: ${size}, idType: ${idType} }\n`);

const monthly = fc.constantFrom('-3%', '0%', '2% +- 1%', '6% +- 3%', '20%');
const growth = fc
  .record({
    load: monthly,
    bytes: monthly,
    tenants: monthly,
    retention: fc.constantFrom('0%', '3% +- 1%'),
    correlation: fc.constantFrom('0%', '70%', '100%'),
    newIds: fc.constantFrom('sequential', 'random'),
    bytesNow: fc.constantFrom('10GB', '900GB', '6TB'),
    last: fc.constantFrom(6, 18, 60),
  })
  .map(({ bytesNow, ...rest }) => {
    const fields = Object.entries(rest).map(([name, value]) => `${name}: ${value}`);
    return `growth: { draws: 100, now: { bytes: ${bytesNow} }, ${fields.join(', ')} }\n`;
  });

const bounds = (low: number, high: number | null): RateBounds => ({ low, high });
const basis = seenIn('r.json');
const stated = fc.constantFrom<StatedCapacity | null>(
  null,
  given(300),
  { shard: bounds(150, 400), instance: null, source: 'measured', basis },
  { shard: bounds(90, null), instance: bounds(200, 300), source: 'measured', basis },
);

/** A plan of several strategies, for a scenario at random. */
const cases = fc
  .record({
    seed: fc.nat(1000),
    shards: fc.constantFrom(1, 2, 4),
    to: fc.subarray([3, 5, 8], { minLength: 1 }),
    parts: fc.tuple(growth, tenants, operations, strategies),
    stated,
  })
  .map(({ seed, shards, to, parts, stated: capacity }) => {
    const head = `seed: ${seed}\nrate: 400/s\nduration: 1s\ndata: { total: 200kB }\n`;
    const text = `${head}topology: { shards: ${shards} }\n${parts.join('')}`;
    return { text, to, stated: capacity };
  });

type Asked = {
  readonly text: string;
  readonly to: number[];
  readonly stated: StatedCapacity | null;
};
const built = ({ text, to, stated: capacity }: Asked): GrowthCase =>
  caseOf(scenarioOf(text), to, capacity);

/** What a plan says of one strategy, whatever it is called. */
function answersFor(parts: GrowthFacts, name: string | null): string {
  const own = <T extends { readonly strategy: string | null }>(rows: readonly T[]): T[] =>
    rows.filter(({ strategy }) => strategy === name);
  const { capacity, cost, plans, largestTenants } = parts;
  const answers = JSON.stringify([own(capacity), own(cost), own(plans), own(largestTenants)]);
  return name === null ? answers : answers.replaceAll(JSON.stringify(name), '"its name"');
}

const named = ({ strategies: all }: GrowthCase): string[] =>
  all.map(({ strategy }) => strategy.name);

/** Names of the strategies about which another answer is given, and other advice. */
function changesOf(
  asked: GrowthCase,
  changed: GrowthCase,
  nameOf: (name: string) => string,
): string[] {
  const [before, after] = [growthParts(asked), growthParts(changed)];
  const still = new Set(named(changed));
  const changes = named(asked).filter((name) => {
    const answers = answersFor(after, nameOf(name));
    return still.has(nameOf(name)) && answers !== answersFor(before, name);
  });
  if (answersFor(after, null) !== answersFor(before, null)) changes.push('one instance');
  const { recommendation: first } = before;
  const { recommendation: second } = after;
  // Advice that is about no strategy is about all of them, and where the recommended one is gone
  // there is another one.
  const isGone = first.strategy === null || !still.has(nameOf(first.strategy));
  if (isGone && still.size < named(asked).length) return changes;
  const isSame =
    second.kind === first.kind &&
    second.strategy === (first.strategy === null ? null : nameOf(first.strategy)) &&
    second.shardCount === first.shardCount &&
    second.actWithinMonths === first.actWithinMonths;
  return isSame ? changes : [...changes, `${textOf(first.advice)} ${textOf(second.advice)}`];
}

const asBefore = (name: string): string => name;

test('removing a strategy changes no answer about another, nor a recommendation of another', () => {
  fc.assert(
    fc.property(cases, fc.nat(), (drawn, which) => {
      const asked = built(drawn);
      const removed = which % asked.strategies.length;
      const rest = asked.strategies.filter((_, index) => index !== removed);
      const changed = { ...asked, strategies: rest };
      expect(changesOf(asked, changed, asBefore)).toStrictEqual([]);
    }),
    { numRuns: 12 },
  );
});

test('the order of the strategies changes no answer', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const asked = built(drawn);
      const changed = { ...asked, strategies: asked.strategies.toReversed() };
      expect(changesOf(asked, changed, asBefore)).toStrictEqual([]);
    }),
    { numRuns: 12 },
  );
});

test('what strategies are called changes no answer', () => {
  fc.assert(
    fc.property(cases, (drawn) => {
      const asked = built(drawn);
      const numbers = new Map(named(asked).map((name, index) => [name, `plan ${9 - index}`]));
      const nameOf = (name: string): string => numbers.get(name) ?? name;
      const others = asked.strategies.map((grown) => ({
        ...grown,
        strategy: { ...grown.strategy, name: nameOf(grown.strategy.name) },
      }));
      expect(changesOf(asked, { ...asked, strategies: others }, nameOf)).toStrictEqual([]);
    }),
    { numRuns: 12 },
  );
});
