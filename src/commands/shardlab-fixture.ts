import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { parseRunResult } from '../result/parse.ts';
import type { Cell, RunResult } from '../result/types.ts';

export const repository = join(import.meta.dirname, '..', '..');
export const launcher = join(repository, 'bin', 'shardlab.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Invocation {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  /** Added to the bare environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Node to run it with. */
  readonly node?: string;
  /** Its launcher, where another tree than this is meant. */
  readonly launcher?: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves once stderr has shown the text; rejects when the program ends without it. */
  readonly shows: (text: string) => Promise<void>;
}

/** What every program has, and where Node keeps what it has compiled (vitest.config.ts). */
export function bareEnvironment(): BareEnvironment {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  return { PATH, HOME, NODE_COMPILE_CACHE, SHARDLAB_RETRIES: '0' };
}

interface BareEnvironment {
  readonly PATH: string;
  readonly HOME: string;
  NODE_COMPILE_CACHE?: string;
  /** Beside other tests the machine is busy, and most cells would be measured twice. */
  readonly SHARDLAB_RETRIES: string;
}

/** Starts `shardlab` as its user does, in a process group of its own as a terminal would. */
export function start(args: readonly string[], invocation: Invocation = {}): Started {
  const { node = process.execPath, cwd = repository, environment = {} } = invocation;
  const bare = bareEnvironment();
  // What is compiled of a tree that goes away would stay in the cache for ever.
  if (invocation.launcher !== undefined) delete bare.NODE_COMPILE_CACHE;
  const child = spawn(node, [invocation.launcher ?? launcher, ...args], {
    cwd,
    // Embedded unless a test says otherwise: whether an engine answers differs from machine to
    // machine.
    env: { ...bare, SHARDLAB_FLEET: 'embedded', ...environment },
    stdio: 'pipe',
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program that refuses its options does not read its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end(invocation.input ?? '');
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return {
    child,
    ended,
    shows: async (text) => {
      while (!stderr.includes(text)) {
        if (child.exitCode !== null) throw new Error(`ended without "${text}": ${stderr}`);
        await sleep(10);
      }
    },
  };
}

/** Runs `shardlab` to its end. */
export function shardlab(args: readonly string[], invocation: Invocation = {}): Promise<Ended> {
  return start(args, invocation).ended;
}

/**
 * An empty folder. Users other than its owner may pass through it: where root runs the tests,
 * Postgres is run by nobody.
 */
export function makeScratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  chmodSync(folder, 0o711);
  return folder;
}

/** An empty folder that goes away with the test. */
export function scratch(): string {
  const folder = makeScratch();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A scenario that is measured within seconds; `changes` replace or add top-level lines. */
export function tinyScenario(changes: Readonly<Record<string, string>> = {}): string {
  const lines = {
    name: 'tiny',
    seed: '7',
    rate: '300/s',
    duration: '1s',
    warmup: '200ms',
    tenants: '{ zipf: 0.99, count: 100 }',
    data: '{ total: 1MB }',
    topology: '{ shards: 2 }',
    strategies: '[{ key: tenant_id, router: jump }, { key: order_id, router: jump }]',
    ...changes,
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

export function resultIn(folder: string): RunResult {
  const path = join(folder, 'result.json');
  return parseRunResult(readFileSync(path, 'utf8'), path);
}

export function cellOf({ cells }: RunResult, strategy: string): Cell {
  const found = cells.find((cell) => cell.strategy === strategy);
  if (found === undefined) throw new Error(`no cell ${strategy}`);
  return found;
}

/** Command lines of processes that name the folder, or that work in it. */
export function processesIn(folder: string): string[] {
  const lines = execFileSync('ps', ['-ax', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(folder) || workingFolder(line).startsWith(folder));
}

/** Postgres' children change their names, but not the folder they stand in. */
function workingFolder(line: string): string {
  try {
    return readlinkSync(`/proc/${line.trim().split(' ')[0]}/cwd`);
  } catch {
    // It has ended meanwhile, or this is no Linux.
    return '';
  }
}

/** What a run left in its TMPDIR. */
export function leftIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^shardlab-\w{6}$/.test(name));
}

const spy = `
import crypto from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const real = crypto.randomBytes;
crypto.randomBytes = (size, ...rest) => {
  const bytes = real(size, ...rest);
  if (size >= 16) appendFileSync(process.env.SPY_FILE, bytes.toString('base64url') + '\\n');
  return bytes;
};
syncBuiltinESMExports();
`;

/** Makes a run write down the random bytes that it draws for passwords, in the fleet's encoding. */
export function spyOnPasswords(folder: string): {
  readonly environment: Readonly<Record<string, string>>;
  readonly file: string;
  secrets(): string[];
} {
  const module = join(folder, 'spy.mjs');
  const file = join(folder, 'spied');
  writeFileSync(module, spy);
  return {
    environment: { NODE_OPTIONS: `--import ${module}`, SPY_FILE: file },
    file,
    secrets: () => readFileSync(file, 'utf8').trim().split('\n'),
  };
}
