import { present } from '../base/assert.ts';
import { type Rng, rngFrom } from '../base/rng.ts';
import type { ComparedRun, ComparedSide } from '../gate/comparison/sides.ts';
import type { Cell, RunResult } from '../result/types.ts';
import { sampleResult } from './sample-result.ts';

/** Runs of one scenario whose difference is known; figures are made up, never for claims. */

export interface SampleRuns {
  readonly runs: number;
  /** Standard deviation of the logarithm of a run's times: what makes a whole run slow. */
  readonly betweenRuns?: number;
  /** The same of each operation and strategy by itself. */
  readonly within?: number;
  /** Times of one operation of one strategy on side b, in so many times those of side a. */
  readonly slower?: { readonly strategy: string; readonly operation: string; readonly by: number };
  readonly seed?: number;
  /** Whose first result stands for all; absent: one that is made anew. */
  readonly of?: ComparedSide;
}

type Scale = (operation: string) => number;

/** Times of its operations, and what follows from them, so many times as long. */
export function slowed(cell: Cell, scale: Scale): Cell {
  return {
    ...cell,
    operations: cell.operations.map((each) => ({
      ...each,
      ...(each.serviceMs !== undefined && {
        serviceMs: { ...each.serviceMs, p50: times(each.serviceMs.p50, scale(each.operation)) },
      }),
      responseMs: {
        ...each.responseMs,
        p50: times(each.responseMs.p50, scale(each.operation)),
      },
    })),
  };
}

const times = (value: number | null, factor: number): number | null =>
  value === null ? null : value * factor;

/** Two strategies are enough. */
function smallResult(): RunResult {
  const whole = sampleResult();
  return { ...whole, cells: whole.cells.slice(1, 3) };
}

/** Sides a and b, in turns: A B, B A, A B, ... */
export function alternatingSides(wanted: SampleRuns): readonly [ComparedSide, ComparedSide] {
  const { runs, betweenRuns = 0.15, within = 0.02, slower, seed = 1, of: like } = wanted;
  const rng = rngFrom(seed, 'sample runs');
  const sides = { a: [] as ComparedRun[], b: [] as ComparedRun[] };
  const result = like?.runs[0]?.result ?? smallResult();
  for (let turn = 0; turn < 2 * runs; turn += 1) {
    // The machine is as fast for both runs of a pair, but for a little.
    const pair = Math.floor(turn / 2);
    const machine = normal(rngFrom(seed, `machine ${pair}`)) * betweenRuns;
    const side = [0, 3].includes(turn % 4) ? 'a' : 'b';
    const cells = result.cells.map((cell) =>
      slowed(cell, (operation) => {
        const isSlower =
          side === 'b' && cell.strategy === slower?.strategy && operation === slower.operation;
        const by = isSlower ? present(slower, 'slower').by : 1;
        return by * Math.exp(machine + within * normal(rng));
      }),
    );
    const startedAt = new Date(Date.UTC(2026, 10, 21) + turn * 60_000).toISOString();
    sides[side].push({ file: `${side}/${pair + 1}`, result: { ...result, startedAt, cells } });
  }
  const of = (side: 'a' | 'b'): ComparedSide => ({
    side,
    given: side,
    commit: null,
    runs: sides[side],
  });
  return [of('a'), of('b')];
}

/** Box and Muller. */
const normal = (rng: Rng): number =>
  Math.sqrt(-2 * Math.log(1 - rng.double())) * Math.cos(2 * Math.PI * rng.double());
