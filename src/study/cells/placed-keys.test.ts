import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { allSteps } from '../../base/steps.ts';
import { keyWriteSteps, knownKeys } from '../../workload/key-usage.ts';
import { loadedTiny } from './fake-cell-runner-fixture.ts';
import { PlacedKeys } from './placed-keys.ts';

test('a key is made once for all routers, and again where it is split', () => {
  const loaded = loadedTiny(['a', 'b']);
  const { workload, plan, scenario } = loaded;
  const a = present(scenario.strategies[0], 'strategy');
  const b = present(scenario.strategies[1], 'second strategy');
  const keys = new PlacedKeys(loaded);
  expect(keys.of(a)).toBe(keys.of(b));
  expect(keys.of(a).known).toEqual(knownKeys(workload, a.key));
  expect(allSteps(keys.writes(a))).toBe(allSteps(keys.writes(b)));
  expect(allSteps(keys.writes(a))).toEqual(allSteps(keyWriteSteps(workload, plan, a.key, null)));
  const split = { ...a, split: { tenants: [], above: 0.05, by: 'event_id', over: 2 } };
  expect(keys.of(split).split).toMatchObject({ by: 'event_id', over: 2 });
  expect(keys.of(split).known).toBe(keys.of(a).known);
  expect(allSteps(keys.writes(split)).keys.count).toBeGreaterThan(
    allSteps(keys.writes(a)).keys.count,
  );
});
