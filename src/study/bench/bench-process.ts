import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { BenchKeyType } from '../../bench/measure-router.ts';
import type { BenchFacts } from '../../result/bench-document.ts';

/** What the process of one router is told. */
export interface BenchRequest {
  /** As on the command line, a file of the user's included. */
  readonly router: string;
  readonly hash: string | null;
  readonly shardCounts: readonly number[];
  readonly keyTypes: readonly BenchKeyType[];
  readonly seed: number;
  /** About so long for all counts together. */
  readonly allottedMs: number;
}

export interface BenchAnswer {
  readonly row: BenchFacts;
}

/** Building some routers once takes so long; a router of the user's may never come back. */
const graceMs = 60_000;

/**
 * Measures one router in a process of its own; `onRow` hears each row. Resolves to why it did not
 * end by itself: it took too long, or the signal was aborted; null where it did.
 *
 * @throws Error where the process fails, which is a bug
 */
export async function benchInProcess(
  request: BenchRequest,
  onRow: (row: BenchFacts) => void,
  signal: AbortSignal,
): Promise<'aborted' | 'too slow' | null> {
  if (signal.aborted) return 'aborted';
  // The compiler rewrites imports, not URLs: a build has .js beside this file.
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const child = fork(new URL(`./bench.worker.${suffix}`, import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // A Ctrl-C of the terminal reaches every process of its group: this one is ended by the signal.
    detached: true,
  });
  let ended: 'aborted' | 'too slow' | null = null;
  const end = (reason: 'aborted' | 'too slow'): void => {
    ended ??= reason;
    child.kill('SIGKILL');
  };
  const onAbort = (): void => end('aborted');
  signal.addEventListener('abort', onAbort);
  const timer = setTimeout(() => end('too slow'), request.allottedMs + graceMs);
  child.on('message', ({ row }: BenchAnswer) => onRow(row));
  try {
    child.send(request);
    const [code] = (await once(child, 'exit')) as [number | null];
    if (ended === null && code !== 0) {
      throw new Error(`the process that measured ${request.router} ended with ${code}`);
    }
    return ended;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
