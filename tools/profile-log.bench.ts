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
import { unoptimized } from '../src/host/unoptimized.ts';
import { candidateKeys } from '../src/profile/candidates.ts';
import { keyBinder } from '../src/profile/key-binder.ts';
import { renamedSql } from '../src/profile/sql-names.ts';
import { fixturePrefix, loggedText } from '../src/sources/logs/log-fixture.ts';
import { loggedStatements } from '../src/sources/logs/logged-statement-fixture.ts';
import { KeyObserver } from '../src/sources/logs/observing/key-observer.ts';
import { TemplateObserver } from '../src/sources/logs/observing/template-observer.ts';
import { openLog } from '../src/sources/logs/open-log.ts';
import { loadGrammar } from '../src/sql/grammar.ts';
import { sqlReader } from '../src/sql/sql-reader.ts';
import { loggedSchema } from './profile-log-schema.ts';

/**
 * Reading a log twice, for its templates and for the load of its keys, at several sizes: time grows
 * with the statements, memory does not. `npm run bench:profile-log`; the small size runs in the
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
  /** First to last instruction of the two readings, without loading the program. */
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
  const grammar = await unoptimized(loadGrammar);
  const started = performance.now();
  const { signal } = new AbortController();
  const source = await openLog(path, { prefix: fixturePrefix, signal, report: () => undefined });
  const renamed = (sql: string): string => renamedSql(sql, loggedSchema, grammar);
  const templates = new TemplateObserver({ grammar, renamed, source: 0, oneSession: false });
  for await (const batch of source.records()) for (const record of batch) templates.add(record);
  const { queries, read, time, unparsed } = templates.finish();
  const reader = sqlReader(grammar);
  const candidates = candidateKeys(loggedSchema, queries.templates, reader);
  const binder = keyBinder(loggedSchema, candidates, reader);
  const keys = new KeyObserver(candidates, { grammar, renamed, binder, time, oneSession: false });
  for await (const batch of source.records()) for (const record of batch) keys.add(record);
  const loads = keys.finish();
  const tenant = loads.toSorted((a, b) => b.counted - a.counted)[0];
  return {
    templates: queries.templates.length,
    statements: (read['templateStatements'] ?? 0) + (read['utilityStatements'] ?? 0),
    transactions: read['transactions'] ?? 0,
    tenants: tenant?.distinct ?? 0,
    operations: tenant?.counted ?? 0,
    unparsed: [...unparsed, ...source.unparsed()].reduce((sum, { count }) => sum + count, 0),
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
