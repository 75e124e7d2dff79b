import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { present } from '../src/base/assert.ts';
import { median } from '../src/base/statistics/quantile.ts';
import type { SyntheticMovement } from '../src/placement/synthetic-movement.ts';
import { topologiesAlong } from '../src/placement/topology-changes.ts';
import { countMovement, countMovements } from '../src/study/grow/count-movement.ts';
import { type InC, MovementInC, tablesInC } from './movement-in-c.bench.ts';

/**
 * Movement over synthetic key spaces, 4 -> 5 shards, beside the same loops in C on as many threads,
 * in turn. A part of `npm run bench:growth`.
 */
export interface MovementBenchSize {
  readonly keys: number;
  readonly rounds: number;
  /** Key spaces through jump, each in a process of its own: time and memory. */
  readonly growing: readonly [small: number, large: number];
}

export const fullMovement: MovementBenchSize = {
  keys: 10_000_000,
  rounds: 3,
  growing: [10_000_000, 100_000_000],
};

export interface MovementBenchRow {
  readonly what: string;
  readonly ours: number;
  readonly unit: 's' | 'MB' | 'x';
  /** The same loop in C; null where there is none to compare with. */
  readonly inC: number | null;
  /** Keys that change their shard: what proves that the work was done, and that C did the same. */
  readonly moved: number | null;
  /** What `ours` should not exceed; null: recorded only. */
  readonly atMost: number | null;
}

const [before, after] = topologiesAlong({ shardCount: 4, weights: [1, 1, 1, 1] }, [5]);
const path = [present(before, 'before'), present(after, 'after')] as const;
const kinds = ['mod', 'jump', 'ring', 'slots', 'range'] as const;

export async function benchMovement(
  size: MovementBenchSize,
  say: (line: string) => void,
): Promise<MovementBenchRow[]> {
  const program = await MovementInC.compile();
  if (program === null) say('no C compiler (gcc): our times stand alone');
  try {
    const rows: MovementBenchRow[] = [];
    for (const kind of kinds) {
      say(`movement: ${kind}`);
      // oxlint-disable-next-line no-await-in-loop -- they would share the cores
      rows.push(await routerRow(kind, size, program));
    }
    say('movement: all five');
    return [...rows, await allRow(rows, size), ...(await growingRows(size, say))];
  } finally {
    await program?.remove();
  }
}

/** All in one go, as a person who compares routers would; the sum of the loops in C beside it. */
async function allRow(
  rows: readonly MovementBenchRow[],
  { keys, rounds }: MovementBenchSize,
): Promise<MovementBenchRow> {
  const ms: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    // oxlint-disable-next-line no-await-in-loop -- they would share the cores
    await countMovements(kinds.map((kind) => requestOf(kind, keys)));
    ms.push(performance.now() - start);
  }
  const inC = rows.map((row) => row.inC ?? Number.NaN).reduce((sum, each) => sum + each, 0);
  return {
    what: `movement, ${keys} int8 keys, 4 -> 5, all five on ${availableParallelism()} cores`,
    unit: 's',
    ours: median(ms) / 1000,
    inC: Number.isNaN(inC) ? null : inC,
    moved: null,
    atMost: 4,
  };
}

async function routerRow(
  kind: InC['kind'],
  { keys, rounds }: MovementBenchSize,
  program: MovementInC | null,
): Promise<MovementBenchRow> {
  const tables = tablesInC(kind, ...path, keys);
  const shards = [path[0].shardCount, path[1].shardCount] as const;
  const ours: number[] = [];
  const theirs: number[] = [];
  let moved = 0;
  for (let round = 0; round < rounds; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- in turn: they would share the cores
    const counted = await timedCount(kind, keys);
    moved = counted.moved;
    ours.push(counted.ms);
    // oxlint-disable-next-line no-await-in-loop
    const inC = await program?.count(tables, shards, keys, availableParallelism());
    if (inC === undefined) continue;
    if (inC.moved !== moved) {
      throw new Error(`${kind}: ${moved} keys move, but ${inC.moved} by the same loop in C`);
    }
    theirs.push(inC.ms);
  }
  return {
    what: `movement, ${kind}`,
    unit: 's',
    ours: median(ours) / 1000,
    inC: theirs.length === 0 ? null : median(theirs) / 1000,
    moved,
    atMost: null,
  };
}

const requestOf = (router: string, keys: number): SyntheticMovement => ({
  spec: { router, parameter: null, hash: null, salt: '' },
  path,
  keys,
});

async function timedCount(router: string, keys: number) {
  const start = performance.now();
  const { steps } = await countMovement(requestOf(router, keys));
  const ms = performance.now() - start;
  const { flows } = present(steps[0], 'step').movement;
  return { ms, moved: flows.reduce((sum, flow) => sum + flow.keys, 0) };
}

const childReport = z.object({ ms: z.number(), moved: z.number(), maxRssMb: z.number() });

/** Time and memory of jump over a small and a large key space, each from a fresh process. */
async function growingRows(
  { growing: [small, large] }: MovementBenchSize,
  say: (line: string) => void,
): Promise<MovementBenchRow[]> {
  // Types are stripped beforehand, as they are in the package: stripping takes 40 MB.
  const cache = await mkdtemp(join(tmpdir(), 'shardlab-compiled-'));
  const run = async (keys: number) => {
    const file = fileURLToPath(new URL('./movement-count.bench.ts', import.meta.url));
    const env = { ...process.env, NODE_COMPILE_CACHE: cache };
    const { stdout } = await promisify(execFile)(process.execPath, [file, `${keys}`], { env });
    return childReport.parse(JSON.parse(stdout));
  };
  await run(1);
  say(`movement: jump over ${small} and ${large} keys`);
  const few = await run(small);
  const many = await run(large);
  await rm(cache, { recursive: true, force: true });
  const row = { inC: null, moved: null, atMost: null };
  const { ms: fewMs, moved: fewMoved } = few;
  const { ms: manyMs, moved: manyMoved } = many;
  return [
    { ...row, what: `jump over ${small} keys`, unit: 's', ours: fewMs / 1000, moved: fewMoved },
    { ...row, what: `jump over ${large} keys`, unit: 's', ours: manyMs / 1000, moved: manyMoved },
    // The start of the workers makes the small one look slower: below 1.
    {
      ...row,
      what: `time of a key among ${large}, of one among ${small}`,
      unit: 'x',
      ours: manyMs / large / (fewMs / small),
      atMost: 1.1,
    },
    { ...row, what: `largest memory, ${small} keys`, unit: 'MB', ours: few.maxRssMb },
    { ...row, what: `largest memory, ${large} keys`, unit: 'MB', ours: many.maxRssMb, atMost: 150 },
  ];
}

/** As the table of `npm run bench:growth` has rows. */
export function movementRow({ what, unit, ours, inC, moved, atMost }: MovementBenchRow) {
  const beside = inC === null ? '' : `, C -O2 ${inC.toPrecision(3)} (x ${(ours / inC).toFixed(1)})`;
  const work = moved === null ? '' : `, ${moved} moved`;
  return {
    what,
    reach: atMost === null ? 'recorded' : `<= ${atMost} ${unit}`,
    found: `${ours.toPrecision(3)} ${unit}${beside}${work}`,
    reached: atMost === null || ours <= atMost,
  };
}
