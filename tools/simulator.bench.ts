import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert } from '../src/base/assert.ts';
import {
  forkJoinOfTwo,
  harmonic,
  type QueueSystem,
  queueSystems,
  runQueue,
  scatterResponse,
  waitRatio,
} from '../src/simulate/queues.suite.ts';
import { runProgram } from '../src/commands/program.ts';
import { placeOrder, recentOrders } from './shop-operations.ts';

/** How large the simulator's part of `npm run bench:growth` is. */
export interface SimulatorSize {
  /** Arrivals of the row that counts how many there are a second. */
  readonly arrivals: number;
  readonly whole: { readonly tenants: number; readonly shards: number; readonly arrivals: number };
  /** Arrivals at each load. */
  readonly theory: readonly { readonly load: number; readonly arrivals: number }[];
  readonly scatters: number;
}

export const fullSimulator: SimulatorSize = {
  arrivals: 10_000_000,
  whole: { tenants: 1_000_000, shards: 1000, arrivals: 10_000_000 },
  theory: [
    { load: 0.5, arrivals: 4_000_000 },
    { load: 0.8, arrivals: 10_000_000 },
    { load: 0.95, arrivals: 40_000_000 },
  ],
  scatters: 1_000_000,
};

export interface SimulatorRow {
  readonly what: string;
  readonly reach: string;
  readonly found: string;
  readonly reached: boolean;
}

const seed = 1;

/** Times are those of this thread's CPU, so that what else the machine does counts for less. */
export async function benchSimulator(
  size: SimulatorSize,
  say: (line: string) => void,
): Promise<SimulatorRow[]> {
  const rows = [await throughput(size.arrivals), wholeProgram(size.whole)];
  for (const { load, arrivals } of size.theory) {
    for (const system of queueSystems) {
      say(`${system.name} at ${load}`);
      rows.push(await wait(system, load, arrivals));
    }
  }
  for (const shards of [2, 8, 64]) rows.push(await slowest(shards, size.scatters));
  for (const { load, arrivals } of size.theory) rows.push(await forkJoin(load, arrivals / 4));
  return rows;
}

async function throughput(arrivals: number): Promise<SimulatorRow> {
  const [system] = queueSystems;
  assert(system !== undefined, 'a system');
  const run = { shards: 16, load: 0.5, seed };
  await runQueue(system, { ...run, arrivals: arrivals / 10 });
  const before = process.threadCpuUsage();
  const recorder = await runQueue(system, { ...run, arrivals });
  const { user, system: kernel } = process.threadCpuUsage(before);
  const perSecond = recorder.arrivals / ((user + kernel) / 1e6);
  return {
    what: 'single-shard arrivals a second, 16 shards, one core',
    reach: '>= 2 million',
    found: `${(perSecond / 1e6).toFixed(2)} million`,
    reached: perSecond >= 2e6,
  };
}

/** `shardlab simulate` in a process of its own, from reading the scenario to the last report. */
function wholeProgram({ tenants, shards, arrivals }: SimulatorSize['whole']): SimulatorRow {
  const folder = mkdtempSync(join(tmpdir(), 'shardlab-bench-'));
  try {
    const scenario = join(folder, 'whole.yaml');
    const seconds = 50;
    writeFileSync(
      scenario,
      `name: whole
rate: ${arrivals / seconds}/s
duration: ${seconds}s
warmup: 0s
tenants: { zipf: 0.8, count: ${tenants} }
data: { total: ${Math.ceil((tenants * 512) / 2 ** 20)}MB }
topology: { shards: ${shards} }
baseline: false
operations:
${placeOrder(60)}
${recentOrders(40)}
strategies: [{ key: tenant_id, router: jump }]
`,
    );
    const program = [fileURLToPath(import.meta.url), '--whole', scenario, join(folder, 'out')];
    const child = spawnSync(process.execPath, program, { encoding: 'utf8' });
    assert(child.status === 0, `the simulation ended with ${child.status}: ${child.stderr}`);
    const { ms, cpuMs, peakMb } = JSON.parse(child.stdout) as Record<
      'ms' | 'cpuMs' | 'peakMb',
      number
    >;
    return {
      what:
        `shardlab simulate: ${tenants} tenants, ${shards} shards, ${arrivals} arrivals, ` +
        'reports included',
      reach: '<= 15 s, <= 500 MB',
      found:
        `${(ms / 1000).toFixed(1)} s (CPU ${(cpuMs / 1000).toFixed(1)} s), ` +
        `${peakMb.toFixed(0)} MB`,
      reached: ms <= 15_000 && peakMb <= 500,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the child process does: runs the program and says what it took. */
async function runWhole(scenario: string, out: string): Promise<void> {
  const startMs = performance.now();
  const silent = { write: () => true, on: () => silent, isTTY: false };
  const streams = {
    stdin: process.stdin,
    stdout: silent as unknown as NodeJS.WriteStream,
    stderr: silent as unknown as NodeJS.WriteStream,
    environment: process.env,
  };
  const argv = ['node', 'shardlab', 'simulate', scenario, '--out', out];
  const exitCode = await runProgram(argv, streams);
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const ms = performance.now() - startMs;
  const figures = { ms, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 };
  process.stdout.write(JSON.stringify(figures));
  // 5: the few arrivals of a small size are too few for a p99.
  process.exitCode = exitCode === 5 ? 0 : exitCode;
}

async function wait(system: QueueSystem, load: number, arrivals: number): Promise<SimulatorRow> {
  const ratio = await waitRatio(system, { shards: 1, load, arrivals, seed });
  return againstTheory(`${system.name} at ${load}: mean wait`, arrivals, ratio);
}

async function slowest(shards: number, arrivals: number): Promise<SimulatorRow> {
  const ratio =
    (await scatterResponse({ shards, load: 0.0005, arrivals, seed })) / harmonic(shards);
  return againstTheory(`slowest of ${shards} exponential times`, arrivals, ratio);
}

async function forkJoin(load: number, arrivals: number): Promise<SimulatorRow> {
  const ratio = (await scatterResponse({ shards: 2, load, arrivals, seed })) / forkJoinOfTwo(load);
  return againstTheory(`slower of two queues with common arrivals at ${load}`, arrivals, ratio);
}

function againstTheory(what: string, arrivals: number, ratio: number): SimulatorRow {
  return {
    what: `${what} / theory, ${arrivals} arrivals`,
    reach: 'within 2 %',
    found: ratio.toFixed(4),
    reached: Math.abs(ratio - 1) <= 0.02,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , mode, scenario = '', out = ''] = process.argv;
  assert(mode === '--whole', 'called by the benchmark only: see growth.bench.ts');
  await runWhole(scenario, out);
}
