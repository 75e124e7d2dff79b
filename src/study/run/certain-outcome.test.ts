import { describe, expect, test } from 'vitest';
import { tinyScenario } from '../../testing/tiny-scenario.ts';
import { certainlyNotValid } from './certain-outcome.ts';

describe('what is certain before a run', () => {
  const scenario = tinyScenario({ durationMs: 15_000 });

  test('830 operations are too few for a p99, and the window that would do is named', () => {
    const [text, ...others] = certainlyNotValid(scenario, 830);
    expect(others).toEqual([]);
    expect(text).toBe(
      'Every cell will be TOO-FEW-SAMPLES, which is not VALID: 830 operations are measured in ' +
        'each, and a p99 needs 1,000. Measure longer (--duration 20s), or at a higher rate.',
    );
  });

  test('1,000 may be enough, and what a closed loop does is known to the run only', () => {
    expect(certainlyNotValid(scenario, 1000)).toEqual([]);
    expect(certainlyNotValid(scenario, null)).toEqual([]);
  });

  test('a window without any operation is too short as well', () => {
    expect(certainlyNotValid(scenario, 0)[0]).toMatch(/: 0 operations are measured/);
  });

  test('more than one process can send is SATURATED or GENERATOR-BOUND, never VALID', () => {
    expect(certainlyNotValid(scenario, 15e9)[0]).toMatch(
      /^No cell can be VALID: 1,000,000,000 operations a second are offered, and the load/,
    );
    expect(certainlyNotValid(scenario, 15e6)).toEqual([]);
  });
});
