import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createHistogram, type Histogram } from '../src/base/histogram.ts';
import type { ShardAddress } from '../src/base/shard-address.ts';

/** One run of pgbench (postgresql.org/docs/current/pgbench.html), the yardstick written in C. */
export interface PgbenchRun {
  readonly perSecond: number;
  /** From the scheduled start where there is a schedule, else from the start. */
  readonly response: Histogram;
}

export interface PgbenchOptions {
  readonly address: ShardAddress;
  readonly script: string;
  /** Variables of the script. */
  readonly variables: Readonly<Record<string, string | number>>;
  readonly clients: number;
  readonly seconds: number;
  /** Poisson arrivals per second; null: each client as fast as it is answered. */
  readonly rate: number | null;
}

/** The program's version, or null where there is none on PATH (Debian: postgresql-contrib). */
export async function pgbenchVersion(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('pgbench', ['--version']);
    return stdout.trim();
  } catch {
    return null;
  }
}

export async function runPgbench(options: PgbenchOptions): Promise<PgbenchRun> {
  const folder = await mkdtemp(join(tmpdir(), 'shardlab-pgbench-'));
  try {
    const file = join(folder, 'script.sql');
    await writeFile(file, options.script);
    const { address, clients, seconds, rate, variables } = options;
    const schedule = rate === null ? [] : ['-R', String(rate)];
    const defined = Object.entries(variables).flatMap(([name, value]) => [
      '-D',
      `${name}=${value}`,
    ]);
    const server = ['-h', address.host, '-p', String(address.port), '-U', address.user];
    // One thread (-j 1), as one generator of ours has one.
    const fixed = `-n -M prepared -j 1 -l -c ${clients} -T ${seconds}`.split(' ');
    const files = ['-f', file, `--log-prefix=${join(folder, 'log')}`];
    const args = [fixed, files, schedule, defined, server, address.database].flat();
    const env = { ...process.env, PGPASSWORD: address.password };
    await promisify(execFile)('pgbench', args, { env, maxBuffer: 1 << 26 });
    return await readLog(folder, seconds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Columns of its log: client, transaction, elapsed µs (from the schedule with -R), script, ... */
async function readLog(folder: string, seconds: number): Promise<PgbenchRun> {
  const response = createHistogram();
  const names = (await readdir(folder)).filter((name) => name.startsWith('log'));
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    for (const line of text.split('\n')) {
      const elapsedUs = Number(line.split(' ')[2]);
      if (line !== '' && Number.isFinite(elapsedUs)) response.record(elapsedUs * 1000);
    }
  }
  return { perSecond: response.count / seconds, response };
}
