import { expect, test } from 'vitest';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { withObjectives } from './asked-objectives.ts';

test('the command line goes before the scenario, each objective by itself', () => {
  const scenario = tinyScenario({ objectives: { p99Ms: 80, capacity: 3, months: null } });
  expect(withObjectives(scenario, ['p99=50ms', 'months = 24']).objectives).toEqual({
    p99Ms: 50,
    capacity: 3,
    months: 24,
  });
  expect(withObjectives(scenario, [])).toEqual(scenario);
});

test('all that is wrong is said at once', () => {
  const texts = ['p99=fast', 'capacity=0.5x', 'months=0', 'cost=3', 'months=12', 'months=200'];
  const [first = '', ...rest] = messageOf(() => withObjectives(tinyScenario(), texts)).split('\n');
  expect(first).toMatch(/^--objective p99: found "fast"; allowed: a duration with its unit/);
  expect(rest).toEqual([
    '--objective capacity: found "0.5x"; allowed: times the load of today, such as 2x, from 1x ' +
      'to 1000x',
    '--objective months: found "0"; allowed: a number of months from 1 to 600',
    '--objective: found "cost=3"; allowed: p99=50ms, capacity=2x or months=24, each with a ' +
      'value of your own',
    '--objective months=200: it is given twice',
    '--objective months=200; allowed: up to 120 (growth.horizon): later months are not ' +
      'predicted',
  ]);
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was thrown';
}
