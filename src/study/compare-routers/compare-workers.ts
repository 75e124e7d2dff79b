import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AssumedDrift } from '../../result/router-comparison.ts';
import type { RouterTopology } from '../../router/contract.ts';
import type { ScenarioOverrides } from '../../scenario/overrides.ts';
import type { TaskResult } from './compare-routers.ts';

export interface ComparisonRequest {
  readonly path: string;
  readonly overrides: ScenarioOverrides;
  readonly topology: RouterTopology;
  readonly samples: number | null;
  readonly drift: AssumedDrift;
  /** Number of the next task that no worker has taken. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

export interface ComparisonAnswer {
  readonly index: number;
  readonly result: TaskResult;
}

/** More would spend their time on loading the scenario. */
const workersMax = 4;

/** Runs all tasks on the cores that there are; `onDone` hears how many are done after each. */
export async function runTasks(
  request: Omit<ComparisonRequest, 'next'>,
  count: number,
  onDone: (done: number) => void,
): Promise<readonly TaskResult[]> {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const results: TaskResult[] = [];
  let done = 0;
  // The compiler rewrites imports, not URLs: a build has .js beside this file.
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const start = async (): Promise<void> => {
    const worker = new Worker(new URL(`./compare.worker.${suffix}`, import.meta.url), {
      workerData: { ...request, next } satisfies ComparisonRequest,
    });
    worker.on('message', ({ index, result }: ComparisonAnswer) => {
      results[index] = result;
      done += 1;
      onDone(done);
    });
    // Rejects with what the worker threw.
    await once(worker, 'exit');
  };
  const workers = Math.min(workersMax, availableParallelism(), count);
  await Promise.all(Array.from({ length: workers }, start));
  return results;
}
