import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** One worker for each core, and no more than there are tasks. */
export function teamSize(tasks: number): number {
  return Math.max(1, Math.min(availableParallelism(), tasks));
}

/** Workers count and add: what they allocate is a table, and little is left to collect. */
const resourceLimits = { maxYoungGenerationSizeMb: 2 };

/**
 * Runs so many workers of one file with the same data until all have ended; `onMessage` hears each
 * message. Rejects with what a worker threw, after the others were stopped.
 */
export async function runTeam(
  entry: URL,
  size: number,
  workerData: unknown,
  onMessage: (message: unknown) => void,
): Promise<void> {
  const workers = Array.from(
    { length: size },
    () => new Worker(entry, { workerData, resourceLimits }),
  );
  try {
    await Promise.all(
      workers.map(async (worker) => {
        worker.on('message', onMessage);
        await once(worker, 'exit');
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
