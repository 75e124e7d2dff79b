import { expect, test } from 'vitest';
import { faultsOf } from './faults-fixture.ts';
import { objectivesInput } from './objectives-input.ts';

const sound = `name: x
rate: 800/s
strategies: [{ key: tenant_id, router: jump }]
`;

test('what is asked, in units of the names; nothing where nothing stands', () => {
  expect(objectivesInput.parse({ p99: '50ms', capacity: '2.5x', months: 24 })).toEqual({
    p99Ms: 50,
    capacity: 2.5,
    months: 24,
  });
  expect(objectivesInput.parse(undefined)).toEqual({ p99Ms: null, capacity: null, months: null });
});

test('every malformed one is told, each with its place', () => {
  expect(faultsOf(`${sound}objectives: { p99: 50, capacity: 0.5x, months: 2.5 }\n`)).toEqual([
    '4:20: objectives.p99: found 50; allowed: a duration with its unit, such as 500ms, 15s, 2m ' +
      'or 1h, above zero',
    '4:34: objectives.capacity: found "0.5x"; allowed: times the load of today, such as 2x, from ' +
      '1x to 1000x',
    '4:48: objectives.months: found 2.5; allowed: a number of months from 1 to 600',
  ]);
  expect(faultsOf(`${sound}objectives: { capacity: 2000x, latency: 5ms }\n`)).toEqual([
    '4:25: objectives.capacity: found "2000x"; allowed: at most 1000x',
    expect.stringContaining('4:32: objectives.latency: '),
  ]);
});

test('those that contradict the rest of the scenario are told as well', () => {
  const text = `${sound}growth: { lead: 6, horizon: 60 }\nlimits: { timeout: 40ms }\n`;
  expect(faultsOf(`${text}objectives: { p99: 50ms, months: 72 }\n`)).toEqual([
    '6:20: objectives.p99: found "50ms"; allowed: less than 40ms (limits.timeout), after which ' +
      'an operation has failed',
    '6:34: objectives.months: found 72; allowed: up to 60 (growth.horizon): later months are ' +
      'not predicted',
  ]);
  expect(faultsOf(`${text}objectives: { months: 3 }\n`)).toEqual([
    '6:23: objectives.months: found 3; allowed: from 6 on (growth.lead): before that nothing can ' +
      'stand',
  ]);
  expect(faultsOf(`${text}objectives: { p99: 30ms, months: 60 }\n`)).toEqual([]);
});
