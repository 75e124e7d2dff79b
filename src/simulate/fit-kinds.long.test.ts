import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownFacts } from '../traffic/known-facts.ts';
import type { CellMetrics } from '../metrics/cell-metrics.ts';
import type { Simulation } from '../scenario/simulation-types.ts';
import { calibrate } from './calibration.ts';
import { phaseMetrics, simulateKnown } from './extrapolation.ts';
import { type Observation, shareOf } from './fit-kinds.ts';
import type { ObservedCell } from './observed-cell.ts';
import { rowWorld } from './row-world-fixture.ts';
import { present } from '../base/assert.ts';
import { worded } from '../wording/worded.ts';

const p50 = (cell: ObservedCell): number => cell.overall?.responseMs.p50 ?? 0;
const scanMs = (cell: ObservedCell): number =>
  cell.operations.find(({ operation }) => operation === 'count')?.responseMs.ok.p50 ?? 0;

/** The cell as this model has it. */
async function simulatedWith(
  simulation: Simulation,
  { routing, load }: Omit<Observation, 'cell'>,
): Promise<CellMetrics> {
  const own = { ...load, scenario: { ...load.scenario, simulation } };
  return phaseMetrics(await simulateKnown(routing, own), knownFacts(own, routing));
}

describe('a scan beside look-ups', () => {
  test.each([
    ['two shard counts', () => rowWorld(2)],
    ['two data sizes', () => rowWorld(4, 250)],
  ])('1 and 16 shards follow from 4 and another run: %s', async (_, another) => {
    const { simulation } = await calibrate(await rowWorld(4), [await another()]);
    const { scan } = simulation.operations.count ?? {};
    expect(scan?.share).toBeGreaterThan(0.7);
    expect(scan?.rows).toBe(250);
    for (const shards of [1, 16]) {
      const { cell, ...world } = await rowWorld(shards);
      const found = await simulatedWith(simulation, world);
      expect(found.verdict.status).toBe('VALID');
      expect(Math.abs(Math.log(p50(found) / p50(cell))), `${shards} p50`).toBeLessThan(
        Math.log(1.5),
      );
      expect(Math.abs(Math.log(scanMs(found) / scanMs(cell))), `${shards} scan`).toBeLessThan(
        Math.log(1.5),
      );
    }
  });

  test('from 4 shards alone 16 and 1 are EXTRAPOLATED with both answers, 4 VALID', async () => {
    const { simulation } = await calibrate(await rowWorld(4));
    expect(simulation.operations.count?.scan).toStrictEqual({ share: null, rows: 250 });
    const found = async (shards: number) =>
      (await simulatedWith(simulation, await rowWorld(shards))).verdict;
    expect(await found(4)).toMatchObject({ status: 'VALID' });
    for (const shards of [1, 16]) {
      const verdict = await found(shards);
      expect(verdict.status).toBe('EXTRAPOLATED');
      expect(present(verdict.reasons.map(worded)[0], 'reason').text).toMatch(
        new RegExp(
          '^It is not known whether the time of count follows the rows of the shard, ' +
            'because it was measured with only one number of rows, .* p50 is .* ms.*\\. If ' +
            'the time follows the rows, p50 is .* ms.*\\. Calibrate on two shard counts or ' +
            'two data sizes\\.$',
        ),
      );
    }
  });

  test('a look-up on all shards is found to be none', async () => {
    const count = { kind: 'lognormal', meanMs: 3, sigma: 0.3 } as const;
    const simulation = { ...(await rowWorld(4)).load.scenario.simulation, operations: { count } };
    const found = await calibrate(await rowWorld(4, 1000, simulation), [
      await rowWorld(1, 1000, simulation),
    ]);
    expect(found.simulation.operations.count?.scan?.share).toBeLessThan(0.1);
  });
});

describe('the part of a time that follows the rows', () => {
  test('is found where there is no error, wherever it was seen', () => {
    const fewer = fc.double({ min: 0.05, max: 0.8, noNaN: true });
    const more = fc.double({ min: 1.25, max: 20, noNaN: true });
    const times = fc.array(fc.oneof(fewer, more), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), times, (share, all) => {
        const points = all.map((at) => ({ at, took: 1 - share + share * at }));
        expect(shareOf(points)).toBeCloseTo(share, 9);
      }),
    );
  });

  test('is never below 0 or above 1, and 0 where nothing was seen', () => {
    expect(shareOf([{ at: 4, took: 0.5 }])).toBe(0);
    expect(shareOf([{ at: 4, took: 9 }])).toBe(1);
    expect(shareOf([])).toBe(0);
  });
});
