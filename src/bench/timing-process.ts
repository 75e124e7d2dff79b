import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ReadyReply, replyDescriptor, type TimingJob } from './timing-job.ts';

/** A process that does not answer for so long hangs. */
const patienceMs = 60_000;
const closingMs = 2_000;
const stderrCharactersMax = 4_000;

/**
 * With V8's compiler on threads of its own, what a function is compiled for depends on how far the
 * others were when it had the time: of 20 processes on a busy machine a quarter was 16 % slower
 * than the rest (standard deviation 8.2 %). With the compiler in turn all were alike (1.9 %).
 */
const flags = ['--no-concurrent-recompilation'];

/** A process that could not measure: why, and what it printed. */
export class TimingFailure extends Error {
  override readonly name = 'TimingFailure';
}

/** The parent's end of one process (gate-timing.worker.ts). */
export class TimingProcess {
  private readonly child: ChildProcess;
  private readonly timer: NodeJS.Timeout;
  private received = '';
  private printed = '';
  private failure: TimingFailure | null = null;
  private waiting: {
    resolve(line: string): void;
    reject(error: Error): void;
  } | null = null;

  constructor(job: TimingJob, cwd: string, cacheFolder: string) {
    const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = fileURLToPath(new URL(`./gate-timing.worker.${suffix}`, import.meta.url));
    // NODE_OPTIONS could bring a loader or a profiler, which would be timed too.
    const { NODE_OPTIONS: _, ...env } = process.env;
    this.child = spawn(process.execPath, [...flags, worker, JSON.stringify(job)], {
      cwd,
      env: { ...env, NODE_COMPILE_CACHE: cacheFolder },
      stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    });
    this.timer = setTimeout(() => this.fail(`gave no answer in ${patienceMs} ms`), patienceMs);
    this.child.on('error', (error) => this.fail(`could not be started: ${error.message}`));
    this.child.on('close', (code, signal) => this.fail(`ended with ${signal ?? `code ${code}`}`));
    // What it can no longer read says less than how it ended.
    this.child.stdin?.on('error', () => undefined);
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.printed = (this.printed + text).slice(-stderrCharactersMax);
    });
    const replies = this.child.stdio[replyDescriptor];
    if (replies !== null && replies !== undefined && 'setEncoding' in replies) {
      replies.setEncoding('utf8').on('data', (text: string) => this.receive(text));
    }
  }

  /** Its first answer. @throws TimingFailure where it ends before */
  async ready(): Promise<ReadyReply> {
    return JSON.parse(await this.line()) as ReadyReply;
  }

  /** Looks `count` keys up and gives the nanoseconds of one. @throws TimingFailure */
  async slice(count: number): Promise<number> {
    const line = this.line();
    this.child.stdin?.write(`${count}\n`);
    const ns = Number(await line);
    if (!(ns > 0)) throw new TimingFailure(`measured ${ns} ns a key`);
    return ns;
  }

  /** Ends it; resolves when it is gone. By itself, or it would not write V8's code cache. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin?.end();
    const late = setTimeout(() => this.child.kill('SIGKILL'), closingMs);
    await gone;
    clearTimeout(late);
  }

  private line(): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.failure !== null) reject(this.failure);
      else {
        this.waiting = { resolve, reject };
        this.deliver();
      }
    });
  }

  private receive(text: string): void {
    this.received += text;
    this.deliver();
  }

  private deliver(): void {
    const end = this.received.indexOf('\n');
    if (end < 0 || this.waiting === null) return;
    const { waiting } = this;
    const line = this.received.slice(0, end);
    this.waiting = null;
    this.received = this.received.slice(end + 1);
    this.timer.refresh();
    waiting.resolve(line);
  }

  private fail(how: string): void {
    clearTimeout(this.timer);
    const printed = this.printed.trim();
    this.failure ??= new TimingFailure(printed === '' ? how : `${how}:\n${printed}`);
    this.waiting?.reject(this.failure);
    this.waiting = null;
  }
}
