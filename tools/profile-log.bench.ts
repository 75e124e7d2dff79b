import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { machineFacts } from '../src/host/environment.ts';
import { writeAtomically } from '../src/host/files.ts';
import { profileChoices } from '../src/commands/profile-flags.ts';
import { fixturePrefix, loggedText } from '../src/sources/logs/log-fixture.ts';
import { loggedStatements } from '../src/sources/logs/logged-statement-fixture.ts';
import { profile } from '../src/study/profile/profile.ts';

/**
 * `shardlab profile` of a log alone, which is read three times: for its templates, for the values
 * of their columns, and for the load of keys. At several sizes: time grows with the statements,
 * memory does not. `npm run bench:profile-log`; the small size runs in the
 * tests. Each size is read by a process of its own, whose CPU time and peak memory are those of
 * the whole program.
 */
export type LogStyle = 'literal' | 'bind';

export interface LogReading {
  /** What was found, so that nothing can be left out: `commit`s are no templates. */
  readonly templates: number;
  readonly statements: number;
  readonly transactions: number;
  readonly tenants: number;
  readonly operations: number;
  readonly unparsed: number;
  /** From the first reading to the scenario, without loading the program. */
  readonly seconds: number;
}

interface Measured extends LogReading {
  readonly style: LogStyle;
  readonly asked: number;
  readonly bytes: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

export async function writeLog(path: string, count: number, style: LogStyle): Promise<void> {
  const lines = function* (): Generator<string> {
    let text = '';
    for (const statement of loggedStatements(count, { style })) {
      text += loggedText(statement, 'stderr');
      if (text.length < 1 << 16) continue;
      yield text;
      text = '';
    }
    yield text;
  };
  await pipeline(Readable.from(lines()), createWriteStream(path));
}

export async function readLog(path: string): Promise<LogReading> {
  const started = performance.now();
  const out = `${path}.yaml`;
  const { document } = await profile({
    sources: [path],
    choices: profileChoices({ out, prefix: fixturePrefix }),
    out,
    about: { startedAt: new Date().toISOString(), command: '', shardlab: '0', schemaAddress: '' },
    stdin: process.stdin,
    report: () => undefined,
    signal: new AbortController().signal,
  });
  const { sources, candidates, templates, unparsed } = document;
  const read = sources[0]?.read ?? {};
  const tenant = candidates.find(({ key }) => key === 'tenant_id' || key === 'tenant');
  return {
    templates: templates.length,
    statements: (read['templateStatements'] ?? 0) + (read['utilityStatements'] ?? 0),
    transactions: read['transactions'] ?? 0,
    tenants: Math.max(0, ...(tenant?.distinctOverTime ?? [])),
    operations: tenant?.load.counted ?? 0,
    unparsed: unparsed.reduce((sum, { count }) => sum + count, 0),
    seconds: (performance.now() - started) / 1000,
  };
}

const script = fileURLToPath(import.meta.url);

async function measured(path: string, asked: number, style: LogStyle): Promise<Measured> {
  await writeLog(path, asked, style);
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--read', path]);
  const { size: bytes } = await stat(path);
  await rm(path);
  const reading = JSON.parse(stdout) as LogReading & { cpuSeconds: number; peakBytes: number };
  return { style, asked, bytes, ...reading };
}

/** What the issue asks for, of a million statements. */
const reach = { statements: 1_000_000, seconds: 30 };

function lineOf({ style, asked, bytes, seconds, cpuSeconds, peakBytes }: Measured): string {
  return [
    style.padEnd(7),
    `${asked} statements`.padStart(19),
    `${(bytes / 1e6).toFixed(0)} MB`.padStart(7),
    `${seconds.toFixed(1)} s`.padStart(7),
    `CPU ${cpuSeconds.toFixed(1)} s`.padStart(11),
    `peak ${(peakBytes / 1e6).toFixed(0)} MB`.padStart(12),
  ].join('  ');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      read: { type: 'string' },
      sizes: { type: 'string', default: '100000,300000,1000000' },
      out: { type: 'string' },
    },
  });
  if (values.read !== undefined) {
    const reading = await readLog(values.read);
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const used = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: maxRSS * 1024 };
    process.stdout.write(JSON.stringify({ ...reading, ...used }));
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'shardlab-log-'));
  const results: Measured[] = [];
  try {
    for (const style of ['literal', 'bind'] as const) {
      for (const size of values.sizes.split(',').map(Number)) {
        const result = await measured(join(folder, 'log'), size, style);
        process.stdout.write(`${lineOf(result)}\n`);
        results.push(result);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const isSlow = results.some(
    ({ asked, seconds }) => asked === reach.statements && seconds > reach.seconds,
  );
  if (isSlow) process.exitCode = 4;
  if (values.out === undefined) return;
  const document = {
    schema: 'shardlab/profile-log-bench/v1',
    date: new Date().toISOString(),
    machine: await machineFacts(),
    reach,
    results,
  };
  await writeAtomically(values.out, `${JSON.stringify(document, null, 2)}\n`);
}

if (process.argv[1] === script) await main();
