import { describe, expect, test } from 'vitest';
import {
  forkJoinOfTwo,
  harmonic,
  queueSystems,
  scatterResponse,
  waitRatio,
} from './queues.suite.ts';

// The full sizes run in `npm run bench:growth`; these are as many as a unit test can afford.
describe('mean wait as queueing theory has it', () => {
  test.each(
    queueSystems.flatMap((system) => [
      { system, name: system.name, load: 0.5, arrivals: 200_000, off: 0.02 },
      { system, name: system.name, load: 0.8, arrivals: 600_000, off: 0.04 },
    ]),
  )('$name at $load', async ({ system, load, arrivals, off }) => {
    const ratio = await waitRatio(system, { shards: 2, load, arrivals, seed: 1 });
    expect(Math.abs(ratio - 1)).toBeLessThan(off);
  });

  test('a wrong formula would be seen', async () => {
    const [markov, fixed] = queueSystems;
    if (markov === undefined || fixed === undefined) throw new Error('no systems');
    const run = { shards: 1, load: 0.5, arrivals: 50_000, seed: 1 };
    expect(await waitRatio({ ...markov, wait: fixed.wait }, run)).toBeGreaterThan(1.8);
  });
});

describe('the slowest of k', () => {
  test.each([2, 4, 16])('independent exponential times: H_k, k = %d', async (shards) => {
    // So little load that hardly any query waits.
    const run = { shards, load: 0.001, arrivals: 20_000, seed: 3 };
    const ratio = (await scatterResponse(run)) / harmonic(shards);
    // Waiting adds 0.1 % to the slower ones; four standard errors of the mean are below 2.5 %.
    expect(Math.abs(ratio - 1)).toBeLessThan(0.025);
  });

  test.each([0.5, 0.8])('two queues with common arrivals at load %f', async (load) => {
    const run = { shards: 2, load, arrivals: 400_000, seed: 5 };
    const ratio = (await scatterResponse(run)) / forkJoinOfTwo(load);
    expect(Math.abs(ratio - 1)).toBeLessThan(load > 0.6 ? 0.03 : 0.015);
  });
});
