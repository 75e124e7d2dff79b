import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { runProgram } from '../src/commands/program.ts';
import { machineFacts } from '../src/host/environment.ts';
import { writeAtomically } from '../src/host/files.ts';
import { parseAdviceDocument } from '../src/result/advice-parse.ts';
import { packagesScenario, tenantsScenario } from './advise-scenarios.ts';

/**
 * How long `advise` takes as its user runs it, from the scenario to the last file, and how large it
 * gets: each in a process of its own. Run with `npm run bench:advise`; a small size runs in the
 * tests.
 */
export interface AdviseSize {
  readonly salts: number;
  readonly tenants: number;
}

export const fullAdvise: AdviseSize = { salts: 1000, tenants: 1_000_000 };

export interface AdviseRow {
  readonly what: string;
  readonly candidates: number;
  /** Candidates whose response times were simulated. */
  readonly simulated: number;
  readonly salts: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  readonly reach: { readonly ms: number; readonly peakBytes: number | null };
}

const shipped = fileURLToPath(new URL('../scenarios/data/debian-tenants.csv', import.meta.url));

export async function benchAdvise(
  { salts, tenants }: AdviseSize,
  say: (line: string) => void,
): Promise<AdviseRow[]> {
  const asked = [
    {
      what: '63,440 rows, 4 keys',
      text: packagesScenario(shipped),
      reach: { ms: 60_000, peakBytes: null },
    },
    {
      what: `${tenants} tenants, 1 key`,
      text: tenantsScenario(tenants),
      reach: { ms: 180_000, peakBytes: 1e9 },
    },
  ];
  const rows: AdviseRow[] = [];
  for (const { what, text, reach } of asked) {
    const row = { what, salts, reach, ...(await inOwnProcess(text, salts)) };
    say(`${what}: ${(row.ms / 1000).toFixed(1)} s, ${(row.peakBytes / 1e6).toFixed(0)} MB`);
    rows.push(row);
  }
  return rows;
}

type Figures = Pick<AdviseRow, 'ms' | 'cpuMs' | 'peakBytes' | 'candidates' | 'simulated'>;

async function inOwnProcess(text: string, salts: number): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'shardlab-advise-'));
  try {
    const scenario = join(folder, 's.yaml');
    const out = join(folder, 'out');
    await writeFile(scenario, text);
    const own = fileURLToPath(import.meta.url);
    const args = [own, '--scenario', scenario, '--to', out, '--salts', String(salts)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const path = join(out, 'advice.json');
    const { candidates } = parseAdviceDocument(await readFile(path, 'utf8'), path);
    return {
      ...(JSON.parse(stdout) as Pick<Figures, 'ms' | 'cpuMs' | 'peakBytes'>),
      candidates: candidates.length,
      simulated: candidates.filter(({ simulated }) => simulated !== null).length,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the child process does: runs the program and says what it took. */
async function runAdvise(scenario: string, out: string, salts: string): Promise<void> {
  const startMs = performance.now();
  const silent = { write: () => true, on: () => silent, isTTY: false };
  const streams = {
    stdin: process.stdin,
    stdout: silent as unknown as NodeJS.WriteStream,
    stderr: process.stderr,
    environment: process.env,
  };
  const asked = ['advise', scenario, '--out', out, '--samples', salts];
  process.exitCode = await runProgram(['node', 'shardlab', ...asked], streams);
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const ms = performance.now() - startMs;
  const cpuMs = (userCPUTime + systemCPUTime) / 1000;
  process.stdout.write(JSON.stringify({ ms, cpuMs, peakBytes: maxRSS * 1024 }));
}

export const isReached = ({ ms, peakBytes, reach }: AdviseRow): boolean =>
  ms <= reach.ms && (reach.peakBytes === null || peakBytes <= reach.peakBytes);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      salts: { type: 'string', default: String(fullAdvise.salts) },
      tenants: { type: 'string', default: String(fullAdvise.tenants) },
      out: { type: 'string' },
      scenario: { type: 'string' },
      to: { type: 'string', default: '' },
    },
  });
  if (values.scenario !== undefined) {
    await runAdvise(values.scenario, values.to, values.salts);
    return;
  }
  const size = { salts: Number(values.salts), tenants: Number(values.tenants) };
  const rows = await benchAdvise(size, (line) => process.stdout.write(`${line}\n`));
  if (!rows.every(isReached)) process.exitCode = 4;
  if (values.out === undefined) return;
  const document = {
    schema: 'shardlab/advise-bench/v1',
    date: new Date().toISOString(),
    machine: await machineFacts(),
    size,
    rows,
  };
  await writeAtomically(values.out, `${JSON.stringify(document, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
