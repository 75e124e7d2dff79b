import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { median } from '../base/statistics/quantile.ts';
import { parseRunResult } from '../result/parse.ts';
import type { Cell } from '../result/types.ts';
import { simulationDefaults } from '../scenario/defaults.ts';
import type { Simulation, Stalls } from '../scenario/simulation-types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { calibrate } from './calibration.ts';
import { sharedSigma, unexplainedSigma } from './fit-stalls.ts';
import { rowWorld } from './row-world-fixture.ts';
import { SharedStalls } from './shared-stalls.ts';

const windowNs = 60e9;
const often: Stalls = { sigma: 0, stops: { everyMs: 100, lastsMs: 50 } };

describe('stops of all shards', () => {
  test('work goes on after them, and takes as long as it would', () => {
    const stalls = new SharedStalls(often, windowNs, 7);
    const time = fc.integer({ min: 0, max: 59e9 });
    fc.assert(
      fc.property(time, fc.integer({ min: 1, max: 2e9 }), (nowNs, workNs) => {
        const startNs = stalls.resumeNs(nowNs);
        expect(stalls.resumeNs(startNs)).toBe(startNs);
        expect(startNs - nowNs).toBeLessThanOrEqual(50e6);
        const doneNs = stalls.endNs(startNs, startNs + workNs);
        const stopped = doneNs - startNs - workNs;
        // Whole stops, and done where shards work.
        expect(stopped % 50e6).toBe(0);
        expect(stopped).toBeGreaterThanOrEqual(0);
        // Done a nanosecond later is done a nanosecond later, or after the stop between the two.
        const later = stalls.endNs(startNs, startNs + workNs + 1) - doneNs;
        expect([1, 50e6 + 1]).toContain(later);
      }),
    );
  });

  test('come as often as they should: a third of the time at 100 ms and 50 ms', () => {
    const stalls = new SharedStalls(often, 600e9, 3);
    let stopped = 0;
    for (let ms = 0; ms < 600_000; ms += 5) if (stalls.resumeNs(ms * 1e6) > ms * 1e6) stopped += 1;
    expect(stopped / 120_000).toBeCloseTo(1 / 3, 1);
  });

  test('the same seed, the same stops and seconds', () => {
    const [a, b, other] = [7, 7, 8].map((seed) => {
      const stalls = new SharedStalls({ ...often, sigma: 0.2 }, windowNs, seed);
      return Array.from({ length: 600 }, (_, i) => [
        stalls.factorAt(i * 1e8),
        stalls.resumeNs(i * 1e8),
      ]);
    });
    expect(a).toEqual(b);
    expect(a).not.toEqual(other);
  });
});

const service = (sigma: number): Simulation => ({
  ...tinyScenario().simulation,
  servers: 8,
  service: { kind: 'lognormal', meanMs: 0.3, sigma },
});
const shared = (sigma: number, stalls: number): Simulation => ({
  ...service(sigma),
  stalls: { sigma: stalls, stops: null },
});
const shardsOf = async (simulation: Simulation): Promise<Cell['shards']> =>
  (await rowWorld(4, 1000, simulation)).cell.shards;

describe('seconds that are slow on all shards', () => {
  test('what the model has in common is what is measured of it; nothing without it', async () => {
    const without = present(sharedSigma(await shardsOf(service(0.3))), 'sigma');
    expect(without).toBeLessThan(0.03);
    const found = present(sharedSigma(await shardsOf(shared(0.3, 0.2))), 'sigma');
    // The standard deviation of 30 draws has one of 13 %.
    expect(found / 0.2).toBeGreaterThan(0.65);
    expect(found / 0.2).toBeLessThan(1.35);
  });

  test('are found by calibrating, and are not where there are none', async () => {
    const measured = await rowWorld(4, 1000, shared(0.3, 0.2));
    const { simulation } = await calibrate(measured);
    const sigma = simulation.stalls?.sigma ?? 0;
    expect(sigma / present(sharedSigma(measured.cell.shards), 'measured')).toBeCloseTo(1, 1);
    const other = await calibrate(await rowWorld(4, 1000, service(0.3)));
    expect(other.simulation.stalls?.sigma ?? 0).toBeLessThan(0.05);
  });

  test('the slowest shard is less slow than if each had bad seconds of its own', async () => {
    // The same times of single queries: 0.3 ^ 2 + 0.8 ^ 2 = 0.854 ^ 2.
    const scatter = async (simulation: Simulation) =>
      (await rowWorld(16, 1000, simulation)).cell.fanOut?.scatterMs.p95 ?? 0;
    const together = await scatter(shared(0.3, 0.8));
    const apart = await scatter(service(Math.hypot(0.3, 0.8)));
    expect(together).toBeLessThan(0.85 * apart);
  });

  test('the default is what cells of the committed run of the quickstart have in common', () => {
    const path = new URL('../../results/baseline/quickstart/result.json', import.meta.url);
    const { cells } = parseRunResult(readFileSync(path, 'utf8'), 'baseline');
    const found = cells.flatMap(({ shards }) => sharedSigma(shards) ?? []);
    expect(found).toHaveLength(cells.length - 1);
    // 0.06 to 0.11 here, 0.05 to 0.15 in a run of a day before.
    expect(simulationDefaults.stallSigma).toBeGreaterThan(median(found));
    expect(simulationDefaults.stallSigma).toBeLessThan(Math.max(...found));
  });

  test('sigma by the covariance of shards: known answer', () => {
    const [shard] = [{ ...({} as Cell['shards'][number]) }];
    const row = (second: number, ms: number | null) => ({ second, responseMsP50: ms });
    const withTimes = (times: readonly (number | null)[]) =>
      ({ ...shard, series: times.map((ms, second) => row(second, ms)) }) as Cell['shards'][number];
    const common = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const of = (own: number) => withTimes(common.map((sign) => Math.exp(own + 0.1 * sign)));
    // Ten values of +-0.1: the covariance is 0.1 / 9.
    expect(sharedSigma([of(0), of(1), of(2)])).toBeCloseTo(Math.sqrt(0.1 / 9), 12);
    expect(sharedSigma([of(0)])).toBeNull();
    expect(sharedSigma([of(0), withTimes(common.slice(1))])).toBeNull();
    expect(sharedSigma([of(0), withTimes(common.map(() => null))])).toBeNull();
    expect(unexplainedSigma(0.5, 0.3)).toBeCloseTo(0.4, 12);
    expect(unexplainedSigma(0.3, 0.5)).toBe(0);
    expect(unexplainedSigma(0.55, 0.5)).toBe(0);
    expect(unexplainedSigma(null, 0.5)).toBeNull();
  });
});
