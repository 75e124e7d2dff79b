import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../base/statistics/normal.ts';
import { type Rng, rngFrom } from '../base/rng.ts';
import { driftOf } from './stationarity.ts';

const normal = (rng: Rng): number => normalQuantile(rng.double());

const noises: Readonly<Record<string, (rng: Rng) => number>> = {
  normal,
  'heavy-tailed': (rng) => {
    const z = normal(rng);
    return z * Math.exp(0.7 * Math.abs(z));
  },
  skewed: (rng) => Math.exp(normal(rng)) - Math.exp(0.5),
};

/** AR(1): each value keeps so much of the one before. */
function series(rng: Rng, length: number, keeps: number, noise: (rng: Rng) => number): number[] {
  let value = 0;
  for (let i = 0; i < 50; i += 1) value = keeps * value + noise(rng);
  return Array.from({ length }, () => {
    const now = value;
    value = keeps * value + noise(rng);
    return now;
  });
}

const options = { noiseFloor: 0.001, cycleParts: 1 };
const cases = Object.keys(noises).flatMap((noise) =>
  [30, 60].flatMap((parts) => [0, 0.3, 0.6, 0.7].map((keeps) => ({ noise, parts, keeps }))),
);

describe('A/A: series of noise that do not drift', () => {
  test.each(cases)('$noise, $parts parts, each keeps $keeps', ({ noise, parts, keeps }) => {
    const rng = rngFrom(11, `${noise} ${parts} ${keeps}`);
    const runs = 3000;
    let alarms = 0;
    for (let run = 0; run < runs; run += 1) {
      const values = series(rng, parts, keeps, noises[noise] ?? normal);
      if (driftOf(values, options) !== null) alarms += 1;
    }
    // Three series of each cell are tested, and 1 % of the cells may be called drifting by chance.
    expect(alarms / runs).toBeLessThanOrEqual(0.01 / 3 + 0.0015);
  });

  test('over whole cycles, whatever the cycle', () => {
    const rng = rngFrom(12, 'cycles');
    let alarms = 0;
    for (let run = 0; run < 3000; run += 1) {
      const values = series(rng, 60, 0.5, normal).map((value, i) => value + (i % 12 < 4 ? 30 : 0));
      if (driftOf(values, { noiseFloor: 0.001, cycleParts: 12 }) !== null) alarms += 1;
    }
    expect(alarms / 3000).toBeLessThanOrEqual(0.005);
  });
});

describe('what drifts is found', () => {
  const share = (parts: number, change: (i: number) => number): number => {
    const rng = rngFrom(13, `power ${parts}`);
    let found = 0;
    for (let run = 0; run < 500; run += 1) {
      const values = series(rng, parts, 0.3, normal).map((value, i) => value + change(i / parts));
      if (driftOf(values, options) !== null) found += 1;
    }
    return found / 500;
  };

  test('a step in the middle of the window', () => {
    expect(share(60, (at) => (at < 0.5 ? 0 : 5))).toBeGreaterThan(0.95);
    expect(share(30, (at) => (at < 0.5 ? 0 : 10))).toBeGreaterThan(0.9);
  });

  test('a steady climb, up or down', () => {
    expect(share(60, (at) => 12 * at)).toBeGreaterThan(0.95);
    expect(share(60, (at) => -12 * at)).toBeGreaterThan(0.95);
  });

  test('by its means: the first and the last third', () => {
    const ramp = Array.from({ length: 60 }, (_, i) => i);
    expect(driftOf(ramp, options)).toEqual({ first: 9.5, last: 49.5 });
    expect(driftOf(ramp.slice(0, 29), options)).toBeNull();
  });

  test('what comes back to where it was is no drift', () => {
    expect(share(60, (at) => (at > 1 / 3 && at < 2 / 3 ? 20 : 0))).toBeLessThan(0.02);
  });

  test('a climb under a cycle', () => {
    const cycle = (i: number): number => (i % 12 < 4 ? 30 : 0);
    const values = Array.from({ length: 60 }, (_, i) => cycle(i) + i / 3 + Math.sin(7 * i));
    expect(driftOf(values, { noiseFloor: 0.001, cycleParts: 12 })).not.toBeNull();
  });
});
