import { Worker } from 'node:worker_threads';
import { createChannel } from '../../host/pacer-channel.ts';
import { systemClock } from '../../host/system-clock.ts';
import { WorkerPacer } from '../../host/worker-pacer.ts';
import { ClosedPacer } from '../../traffic/closed-pacer.ts';
import type { Outbox } from '../../traffic/outbox.ts';
import type { Pacer } from '../../traffic/ports.ts';
import { shardCountsOf } from '../../scenario/shard-counts.ts';
import type { LoadedScenario } from '../scenario/load-scenario.ts';

export interface StartedPacer {
  readonly pacer: Pacer;
  /** What the pacer's thread sends from, where it is one. */
  readonly outbox: Outbox | null;
  readonly close: () => Promise<void>;
}

/**
 * The scenario's pacer: a thread of its own for an open loop, the driver's own for a closed one.
 */
export function startPacer({
  scenario,
  workload,
}: Pick<LoadedScenario, 'scenario' | 'workload'>): StartedPacer {
  if (scenario.loop.kind === 'closed') {
    const { clients } = scenario.loop;
    const pacer = new ClosedPacer(workload, clients, systemClock(), queueMicrotask);
    return { pacer, outbox: null, close: async () => pacer.stop() };
  }
  // The compiler rewrites imports, not URLs: a build has .js beside this file.
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const { topology, limits } = scenario;
  // It draws arrivals, which need no rows of tables: they would be copied to it.
  const { tables: _, ...arrivals } = workload;
  const channel = createChannel(Math.max(...shardCountsOf(topology)) * limits.connectionsPerShard);
  const worker = new Worker(new URL(`./pacer.worker.${suffix}`, import.meta.url), {
    workerData: { workload: arrivals, channel },
  });
  const pacer = new WorkerPacer(worker, channel);
  return {
    pacer,
    outbox: channel.outbox,
    close: async () => {
      pacer.stop();
      await worker.terminate();
    },
  };
}
