import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { median } from '../src/base/statistics/quantile.ts';
import { machineFacts } from '../src/host/environment.ts';
import { writeAtomically } from '../src/host/files.ts';
import { groupEachColumn, profileFile, type SideResult } from './profile-files-sides.ts';
import { writeBenchRows } from './profile-files-rows.ts';

/**
 * The profile of a CSV beside DuckDB's own GROUP BY of each of its columns, at the same settings:
 * each in a process of its own, in alternation, medians over the rounds. Run with
 * `npm run bench:profile-files`; the small size runs in the tests.
 */
export interface ProfileFilesSize {
  readonly bytes: number;
  readonly memoryBytes: number;
  readonly threads: number;
  readonly rounds: number;
}

export interface ProfileFilesResult {
  readonly bytes: number;
  readonly rows: number;
  readonly ours: readonly SideResult[];
  readonly duckdb: readonly SideResult[];
  /** Median over the rounds of our time / DuckDB's. */
  readonly ratio: number;
  /** The same of processor time, which a busy machine stretches less. */
  readonly cpuRatio: number;
  /** Of our processes the largest, above the memory that DuckDB was given. */
  readonly aboveLimitBytes: number;
}

export async function benchProfileFiles(
  size: ProfileFilesSize,
  say: (line: string) => void,
): Promise<ProfileFilesResult> {
  const folder = await mkdtemp(join(tmpdir(), 'shardlab-profile-files-'));
  try {
    const path = join(folder, 'orders.csv');
    const { rows, bytes } = await writeBenchRows(path, size.bytes);
    say(`${rows} rows, ${Math.round(bytes / 1e6)} MB`);
    const ours: SideResult[] = [];
    const duckdb: SideResult[] = [];
    for (let round = 0; round < size.rounds; round += 1) {
      // Alternating order, so that a machine that gets slower favours neither.
      const order = round % 2 === 0 ? (['duckdb', 'ours'] as const) : (['ours', 'duckdb'] as const);
      for (const side of order) {
        const result = await inOwnProcess(side, path, size);
        (side === 'ours' ? ours : duckdb).push(result);
        const { ms, cpuMs } = result;
        say(`round ${round + 1}: ${side} ${ms.toFixed(0)} ms, ${cpuMs.toFixed(0)} ms CPU`);
      }
    }
    checkSame(ours, duckdb);
    const ratioOf = (of: (side: SideResult) => number): number =>
      median(ours.map((side, round) => of(side) / of(duckdb[round] ?? side)));
    return {
      bytes,
      rows,
      ours,
      duckdb,
      ratio: ratioOf(({ ms }) => ms),
      cpuRatio: ratioOf(({ cpuMs }) => cpuMs),
      aboveLimitBytes: Math.max(...ours.map(({ peakBytes }) => peakBytes)) - size.memoryBytes,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Both counted the same values, or the comparison says nothing. */
function checkSame(ours: readonly SideResult[], duckdb: readonly SideResult[]): void {
  const distinct = new Set([...ours, ...duckdb].map((each) => each.distinct.join(' ')));
  if (distinct.size !== 1) throw new Error(`distinct values differ: ${[...distinct].join('; ')}`);
}

async function inOwnProcess(
  side: 'ours' | 'duckdb',
  path: string,
  { memoryBytes, threads }: ProfileFilesSize,
): Promise<SideResult> {
  const own = fileURLToPath(import.meta.url);
  const options = ['--memory', String(memoryBytes), '--threads', String(threads)];
  const args = [own, '--side', side, '--path', path, ...options];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as SideResult;
}

/** What the issue asks for. */
const reach = { ratio: 1.5, aboveLimitBytes: 200e6 };

export function profileFilesTable(result: ProfileFilesResult): string {
  const { ours, duckdb, ratio, cpuRatio, aboveLimitBytes } = result;
  const seconds = (sides: readonly SideResult[]): string =>
    `${(median(sides.map(({ ms }) => ms)) / 1000).toFixed(1)} s`;
  const lines = [
    [`rows ${result.rows}, MB`, (result.bytes / 1e6).toFixed(1)],
    ['profile', seconds(ours)],
    ['GROUP BY of each column', seconds(duckdb)],
    [`ratio (reach <= ${reach.ratio})`, ratio.toFixed(2)],
    ['ratio of processor time', cpuRatio.toFixed(2)],
    [
      `peak above the limit, MB (reach <= ${reach.aboveLimitBytes / 1e6})`,
      (aboveLimitBytes / 1e6).toFixed(0),
    ],
  ];
  const width = Math.max(...lines.map(([what = '']) => what.length));
  return lines.map(([what = '', value = '']) => `${what.padEnd(width)}  ${value}`).join('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      megabytes: { type: 'string', default: '2000' },
      memory: { type: 'string', default: '1000000000' },
      threads: { type: 'string', default: '2' },
      rounds: { type: 'string', default: '1' },
      out: { type: 'string' },
      side: { type: 'string' },
      path: { type: 'string', default: '' },
    },
  });
  const settings = { memoryBytes: Number(values.memory), threads: Number(values.threads) };
  if (values.side !== undefined) {
    const run = values.side === 'ours' ? profileFile : groupEachColumn;
    process.stdout.write(JSON.stringify(await run(values.path, settings)));
    return;
  }
  const size: ProfileFilesSize = {
    bytes: Number(values.megabytes) * 1e6,
    rounds: Number(values.rounds),
    ...settings,
  };
  const result = await benchProfileFiles(size, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${profileFilesTable(result)}\n`);
  const missed = result.ratio > reach.ratio || result.aboveLimitBytes > reach.aboveLimitBytes;
  if (missed) process.exitCode = 4;
  if (values.out === undefined) return;
  const document = {
    schema: 'shardlab/profile-files-bench/v1',
    date: new Date().toISOString(),
    machine: await machineFacts(),
    size,
    reach,
    result,
  };
  await writeAtomically(values.out, `${JSON.stringify(document, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
