import { Worker } from 'node:worker_threads';
import { UserError } from '../../base/user-error.ts';
import { routerCounters } from '../../placement/router-counters.ts';
import type { CounterValues } from '../../result/router-counters.ts';
import { countedRouter, type GateRouter } from './gate-routers.ts';

/** The counters of a router in a tree, or why there are none. */
export type Counted = { readonly counters: CounterValues } | { readonly problem: string };

export interface CountRequest {
  readonly router: GateRouter;
  /** Of the tree. */
  readonly folder: string;
  readonly headFolder: string;
}

/** In this thread, which a router that never comes back would hold for ever. */
export async function countHere({ router, folder, headFolder }: CountRequest): Promise<Counted> {
  const found = await countedRouter(router, folder, headFolder);
  if ('problem' in found) return found;
  try {
    return { counters: routerCounters(found) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: error.message };
  }
}

/**
 * A router of the user's own in a thread of its own, which can be ended: counting the slowest of
 * ours takes a tenth of that patience.
 */
export async function countRouter(
  request: CountRequest,
  signal?: AbortSignal,
  patienceMs = 60_000,
): Promise<Counted> {
  if (!request.router.own) return countHere(request);
  // The compiler rewrites imports, not URLs: a build has .js beside this file.
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./counters.worker.${suffix}`, import.meta.url), {
    workerData: request,
    // What a router prints is no part of the answer.
    stdout: true,
  });
  let end: ((problem: string) => void) | null = null;
  const timer = setTimeout(
    () => end?.(`it did not return within ${patienceMs / 1000} s while its answers were counted`),
    patienceMs,
  );
  const onAbort = (): void => end?.('interrupted');
  signal?.addEventListener('abort', onAbort);
  try {
    return await new Promise<Counted>((resolve) => {
      end = (problem) => resolve({ problem });
      worker.once('message', (counted: Counted) => resolve(counted));
      worker.once('error', (error: Error) => end?.(`it fails: ${error.message}`));
      worker.once('exit', (code) =>
        end?.(`it ended the process that counts its answers, with code ${code}`),
      );
      if (signal?.aborted === true) onAbort();
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}
