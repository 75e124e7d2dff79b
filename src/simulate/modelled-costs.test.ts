import { expect, test } from 'vitest';
import type { OperationCost } from '../scenario/growth-types.ts';
import type { Scenario } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { buildWorkload } from '../workload/workload.ts';
import { modelledCosts } from './modelled-costs.ts';

/**
 * 50 adds and 40 recent of 1 ms, and 10 counts of 6 ms on 250 rows of 1,000, of which a half
 * follows them.
 */
function scenarioWith(given: readonly OperationCost[] = []): Scenario {
  const scenario = tinyScenario();
  return {
    ...scenario,
    capacity: { ...scenario.capacity, operations: given },
    simulation: {
      ...scenario.simulation,
      service: { kind: 'constant', ms: 1 },
      operations: { count: { kind: 'exponential', meanMs: 6, scan: { share: 0.6, rows: 250 } } },
    },
  };
}

const costsOf = (scenario: Scenario): readonly OperationCost[] =>
  modelledCosts(scenario, buildWorkload(scenario, null));

test('the means of the service times where everything is on one database', () => {
  // 6 x (0.4 + 0.6 x 4) = 16.8 ms on all 1,000 rows; the mean of the mix is 0.9 + 1.68 = 2.58 ms.
  const [add, recent, count] = costsOf(scenarioWith());
  expect(add?.cost).toBeCloseTo(1 / 2.58, 9);
  expect(recent?.cost).toBeCloseTo(1 / 2.58, 9);
  expect(count?.cost).toBeCloseTo(16.8 / 2.58, 9);
  expect([add?.scan, count?.scan]).toEqual([false, true]);
});

test('what the scenario gives stays, and the others are relative to each other', () => {
  const given: OperationCost = { name: 'count', cost: 20, scan: false };
  const [add, recent, count] = costsOf(scenarioWith([given]));
  expect([add?.cost, recent?.cost]).toEqual([1, 1]);
  expect(count).toBe(given);
});
