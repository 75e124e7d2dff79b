import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { AdviceDocument } from '../../result/advice-document.ts';
import { findRouter } from '../../router/registry.ts';
import type { Scenario } from '../../scenario/types.ts';
import { loadPlanned } from '../scenario/load-scenario.ts';
import { advise } from './advise.ts';
import { withCandidates } from './asked-scenario.ts';
import { withOverlays } from './overlay-candidates.ts';

interface Asked {
  readonly seed?: number;
  readonly shards?: readonly number[];
  readonly routers?: readonly string[];
  readonly changed?: (scenario: Scenario) => Scenario;
}

/** What is advised of a shipped scenario, with fewer placements than by default. */
async function adviceOn(
  name: string,
  { seed = 42, shards = [4, 8, 16], routers = [], changed = (one) => one }: Asked = {},
): Promise<AdviceDocument> {
  const path = join(import.meta.dirname, '..', '..', '..', 'scenarios', `${name}.yaml`);
  const asked = { keys: [], routers: routers.map(findRouter) };
  const planned = await loadPlanned(
    path,
    { seed: String(seed) },
    () => undefined,
    (scenario) => changed(withCandidates(scenario, asked)),
  );
  return advise({
    loaded: withOverlays(planned, asked.routers, shards),
    shardCounts: shards,
    draws: 30,
    about: { startedAt: '', command: '', shardlab: '' },
    report: () => undefined,
  });
}

/** The same load as a multiple of what the instance does. */
const loadedBy =
  (factor: number) =>
  (scenario: Scenario): Scenario => {
    const { value } = present(scenario.capacity.instancePerSecond, 'capacity of the instance');
    const now = { ...scenario.growth.now, loadPerSecond: factor * value };
    return { ...scenario, growth: { ...scenario.growth, now } };
  };

const oneOf = (document: AdviceDocument, key: string, shards: number) =>
  document.candidates.filter((each) => each.key === key && each.shardCount === shards);
const codesOf = (document: AdviceDocument, key: string, shards: number): string[] =>
  oneOf(document, key, shards).flatMap(({ reasons }) => reasons.map(({ code }) => code));

describe.each([
  ['tpcc', 'warehouse', 17.37, 'load'],
  ['tatp', 'subscriber', 17.37, 'load'],
  ['smallbank', 'customer', 17.37, 'load'],
  ['shop', 'tenant', 12.79, 'disk'],
  ['social', 'user', 6.9, 'disk'],
] as const)('%s', (name, key, months, limit) => {
  test.each([1, 7, 42])(`at three times its instance: by ${key}, seed %i`, async (seed) => {
    const { recommendation, candidates } = await adviceOn(name, { seed });
    expect(recommendation).toMatchObject({ kind: 'shard', otherwise: null });
    expect(recommendation.strategy).toMatch(new RegExp(`^${key}/`));
    const stay = present(
      candidates.find(({ strategy }) => strategy === null),
      'instance',
    );
    expect(stay.status).toBe('lost');
    expect(stay.reasons.map(({ code }) => code)).toEqual(['advice-instance-full']);
    const chosen = candidates.filter(({ status }) => status === 'recommended');
    expect(chosen).toHaveLength(1);
    for (const each of candidates) expect(each.reasons.length > 0).toBe(each !== chosen[0]);
  });

  test('at 0.3 times its instance it stays', async () => {
    const { recommendation } = await adviceOn(name, { shards: [4], changed: loadedBy(0.3) });
    expect(recommendation).toMatchObject({ kind: 'stay', strategy: null, shardCount: 1 });
    expect(recommendation.advice.code).toBe('advice-not-yet');
    // ln(0.7 / 0.3) / ln 1.05 by the load; 70 % of 4 TB of disk may come first.
    expect(recommendation.advice.names?.['limit']).toBe(limit);
    expect(recommendation.advice.numbers['months']).toBeCloseTo(months, 2);
  });
});

describe('what is found on the way', () => {
  test('smallbank: 40 % x (N - 1) / N of the transactions cross shards', async () => {
    const document = await adviceOn('smallbank', { routers: ['jump'] });
    for (const shards of [4, 8, 16]) {
      const [found] = oneOf(document, 'customer', shards);
      expect(found?.crossShardFraction).toBeCloseTo((0.4 * (shards - 1)) / shards, 2);
      expect(found?.singleShardFraction).toBeCloseTo(1 - (0.4 * (shards - 1)) / shards, 2);
    }
  });

  test('tatp: 82 % on one shard; by the number that is dialled 10 % cannot run', async () => {
    const document = await adviceOn('tatp', { shards: [4], routers: ['jump'] });
    const [subscriber] = oneOf(document, 'subscriber', 4);
    expect(subscriber?.singleShardFraction).toBeCloseTo(0.82, 10);
    const [other] = oneOf(document, 'sub_nbr', 4);
    expect(other).toMatchObject({ status: 'excluded', notRunnableFraction: 0.1 });
    expect(other?.reasons[0]).toMatchObject({
      code: 'advice-not-runnable',
      names: { operations: ['get_new_destination'] },
    });
  });

  test('tpcc: ITEM on every shard, two foreign keys lost; by customer much fails', async () => {
    const document = await adviceOn('tpcc', { routers: ['jump'] });
    const { reasons } = document.recommendation;
    const tables = reasons.find(({ code }) => code === 'advice-reference-tables')?.names;
    expect(tables).toEqual({ tables: ['item'] });
    const lost = reasons.find(({ code }) => code === 'advice-gives-up-constraints');
    expect(lost?.numbers).toEqual({ constraints: 2 });
    expect(codesOf(document, 'customer', 4)).toContain('advice-not-runnable');
    // Of many warehouses 8.09 %.
    for (const { crossShardFraction } of oneOf(document, 'warehouse', 4)) {
      expect(Math.abs((crossShardFraction ?? 0) - 0.081)).toBeLessThan(0.01);
    }
  });

  test('shop: regions are few and change; the largest tenant must be split on 16', async () => {
    const document = await adviceOn('shop', { shards: [8, 16], routers: ['jump'] });
    expect(codesOf(document, 'region', 8)).toContain('advice-fewer-values-than-shards');
    expect(codesOf(document, 'region', 8)).toContain('advice-key-changes');
    expect(codesOf(document, 'tenant', 16)).toContain('advice-value-outgrows-shard');
    const codes = document.recommendation.reasons.map(({ code }) => code);
    expect(codes.filter((code) => code.startsWith('advice-hot-value'))).toHaveLength(1);
  });

  test('the same question, the same answer, in whatever order its candidates stand', async () => {
    const routers = ['jump', 'mod', 'directory'];
    const one = await adviceOn('smallbank', { shards: [4, 8], routers });
    const other = await adviceOn('smallbank', {
      shards: [8, 4],
      routers,
      changed: (scenario) => ({ ...scenario, strategies: scenario.strategies.toReversed() }),
    });
    expect(other.recommendation).toEqual(one.recommendation);
  });
});
