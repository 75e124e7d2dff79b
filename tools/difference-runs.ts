import { type Rng, rngFrom } from '../src/base/rng.ts';
import { quantileSorted } from '../src/base/statistics/quantile.ts';
import type { ComparedCell } from '../src/gate/differences/compared-pairs.ts';
import type { RepeatResult } from '../src/result/repeat.ts';
import type { Distribution } from '../src/result/types.ts';

/**
 * Runs whose cells are known to be alike, or to differ by so much, on a machine with known noise:
 * repeats of all cells take turns, and service times are drawn one by one.
 */

/** What disturbs a run; times are multiplied by the exponential of what it gives. */
export interface Noise {
  readonly name: string;
  readonly meaning: string;
  /** A machine, for one run of so many turns. */
  machine(rng: Rng, turns: number): Machine;
}

/** Called for each query in the order of time: its turn, and how much of the turn has passed. */
type Machine = (turn: number, passed: number) => number;

/** Operations that each cell runs: the logarithm's spread of their service times. */
const operations = [
  { name: 'place_order', medianMs: 0.8, spread: 0.5, queries: 200 },
  { name: 'recent_orders', medianMs: 1.6, spread: 0.35, queries: 100 },
] as const;

export const noises: readonly Noise[] = [
  {
    name: 'steady',
    meaning: 'nothing but the spread of service times',
    machine: () => () => 0,
  },
  {
    name: 'drift',
    meaning: 'slower by 50 % from the first turn to the last, evenly',
    machine: (_, turns) => (turn, passed) => (Math.log(1.5) * (turn + passed)) / turns,
  },
  wave('wave', 8, 60),
  wave('quick wave', 3, 8),
  {
    name: 'bursts',
    meaning: 'in one turn of five, twice to four times as slow for up to all of it',
    machine(rng, turns) {
      const bursts = Array.from({ length: turns }, () => {
        if (rng.double() >= 0.2) return { from: 1, to: 1, by: 0 };
        const from = rng.double();
        return { from, to: from + rng.double(), by: Math.log(2 + 2 * rng.double()) };
      });
      return (turn, passed) => {
        const burst = bursts[turn];
        return burst !== undefined && passed >= burst.from && passed < burst.to ? burst.by : 0;
      };
    },
  },
  {
    name: 'autocorrelated',
    meaning: 'AR(1) from query to query with 0.99, a standard deviation of 30 %, over all turns',
    machine(rng) {
      const normal = normals(rng);
      const step = 0.3 * Math.sqrt(1 - 0.99 ** 2);
      let state = 0.3 * normal();
      return () => {
        state = 0.99 * state + step * normal();
        return state;
      };
    },
  },
  {
    name: 'random walk',
    meaning: 'a step with a standard deviation of 5 % from turn to turn',
    machine(rng, turns) {
      const normal = normals(rng);
      const steps = walk(turns, () => 0.05 * normal());
      return (turn) => steps[turn] ?? 0;
    },
  },
  {
    name: 'spoilt turns',
    meaning: 'one turn in eight is slower by up to 80 % as a whole',
    machine(rng, turns) {
      const by = Array.from({ length: turns }, () =>
        rng.double() < 0.125 ? Math.log(1 + 0.8 * rng.double()) : 0,
      );
      return (turn) => by[turn] ?? 0;
    },
  },
];

function wave(name: string, shortest: number, longest: number): Noise {
  return {
    name,
    meaning: `up and down by 20 %, in ${shortest} to ${longest} turns`,
    machine(rng) {
      const period = shortest + (longest - shortest) * rng.double();
      const phase = 2 * Math.PI * rng.double();
      return (turn, passed) => 0.2 * Math.sin((2 * Math.PI * (turn + passed)) / period + phase);
    },
  };
}

/** How repeats take turns: the cells of each repeat, in order. */
type Turns = (rng: Rng, cells: number, repeats: number) => readonly (readonly number[])[];

export const turnOrders = {
  /** A B C, B C A, C A B, ... */
  rotated(rng, cells, repeats) {
    const first = shuffled(rng, cells);
    return Array.from({ length: repeats }, (_, by) =>
      first.map((_cell, i) => first[(i + by) % cells] ?? 0),
    );
  },
  /** Every repeat in an order of its own. */
  shuffled: (rng, cells, repeats) => Array.from({ length: repeats }, () => shuffled(rng, cells)),
} satisfies Record<string, Turns>;

export type TurnOrder = keyof typeof turnOrders;

function shuffled(rng: Rng, cells: number): number[] {
  const order = Array.from({ length: cells }, (_, cell) => ({ cell, key: rng.double() }));
  return order.toSorted((a, b) => a.key - b.key).map(({ cell }) => cell);
}

export interface SimulatedRun {
  readonly noise: Noise;
  readonly cells: number;
  readonly repeats: number;
  readonly turns: TurnOrder;
  /** The last cell's service times are this many times the others'. */
  readonly slower: number;
}

/** The cells of one run, as a document has them. */
export function simulatedRun(
  { noise, cells, repeats, turns, slower }: SimulatedRun,
  seed: number,
): ComparedCell[] {
  const rng = rngFrom(seed, `differences/${noise.name}/${cells}/${repeats}`);
  const machine = noise.machine(rng, cells * repeats);
  const normal = normals(rng);
  const measured: RepeatResult[][] = Array.from({ length: cells }, () => []);
  let turn = 0;
  for (const [repeat, order] of turnOrders[turns](rng, cells, repeats).entries()) {
    for (const cell of order) {
      const factor = cell === cells - 1 ? slower : 1;
      measured[cell]?.push(simulatedRepeat(normal, machine, { repeat, turn, factor }));
      turn += 1;
    }
  }
  return measured.map((own, cell) => ({
    strategy: `cell ${cell}`,
    shardCount: 4,
    router: 'jump',
    verdict: { status: 'VALID', reasons: [] },
    operations: [],
    repeats: own,
  }));
}

/** The queries of all operations mixed, as they would come. */
const sequence = operations
  .flatMap(({ queries }, operation) =>
    Array.from({ length: queries }, (_, i) => ({ operation, at: (i + 0.5) / queries })),
  )
  .toSorted((a, b) => a.at - b.at);

interface Turn {
  readonly repeat: number;
  readonly turn: number;
  readonly factor: number;
}

function simulatedRepeat(
  normal: () => number,
  machine: Machine,
  { repeat, turn, factor }: Turn,
): RepeatResult {
  const logs: number[][] = operations.map(() => []);
  for (const { operation, at } of sequence) {
    const known = operations[operation];
    if (known === undefined) continue;
    const level = Math.log(factor * known.medianMs);
    logs[operation]?.push(level + known.spread * normal() + machine(turn, at));
  }
  const whole = { ...medianAlone(logs.flat()), censored: false };
  return {
    repeat,
    turn,
    startedAt: new Date(0).toISOString(),
    durationMs: 1000,
    offeredQps: sequence.length,
    acceptedQps: sequence.length,
    responseMs: { ...whole, ok: whole },
    serviceMs: whole,
    operations: operations.map(({ name }, operation) => {
      const own = { ...medianAlone(logs[operation] ?? []), censored: false };
      return { operation: name, responseMs: { ...own, ok: own }, serviceMs: own };
    }),
    shards: [],
    machine: { foreignFraction: null, stealFraction: null },
  };
}

/** Of the times whose logarithms these are. */
function medianAlone(logs: readonly number[]): Distribution {
  const p50 = Math.exp(quantileSorted(Float64Array.from(logs).toSorted(), 0.5));
  const unknown = { p95: null, p99: null, p999: null, mean: null, max: null };
  return { p50, ...unknown, count: logs.length };
}

/** Box and Muller 1958 make two at a time. */
function normals(rng: Rng): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const [radius, angle] = [
      Math.sqrt(-2 * Math.log(1 - rng.double())),
      2 * Math.PI * rng.double(),
    ];
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

function walk(length: number, step: () => number): number[] {
  const places: number[] = [];
  let at = 0;
  for (let i = 0; i < length; i += 1) places.push((at += step()));
  return places;
}
