import { expect, test } from 'vitest';
import { allSteps } from '../../base/steps.ts';
import type { CapacityDocument } from '../../result/capacity-document.ts';
import type { Operation } from '../../scenario/types.ts';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { visitArrivals } from '../../workload/arrivals.ts';
import { measurePhase } from '../../workload/phases.ts';
import { routingSteps } from '../cells/cell-routing.ts';
import { cellSpecs } from '../cells/cell-specs.ts';
import { PlacedKeys } from '../cells/placed-keys.ts';
import { limitMs, queueCapacity, queueScenario } from './queue-capacity.suite.ts';
import { drawnTiny, simulatedSearch } from './simulated-search-fixture.ts';

const asked = { objective: [`p(99)<${limitMs}ms`] };

function sustainedOf({ strategies }: CapacityDocument, name: string): number {
  const found = strategies.find(({ strategy }) => strategy === name);
  expect(found?.status).toBe('found');
  return found?.sustainedQps ?? 0;
}

test('the closed form itself: of one server it is mu - ln(100) / limit', () => {
  expect(queueCapacity(1)).toBeCloseTo(1000 - (Math.log(100) / limitMs) * 1000, 3);
  expect(queueCapacity(8)).toBeGreaterThan(7800);
});

test.each([1, 2])(
  'ten searches of M/M/%i are within a tenth of the closed form, and agree',
  async (servers) => {
    const found: number[] = [];
    for (let seed = 1; seed <= 10; seed += 1) {
      const { document } = await simulatedSearch({ scenario: queueScenario(servers, seed), asked });
      found.push(sustainedOf(document, 'single'));
    }
    const capacity = queueCapacity(servers);
    for (const rate of found) expect(Math.abs(rate / capacity - 1)).toBeLessThan(0.1);
    const inOrder = found.toSorted((a, b) => a - b);
    const spread = (inOrder[9] ?? 0) - (inOrder[0] ?? 0);
    expect(spread / (inOrder[5] ?? 1)).toBeLessThanOrEqual(0.15);
  },
  60_000,
);

/** 90 % by the tenant and so on one shard, 10 % on all of them. */
const weighed = (operation: Operation, index: number): Operation => ({
  ...operation,
  weight: [50, 40, 10][index] ?? 0,
});

test('four shards follow C / max_j sum_o share_o P(o touches j) cost_o within 15 %', async () => {
  const { operations } = tinyScenario();
  const strategy = {
    key: 'tenant_id',
    router: 'jump',
    parameter: null,
    hash: 'xxh64',
    salt: '',
    name: 'tenant_id/jump',
  } as const;
  const scenario = {
    ...queueScenario(1, 5),
    strategies: [strategy],
    topology: { shards: 4, weights: [1, 1, 1, 1], urls: [], quota: null },
    operations: operations.map(weighed),
  };
  const { document } = await simulatedSearch({ scenario, asked });
  const single = sustainedOf(document, 'single');
  const sharded = sustainedOf(document, 'tenant_id/jump');

  const { loaded } = drawnTiny({ scenario, asked });
  const [, spec] = cellSpecs(loaded.scenario);
  if (spec === undefined) throw new Error('no strategy');
  const { shardOf } = allSteps(routingSteps(spec, loaded, new PlacedKeys(loaded)));
  const touches = [0, 0, 0, 0];
  const phase = measurePhase(loaded.workload, loaded.plan.measure.firstNewRow);
  const { arrivals } = visitArrivals(loaded.workload, phase, (_, tenant, operation, row) => {
    const shards = operation === 2 ? [0, 1, 2, 3] : [shardOf(tenant, row)];
    for (const shard of shards) touches[shard] = (touches[shard] ?? 0) + 1;
  });
  const most = Math.max(...touches);
  expect(document.strategies[1]?.limitedBy).toMatchObject({
    kind: 'shard',
    shard: touches.indexOf(most),
  });
  const expected = single / (most / arrivals);
  expect(Math.abs(sharded / expected - 1)).toBeLessThan(0.15);
  // Far from what four shards would take if all had the same.
  expect(sharded).toBeLessThan(3 * single);
}, 60_000);
