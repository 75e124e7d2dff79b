import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildRouter } from '../router/build-router.ts';
import type { ServiceTime } from '../scenario/simulation-types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { routePlan } from '../traffic/route-plan.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { buildWorkload } from '../workload/workload.ts';
import { simulationAt } from './capacity-times.ts';
import { responseTail } from './response-tail.ts';
import { serviceMeanNs } from './service-time.ts';

const work = [{ name: 'recent', share: 1, cost: 1, factor: 1 }];

/** Reads of even tenants, each on its shard, of which every one takes 1,000 a second. */
function tailOf(shards: number, qps: number, service: ServiceTime, arrivals = 60_000) {
  const { operations, simulation } = tinyScenario();
  const scenario = tinyScenario({
    operations: operations.filter(({ name }) => name === 'recent'),
    tenants: { distribution: 'uniform', count: 256 * shards, idType: 'int8' },
  });
  const workload = buildWorkload(scenario, null);
  const known = knownKeys(workload, 'tenant_id');
  const spec = { router: 'mod', parameter: null, hash: 'identity', salt: '' };
  const topology = { shardCount: shards, weights: Array.from({ length: shards }, () => 1) };
  const router = buildRouter(spec, topology, 'int8', known);
  return responseTail({
    workload,
    phase: {
      name: 'test',
      durationMs: (1000 * arrivals) / qps,
      arrivals: { process: 'poisson', ratePerSecond: qps },
      firstNewRow: workload.rows.count,
    },
    plan: routePlan(workload, router, 'tenant_id'),
    simulation: simulationAt({ ...simulation, service }, work, 1000),
    seed: 1,
    connectionsPerShard: 1000,
    quotaCpu: null,
  });
}

const millisecond: ServiceTime = { kind: 'exponential', meanMs: 1 };

describe('p99 of shards whose capacity is stated', () => {
  // M/M/1: the response time is exponential with the rate mu - lambda.
  test.each([
    [1, 500],
    [1, 800],
    [4, 2000],
  ])('%i of them at %i operations/s are queues of theory', async (shards, qps) => {
    const { p99Ms, usedFraction } = await tailOf(shards, qps, millisecond);
    const theoryMs = (1000 * Math.log(100)) / (1000 - qps / shards);
    expect(Math.abs((p99Ms ?? 0) / theoryMs - 1)).toBeLessThan(0.1);
    expect(usedFraction).toBeGreaterThan(qps / shards / 1000 - 0.02);
    expect(usedFraction).toBeLessThan(qps / shards / 1000 + 0.05);
  });

  test('a shard that gets more than it takes has none, however short the time', async () => {
    const { p99Ms, usedFraction } = await tailOf(1, 1200, millisecond, 6000);
    expect(p99Ms).toBeNull();
    expect(usedFraction).toBeGreaterThan(1.1);
  });

  test('nor has one of too few operations', async () => {
    const { p99Ms, usedFraction } = await tailOf(1, 500, millisecond, 500);
    expect(p99Ms).toBeNull();
    expect(usedFraction).toBeLessThan(1);
  });

  test('times of a tenth of what the capacity says make a shard of one server slower', async () => {
    // At 0.1 ms no whole server is needed: one takes it all, in 1 ms each.
    const fast = await tailOf(1, 500, { kind: 'exponential', meanMs: 0.1 });
    expect(fast).toEqual(await tailOf(1, 500, millisecond));
  });

  test('and longer ones give it more servers, of which each is as slow as they say', async () => {
    // 8 ms and 1,000/s: eight servers, of which hardly any query waits at half the load.
    const { p99Ms } = await tailOf(1, 500, { kind: 'exponential', meanMs: 8 });
    expect(Math.abs((p99Ms ?? 0) / (8 * Math.log(100)) - 1)).toBeLessThan(0.1);
  });
});

test('servers over the mean time are the capacity, whatever times, costs and shares are', () => {
  const one = fc.record({
    meanMs: fc.double({ min: 0.01, max: 50, noNaN: true }),
    cost: fc.double({ min: 0.1, max: 10, noNaN: true }),
    weight: fc.integer({ min: 1, max: 100 }),
  });
  const asked = fc.tuple(
    fc.array(one, { minLength: 1, maxLength: 5 }),
    fc.integer({ min: 1, max: 1e5 }),
  );
  fc.assert(
    fc.property(asked, ([all, capacityQps]) => {
      const total = all.reduce((sum, { weight }) => sum + weight, 0);
      const mean = all.reduce((sum, { weight, cost }) => sum + weight * cost, 0) / total;
      const mix = all.map(({ weight, cost }, index) => {
        return { name: `o${index}`, share: weight / total, cost: cost / mean, factor: 1 };
      });
      const operations = Object.fromEntries(
        all.map(({ meanMs }, index) => [`o${index}`, { kind: 'exponential', meanMs } as const]),
      );
      const base = tinyScenario().simulation;
      const made = simulationAt({ ...base, operations }, mix, capacityQps);
      const meanNs = mix.reduce((sum, { name, share }) => {
        return sum + share * serviceMeanNs(made.operations[name] ?? made.service);
      }, 0);
      expect((made.servers * 1e9) / meanNs / capacityQps).toBeCloseTo(1, 9);
    }),
  );
});
