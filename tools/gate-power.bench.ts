import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startBusyCore } from '../src/bench/busy-core-fixture.ts';
import { timeRouters } from '../src/bench/paired-processes.ts';
import { copyTree, slowedTree } from '../src/bench/slowed-tree-fixture.ts';
import type { Side } from '../src/bench/timed-runs.ts';
import {
  type PowerCondition,
  powerConditions,
  type PowerRow,
  type PowerRun,
  powerRows,
} from './gate-power-summary.ts';
import { machineFacts } from '../src/host/environment.ts';
import { writeAtomically } from '../src/host/files.ts';
import { interruptible } from '../src/host/interrupt.ts';
import { powerMarkdown } from './gate-power-markdown.ts';

/**
 * How often the gate's timing is right: many gates of one router, in turn the same code twice, the
 * same with a busy second core, and code that is 10 % and 5 % slower by construction. Each gate is
 * appended to a file; starting again goes on. Run with `npm run bench:gate-power`; a small size
 * runs in the tests.
 */
export interface PowerSize {
  /** Of each condition. */
  readonly runs: number;
  readonly maxTimeMs: number;
}

const full: PowerSize = { runs: 100, maxTimeMs: 15_000 };

interface Trees {
  readonly base: Side;
  readonly heads: Readonly<Record<PowerCondition, Side>>;
}

/**
 * Trees of one run. No head's path is as long as the base's, and each run has other lengths: the
 * length of a path moves what is allocated after it, and with it how keys lie in the cache's lines.
 */
async function treesOf(folder: string, run: number): Promise<Trees> {
  await mkdir(folder);
  const longer = '-'.repeat(1 + ((5 * run) % 63));
  const same = await copyTree(join(folder, `head${longer}`));
  return {
    base: await copyTree(join(folder, 'base')),
    heads: {
      same,
      'same, busy core': same,
      '10 % slower': await slowedTree(join(folder, `tenth${longer}`), 1.1),
      '5 % slower': await slowedTree(join(folder, `half${longer}`), 1.05),
    },
  };
}

async function powerRun(
  condition: PowerCondition,
  run: number,
  all: Trees,
  maxTimeMs: number,
  signal: AbortSignal,
): Promise<PowerRun> {
  const startedAt = new Date().toISOString();
  const loadAverage = loadavg()[0] ?? 0;
  const busy = condition === 'same, busy core' ? startBusyCore() : null;
  try {
    const timing = await timeRouters({
      base: all.base,
      head: all.heads[condition],
      routers: [{ router: 'jump', files: null, hash: null, shards: 16 }],
      maxTimeMs,
      seed: 4 * run + powerConditions.indexOf(condition),
      onProgress: () => undefined,
      signal,
    });
    const [router] = timing.routers;
    if (router === undefined) throw new Error('no router was timed');
    return {
      condition,
      run,
      status: router.status,
      ratio: router.head?.ratio ?? null,
      low: router.head?.low ?? null,
      high: router.head?.high ?? null,
      controlRatio: router.control?.ratio ?? null,
      noise: router.noise,
      pairs: router.pairs,
      looks: timing.looks.taken.length,
      elapsedMs: timing.elapsedMs,
      startedAt,
      loadAverage: Math.round(100 * loadAverage) / 100,
    };
  } finally {
    await busy?.stop();
  }
}

/**
 * Runs what `file` does not have yet, the conditions in turn, so that a series that is interrupted
 * has as many of each. Gives all runs.
 */
export async function benchPower(
  size: PowerSize,
  file: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<PowerRun[]> {
  const runs = readRuns(file);
  const has = new Set(runs.map(({ condition, run }) => `${condition}/${run}`));
  const folder = await mkdtemp(join(tmpdir(), 'shardlab-gate-power-'));
  try {
    for (let run = 0; run < size.runs; run += 1) {
      const missing = powerConditions.filter((condition) => !has.has(`${condition}/${run}`));
      if (missing.length === 0) continue;
      const all = await treesOf(join(folder, String(run)), run);
      for (const condition of missing) {
        const done = await powerRun(condition, run, all, size.maxTimeMs, signal);
        if (signal.aborted) return runs;
        appendFileSync(file, `${JSON.stringify(done)}\n`);
        runs.push(done);
        const ratio = done.ratio?.toFixed(3) ?? 'none';
        const seconds = (done.elapsedMs / 1000).toFixed(1);
        say(`${run + 1} of ${size.runs}, ${condition}: ${done.status}, ${ratio} in ${seconds} s`);
      }
      await rm(join(folder, String(run)), { recursive: true });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return runs;
}

/** The runs of an earlier start. @throws where they are of other code, which would mix two gates */
function readRuns(file: string): PowerRun[] {
  const code = codeDigest();
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, `${JSON.stringify({ code })}\n`);
    return [];
  }
  const [first = '{}', ...lines] = readFileSync(file, 'utf8').split('\n');
  const of = JSON.parse(first) as { readonly code?: string };
  if (of.code !== code)
    throw new Error(`${file} has runs of other code: move it away to begin anew`);
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as PowerRun);
}

/** Of the sources that are timed and that time. */
function codeDigest(): string {
  const root = resolve(import.meta.dirname, '..', 'src');
  const digest = createHash('sha256');
  const files = globSync('{base,bench,gate,router}/**/*.ts', { cwd: root });
  for (const path of files.filter((each) => !each.includes('.test.')).toSorted()) {
    digest.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return digest.digest('hex').slice(0, 16);
}

async function main(): Promise<void> {
  const options = { runs: { type: 'string' }, out: { type: 'string' } } as const;
  const { values } = parseArgs({ options });
  const runs = values.runs === undefined ? full.runs : Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs ${values.runs} is no number`);
  const out = resolve(values.out ?? 'results/runs/gate-power');
  const log = resolve('results/runs/gate-power.jsonl');
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  const done = await interruptible((signal) => benchPower({ ...full, runs }, log, say, signal));
  const rows = powerRows(done);
  const machine = await machineFacts();
  const written = { machine, maxTimeMs: full.maxTimeMs, rows, runs: done };
  const markdown = powerMarkdown(rows, done, machine, full.maxTimeMs);
  mkdirSync(out, { recursive: true });
  await writeAtomically(join(out, 'gate-power.json'), `${JSON.stringify(written, null, 1)}\n`);
  await writeAtomically(join(out, 'gate-power.md'), markdown);
  process.stdout.write(markdown);
  if (rows.length === 0 || rows.some(({ reached }: PowerRow) => !reached)) process.exitCode = 4;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
