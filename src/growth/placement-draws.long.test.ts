import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { packKeys } from '../base/keys.ts';
import { populationSd } from '../base/statistics/moments.ts';
import { bandSalt } from '../metrics/placement-band.ts';
import { buildRouter } from '../router/build-router.ts';
import type { CostFacts, GrowthFacts } from '../result/growth-document.ts';
import type { LoadedKeys } from '../workload/key-usage.ts';
import { correctSpread, drawnKeys, type DrawnShares } from './drawn-keys.ts';
import {
  caseOf,
  count,
  costOf,
  given,
  head,
  rowOf,
  scenarioOf,
  textOf,
  textsOf,
  touch,
} from './growth-fixture.ts';
import { growthParts } from './growth-parts.ts';

const skewed = 'tenants: { zipf: 1.1, count: 300 }\n';
const salted = (router: string, salt: string): string =>
  `strategies: [{ key: tenant_id, router: "${router}", salt: "${salt}" }]\n`;

function grown(strategies: string, seed = 1, drawn = 60, qps = 300): GrowthFacts {
  const text = `seed: ${seed}\n${head(4, 'growth: { draws: 100 }')}${touch}${count}${skewed}`;
  return growthParts(caseOf(scenarioOf(text + strategies), [5, 8], given(qps), drawn));
}

describe.each(['jump', 'mod', 'ring:20'])('rows of %s stand for placements', (router) => {
  const one = grown(salted(router, 'a'));

  test('whatever the salt of the strategy is', () => {
    const other = grown(salted(router, 'b'));
    expect(other.capacity).toStrictEqual(one.capacity);
    expect(other.cost).toStrictEqual(one.cost);
    expect(other.recommendation).toStrictEqual(one.recommendation);
  });

  test('and whatever the seed is, but for the futures', () => {
    const other = grown(salted(router, 'a'), 2);
    const fixed = ({ capacity, cost }: GrowthFacts) => [
      capacity.map(({ placements, effectiveShards, capacityQps }) => [
        placements,
        effectiveShards,
        capacityQps,
      ]),
      cost.map(({ verdict }) => [verdict.status, verdict.placements]),
    ];
    expect(fixed(other)).toStrictEqual(fixed(one));
  });

  test('of which the middle one is shown, and the range of all', () => {
    for (const row of one.capacity.filter(({ strategy }) => strategy !== null)) {
      const { placements, effectiveShards, capacityRatio } = row;
      const band = present(placements, 'placements');
      expect(band).toMatchObject({ count: 60, over: 'salts' });
      expect(band.effectiveShards.p5).toBeLessThan(band.effectiveShards.p95);
      // An even number of draws has two in the middle.
      expect(effectiveShards).toBeGreaterThan(band.effectiveShards.p5);
      expect(effectiveShards).toBeLessThan(band.effectiveShards.p95);
      expect(capacityRatio).toBe(band.capacityRatio.p50);
    }
  });
});

test('growth.present says which placement there is, and what follows goes on from it', () => {
  const text = (salt: string, growth: string): string =>
    `${head(4, `growth: { draws: 100${growth} }`)}${touch}${skewed}${salted('jump', salt)}`;
  const partsOf = (salt: string, growth: string): GrowthFacts =>
    growthParts(caseOf(scenarioOf(text(salt, growth)), [5, 8], given(300), 20));
  const known = partsOf('a', ', present: { salt: prod }');
  for (const { placements } of known.capacity) expect(placements).toBeNull();
  // Whatever salt the strategy itself has.
  expect(partsOf('b', ', present: { salt: prod }').capacity).toStrictEqual(known.capacity);
  const other = partsOf('a', ', present: { salt: other }');
  expect(other.capacity).not.toStrictEqual(known.capacity);
  // Moves are those of this very placement too.
  expect(partsOf('prod', '').plans.map(({ bytes }) => bytes)).toStrictEqual(
    known.plans.map(({ bytes }) => bytes),
  );
});

describe('a shard map is the present placement', () => {
  const mapped = 'growth: { draws: 100, present: { file: map.csv } }';
  const tenants = 300;
  const mappedText = (growth: string, router: string): string =>
    `${head(4, growth)}${touch}${skewed}strategies: [{ key: tenant_id, router: "${router}" }]\n`;
  const partsBy = (router: string, map: Uint32Array): GrowthFacts =>
    growthParts(caseOf(scenarioOf(mappedText(mapped, router)), [5, 8], given(300), 20, map));
  /** The case without a map, and where its router has the tenants. */
  function unmapped(router: string) {
    const text = mappedText('growth: { draws: 100, present: { salt: "" } }', router);
    const own = caseOf(scenarioOf(text), [5, 8], given(300), 20);
    const first = present(present(own.strategies[0], 'strategy').placements[0], 'placement');
    const { bytes, offsets } = own.workload.tenants.keys;
    const shards = new Uint32Array(tenants).map((_, key) =>
      first.router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0),
    );
    return { parts: growthParts(own), shards };
  }

  test.each(['jump', 'ring:20', 'directory', 'bounded-ring', 'range', 'slots'])(
    'that of %s itself changes no row and no move',
    (router) => {
      const { parts, shards } = unmapped(router);
      const own = partsBy(router, shards);
      expect(own.capacity).toStrictEqual(parts.capacity);
      expect(own.cost).toStrictEqual(parts.cost);
      const moved = ({ plans }: GrowthFacts) => plans.map(({ bytes, tenants: n }) => [bytes, n]);
      expect(moved(own)).toStrictEqual(moved(parts));
    },
  );

  test.each(['jump', 'directory', 'range'])('one shard with all uses one, under %s', (router) => {
    const strategy = `tenant_id/${router}`;
    const all = partsBy(router, new Uint32Array(tenants).fill(2));
    const row = rowOf(all, strategy, 4);
    expect(row.effectiveShards).toBeCloseTo(1, 9);
    expect(row.placements).toBeNull();
    // Every tenant that is elsewhere afterwards came from there.
    expect(present(all.plans[0], 'plan').shards.filter(({ role }) => role === 'source')).toEqual([
      expect.objectContaining({ shard: 2 }),
    ]);
  });

  test('from which a router with a table goes on, and a rule does not', () => {
    const { parts, shards } = unmapped('directory');
    const swapped = shards.map((shard) => [1, 0, 2, 3][shard] ?? shard);
    const movedBy = (router: string): number =>
      present(partsBy(router, swapped).plans[0], 'plan').tenants;
    expect(movedBy('directory')).toBe(present(parts.plans[0], 'plan').tenants);
    expect(movedBy('jump')).toBeGreaterThan(tenants / 2);
    const said = (router: string): string => textsOf(partsBy(router, swapped).findings).join('\n');
    expect(said('directory')).toContain('tenant_id/directory: the router goes on from the map.');
    expect(said('jump')).toContain('tenant_id/jump: the router cannot go on from a placement');
  });
});

test('strategies with split tenants say that they have no band over placements', () => {
  const name = 'tenant_id/jump+split';
  const parts = grown(
    'strategies: [{ key: tenant_id, router: jump, ' +
      'split: { above: 10%, by: order_id, over: 4 } }, { key: tenant_id, router: mod }]\n',
  );
  expect(textsOf(parts.findings.filter(({ code }) => code === 'split-has-no-band'))).toEqual([
    `${name}: tenants are split, and other placements of their pieces are not worked out. These ` +
      'rows stand for one placement, that of the salt in the scenario, and have no band over ' +
      'placements. Another salt can give other months and another verdict.',
  ]);
  for (const row of parts.capacity.filter(({ strategy }) => strategy !== null)) {
    expect(row.placements === null, row.strategy ?? '').toBe(row.strategy === name);
  }
  const plain = grown('strategies: [{ key: tenant_id, router: jump }]\n').findings;
  expect(plain.map(({ code }) => code)).not.toContain('split-has-no-band');
});

test('what follows from the keys is no draw', () => {
  const parts = grown('strategies: [{ key: tenant_id, router: directory }]\n');
  for (const { placements } of parts.capacity) expect(placements).toBeNull();
  for (const { verdict } of parts.cost) expect(verdict.placements).toBeUndefined();
});

test('other ids are drawn where the hash is fixed', () => {
  const parts = grown('strategies: [{ key: tenant_id, router: redis-cluster }]\n');
  const row = rowOf(parts, 'tenant_id/redis-cluster', 8);
  expect(row.placements).toMatchObject({ over: 'keys', count: 60 });
});

describe('a verdict', () => {
  const verdicts = (parts: GrowthFacts): CostFacts['verdict'][] =>
    parts.cost.flatMap(({ verdict }) => (verdict.placements === undefined ? [] : [verdict]));

  test('is one only where 9 of 10 placements agree', () => {
    const found = [grown(salted('jump', 'c')), grown(salted('mod', 'c'))].flatMap(verdicts);
    const statuses = new Set(found.map(({ status }) => status));
    // One shard more for these few tenants: some placements gain, some do not.
    expect(statuses).toContain('depends on the placement');
    for (const { status, placements = [], reasons } of found) {
      const most = Math.max(...placements.map(({ count: each }) => each));
      expect(status === 'depends on the placement').toBe(most < 54);
      expect(placements.reduce((sum, { count: each }) => sum + each, 0)).toBe(60);
      expect(textsOf(reasons).join()).toMatch(
        placements.length > 1 ? /over 60 placements the plan is \w/ : /./,
      );
    }
  });

  test('that depends on the placement recommends nothing', () => {
    const text = `${head(4)}${touch}${skewed}${salted('mod', 'c')}`;
    const parts = growthParts(caseOf(scenarioOf(text), [5], given(200), 60));
    expect(costOf(parts, 'tenant_id/mod', 5).verdict.status).toBe('depends on the placement');
    expect(parts.recommendation).not.toMatchObject({ kind: 'grow' });
  });
});

test('routers whose placements overlap are named together, none before the other', () => {
  const routers = ['jump', 'mod', 'ring:150'];
  const listed = (some: readonly string[]): string =>
    `strategies: [${some.map((router) => `{ key: tenant_id, router: "${router}" }`).join(', ')}]\n`;
  const text = `${head(4, 'growth: { last: 6 }')}${touch}tenants: { zipf: 0.8, count: 2000 }\n`;
  const adviceOn = (some: readonly string[]) =>
    growthParts(caseOf(scenarioOf(text + listed(some)), [16], given(150), 40)).recommendation;
  const { strategy, alike = [], advice: advised } = adviceOn(routers);
  const sentence = textOf(advised);
  expect(new Set([strategy, ...alike])).toEqual(
    new Set(routers.map((name) => `tenant_id/${name}`)),
  );
  for (const router of routers) expect(sentence).toContain(`tenant_id/${router}`);
  expect(sentence).toMatch(/^Go to 16 shards with \S+ or \S+ or \S+\.$/);
});

describe('draws of a sample spread as those of all keys do', () => {
  const keyCount = 40_000;
  const known: LoadedKeys = {
    ...packKeys(
      'text',
      Array.from({ length: keyCount }, (_, key) => `key-${key}`),
    ),
    rows: new Uint32Array(keyCount).fill(1),
    weights: new Float64Array(keyCount).fill(1 / keyCount),
    values: [],
  };
  const keys = drawnKeys(known);
  const draws = (router: string, parameter: number | null) =>
    Array.from({ length: 200 }, (_, draw): DrawnShares => {
      const spec = { router, parameter, hash: 'xxh64', salt: bandSalt(draw) } as const;
      const topology = { shardCount: 4, weights: [1, 1, 1, 1] };
      const built = buildRouter(spec, topology, known.type, known);
      const load = new Float64Array(4);
      const { bytes, offsets, count: number } = keys.keys;
      for (let key = 0; key < number; key += 1) {
        const shard = built.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
        load[shard] = (load[shard] ?? 0) + (keys.load[key] ?? 0);
      }
      return { load, rows: load.slice(), count: load.slice() };
    });
  const spread = (all: readonly DrawnShares[]): number =>
    populationSd(all.flatMap(({ load }) => [...load]));

  test('chance alone: as the square root of (1 - p) p / keys', () => {
    expect(keys.keys.count).toBe(5000);
    const all = draws('jump', null);
    expect(spread(all)).toBeGreaterThan(2 * Math.sqrt((0.25 * 0.75) / keyCount));
    correctSpread(all, keys);
    const exact = Math.sqrt((0.25 * 0.75) / keyCount);
    expect(spread(all)).toBeGreaterThan(0.8 * exact);
    expect(spread(all)).toBeLessThan(2 * exact);
    for (const { load } of all) expect(load.reduce((sum, each) => sum + each)).toBeCloseTo(1, 9);
  });

  test('what the router itself spreads unevenly stays: a ring of few points', () => {
    const all = draws('ring', 20);
    correctSpread(all, keys);
    // CV of a share: sqrt((n - 1) / (n V + 1)).
    const exact = 0.25 * Math.sqrt(3 / (4 * 20 + 1));
    expect(spread(all) / exact).toBeGreaterThan(0.85);
    expect(spread(all) / exact).toBeLessThan(1.15);
  });
});
