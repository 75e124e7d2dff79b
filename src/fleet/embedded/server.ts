import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';

/** Who runs Postgres: it refuses to run as root, so root runs it as nobody. */
export interface Owner {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

const nobody = 65534;

export function serverOwner(): Owner {
  const root = process.getuid?.() === 0;
  return root ? { uid: nobody, gid: nobody } : { uid: undefined, gid: undefined };
}

const asOwner = (owner: Owner): { uid?: number; gid?: number } =>
  owner.uid === undefined || owner.gid === undefined ? {} : { uid: owner.uid, gid: owner.gid };

/** Runs a program to its end with `input`; its output is quoted when it fails. */
export async function runToEnd(
  program: string,
  args: readonly string[],
  owner: Owner,
  input = '',
): Promise<void> {
  const child = spawn(program, args, {
    ...asOwner(owner),
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe'],
    // Collation and messages must not depend on the user's locale; TZ keeps initdb from scanning.
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
    detached: true,
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  const text = Buffer.concat(output).toString('utf8').trim();
  throw new UserError(`${program.split('/').at(-1)} failed: ${lastLines(text)}`, {
    exitCode: exitCodes.unusable,
    hint: text.includes('No space left')
      ? 'the disk is full: free some space, or set TMPDIR to a folder on another disk'
      : 'run shardlab doctor: it says what this machine can do',
  });
}

export interface Server {
  readonly process: ChildProcess;
  readonly logFile: string;
  /** Resolves when the process has ended, however. */
  readonly ended: Promise<void>;
}

/** Starts a postmaster on a data directory; it answers a little later. */
export async function startServer(
  postgres: string,
  dataDirectory: string,
  owner: Owner,
): Promise<Server> {
  const logFile = join(dataDirectory, 'server.log');
  const log = await open(logFile, 'a', 0o600);
  try {
    const child = spawn(postgres, ['-D', dataDirectory], {
      ...asOwner(owner),
      cwd: '/',
      stdio: ['ignore', log.fd, log.fd],
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' },
      detached: true,
    });
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    return { process: child, logFile, ended };
  } finally {
    await log.close();
  }
}

/** The data is thrown away, so nothing needs to be flushed: an immediate shutdown is enough. */
export async function stopServer(server: Server): Promise<void> {
  if (server.process.exitCode === null && server.process.signalCode === null) {
    server.process.kill('SIGQUIT');
  }
  await server.ended;
}

export async function serverLog(server: Server): Promise<string> {
  try {
    return lastLines(await readFile(server.logFile, 'utf8'));
  } catch {
    return 'no log was written';
  }
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-3).join(' / ');
