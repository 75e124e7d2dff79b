import { Worker } from 'node:worker_threads';
import { UserError } from '../../base/user-error.ts';
import type { LiveEvent } from '../../report/live/live-events.ts';
import type { WatchedRun } from '../../report/live/live-page.ts';
import type { LiveAnswer, LiveRequest, LiveThreadData } from './live-messages.ts';

/** The page on which people watch a run, served and drawn by a thread of its own. */
export class LiveWatch {
  readonly url: string;
  private readonly worker: Worker;

  private constructor(worker: Worker, url: string) {
    this.worker = worker;
    this.url = url;
    // A run that ends without a word to it ends all the same.
    worker.unref();
  }

  /**
   * Resolves when the page is served and nothing that takes long is left to do.
   *
   * @param port 0: one that is free
   * @throws UserError (exit code 3) where the port cannot be had
   */
  static async start(run: WatchedRun, port: number): Promise<LiveWatch> {
    // The compiler rewrites imports, not URLs: a build has .js beside this file.
    const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const workerData: LiveThreadData = { run, port };
    const worker = new Worker(new URL(`./live.worker.${suffix}`, import.meta.url), { workerData });
    const first = await answerOf(worker);
    if (first.kind === 'listening') return new LiveWatch(worker, first.url);
    await worker.terminate();
    if (first.kind === 'closed') throw new Error('the page was closed before it was asked to');
    const { message, exitCode, hint } = first;
    throw new UserError(message, { exitCode, ...(hint !== undefined && { hint }) });
  }

  tell(event: LiveEvent): void {
    this.send(event);
  }

  /**
   * Gives the report to who watches, and ends.
   *
   * @returns CPU time that the page has cost, ms
   */
  async end(report: string | null, said: string): Promise<number> {
    this.worker.ref();
    const closed = answerOf(this.worker);
    this.send({ kind: 'end', report, said });
    const last = await closed;
    await this.worker.terminate();
    return last.kind === 'closed' ? last.cpuMs : 0;
  }

  private send(request: LiveRequest): void {
    this.worker.postMessage(request);
  }
}

/** The next thing that the thread says; rejects when it fails or ends instead. */
function answerOf(worker: Worker): Promise<LiveAnswer> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread of the page ended by itself')));
  });
}
