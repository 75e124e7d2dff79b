import type { Throttling } from '../types.ts';
import type { Container } from './engine.ts';

interface Stats {
  readonly cpu_stats?: {
    readonly throttling_data?: { readonly periods?: number; readonly throttled_periods?: number };
  };
}

/** The counters of the container's cgroup (cpu.stat), version 1 or 2; null where they are not kept. */
export async function containerThrottling(container: Container): Promise<Throttling | null> {
  try {
    // one-shot: without it the engine waits a second for a second sample.
    const stats = (await container.stats({ stream: false, 'one-shot': true })) as Stats;
    const { periods, throttled_periods: throttled } = stats.cpu_stats?.throttling_data ?? {};
    return periods === undefined || throttled === undefined ? null : { periods, throttled };
  } catch {
    // A shard that is broken on purpose, or an engine that is gone, which `failure` reports.
    return null;
  }
}
