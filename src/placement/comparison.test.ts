import { describe, expect, test } from 'vitest';
import { packKeys } from '../base/keys.ts';
import type { RouterDefinition, RouterTopology } from '../router/contract.ts';
import { routers } from '../router/registry.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { planArrivals } from '../workload/arrival-plan.ts';
import { buildWorkload } from '../workload/workload.ts';
import { comparedKey, type ComparedKey } from './compared-key.ts';
import { maxOverDue, movementOver, nextStep, placementOver, refusalReasons } from './comparison.ts';
import { drawKind } from './draws.ts';
import { routerCandidates, type RouterCandidate } from './router-candidates.ts';

const workload = buildWorkload(tinyScenario(), null);
const key = comparedKey(workload, planArrivals(workload), 'tenant_id', 512);
const step = nextStep({ shardCount: 4, weights: [1, 1, 1, 1] });

/** By trait, so that the registry may change. */
function candidateWhere(
  is: (definition: RouterDefinition) => boolean,
  changes: Partial<RouterCandidate['spec']> = {},
): RouterCandidate {
  const found = routerCandidates('tenant_id', [], routers.filter(is))[0];
  if (found === undefined) throw new Error('no such router in the registry');
  return { ...found, spec: { ...found.spec, ...changes } };
}
const named = (name: string) => candidateWhere((router) => router.name === name);

describe('the key', () => {
  test('writes are the load, and every loaded key moves with its rows', () => {
    expect(key.loadIs).toBe('writes');
    expect(key.known.count).toBe(100);
    expect(key.amounts.bytes[7]).toBe(512 * (key.amounts.rows[7] ?? 0));
    // count(*) is a tenth of the operations: 2 s at 500/s.
    expect(key.scatterFraction).toBeGreaterThan(0.05);
    expect(key.scatterFraction).toBeLessThan(0.15);
  });

  test('where nothing is written the weights are the load', () => {
    const { operations } = workload;
    const reading = {
      ...workload,
      operations: operations.filter(({ kind }) => kind === 'read'),
    };
    const quiet = comparedKey(reading, planArrivals(reading), 'tenant_id', 512);
    expect(quiet.loadIs).toBe('weights');
    expect(quiet.load.counts).toEqual(quiet.known.weights);
  });
});

test('the next step adds a shard like the last one', () => {
  expect(nextStep({ shardCount: 2, weights: [1, 3] }).next).toEqual({
    shardCount: 3,
    weights: [1, 3, 3],
  });
  expect(nextStep({ shardCount: 2, weights: [1, 0] }).next.weights).toEqual([1, 0, 1]);
});

test('load over what is due is max/mean for equal shards, and follows the weights', () => {
  expect(maxOverDue(Float64Array.of(3, 1, 1, 1), [1, 1, 1, 1])).toBe(2);
  expect(maxOverDue(Float64Array.of(30, 10, 10), [3, 1, 1])).toBe(1);
  expect(maxOverDue(Float64Array.of(20, 20, 10), [3, 1, 1])).toBe(2);
  // A shard of weight 0 is not there.
  expect(maxOverDue(Float64Array.of(5, 5, 0), [1, 1, 0])).toBe(1);
});

describe('draws', () => {
  test('a router that hashes has a band over salts around its one placement', () => {
    const { band, maxOverMean } = placementOver(named('jump'), step.now, key, 50);
    expect(band).toMatchObject({ over: 'salts', draws: 50 });
    expect(band?.p5).toBeLessThan(band?.p95 ?? 0);
    expect(maxOverMean).toBeGreaterThan(1);
  });

  test('identity takes no salt, and keys that are placed by their load are no draw', () => {
    expect(
      drawKind({ ...named('mod'), spec: { ...named('mod').spec, hash: 'identity' } }),
    ).toBeNull();
    expect(placementOver(named('directory'), step.now, key, 50).band).toBeNull();
    expect(placementOver(named('range'), step.now, key, 50).band).toBeNull();
    expect(movementOver(named('range'), step, key, 50).draws).toBe(1);
  });

  test('a fixed hash has a band over other keys, as wide as one over salts', () => {
    const preset = candidateWhere(
      ({ reproduces, traits, keyTypes }) =>
        reproduces !== undefined &&
        !traits.hashes &&
        !traits.ordered &&
        !traits.placesKnownKeys &&
        keyTypes.includes('text'),
    );
    const { band } = placementOver(preset, step.now, key, 200);
    expect(band).toMatchObject({ over: 'keys', draws: 200 });
    const salted = placementOver(named('jump'), step.now, key, 200).band;
    expect(Math.abs((band?.p50 ?? 0) / (salted?.p50 ?? 1) - 1)).toBeLessThan(0.1);
    expect(Math.abs((band?.p95 ?? 0) / (salted?.p95 ?? 1) - 1)).toBeLessThan(0.2);
  });

  test('the same draws give the same numbers', () => {
    expect(placementOver(named('ring'), step.now, key, 20)).toEqual(
      placementOver(named('ring'), step.now, key, 20),
    );
    expect(movementOver(named('ring'), step, key, 5)).toEqual(
      movementOver(named('ring'), step, key, 5),
    );
  });
});

test('movement is that of the step, its median near the optimum for a monotone router', () => {
  const moved = movementOver(named('jump'), step, key, 100);
  expect(moved).toMatchObject({ monotone: true, draws: 100 });
  expect(Math.abs(moved.keysMovedFraction.median - 0.2)).toBeLessThan(0.02);
  expect(moved.keysMovedFraction.min).toBeLessThan(moved.keysMovedFraction.median);
  expect(movementOver(named('mod'), step, key, 20)).toMatchObject({ monotone: false });
});

describe('refused, with the reason', () => {
  const reasonsOf = (candidate: RouterCandidate, keys: ComparedKey = key): string[] =>
    refusalReasons(candidate.spec, step, keys);

  test('a router that needs settings', () => {
    const needy = candidateWhere(({ settings }) => settings !== undefined);
    expect(reasonsOf(needy)).toEqual([expect.stringContaining('needs settings such as')]);
  });

  test('keys of a type that it does not take', () => {
    const few = candidateWhere(
      ({ keyTypes, settings }) => settings === undefined && !keyTypes.includes('text'),
    );
    expect(reasonsOf(few).join()).toMatch(/takes .* keys, not text/);
  });

  test('what only building it finds out', () => {
    const small = candidateWhere(({ name }) => name === 'slots', { parameter: 3 });
    expect(reasonsOf(small)).toEqual(['slots:3 has too few slots for 4 shards']);
  });

  test('nothing else', () => {
    const ids = Array.from({ length: 100 }, (_, i) => String(i));
    const integers = { ...key, known: { ...key.known, ...packKeys('int8', ids) } };
    expect(reasonsOf(named('jump'), integers)).toEqual([]);
  });
});

test('weights: a router that honours them is no worse for unequal shards', () => {
  const unequal: RouterTopology = { shardCount: 4, weights: [3, 1, 1, 1] };
  const honours = placementOver(named('slots'), unequal, key, 100).band?.p50 ?? 0;
  const ignores = placementOver(named('jump'), unequal, key, 100).band?.p50 ?? 0;
  expect(honours).toBeLessThan(ignores);
});
