import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** What the load generator itself used, between start and stop. */
export interface GeneratorLoad {
  /** CPU time of the whole process (every thread) / wall time: 1.0 is one core busy. */
  readonly cpuFraction: number;
  readonly eventLoopUtilization: number;
  readonly eventLoopDelayMs: { p50: number | null; p99: number | null; max: number | null };
}

/** Starts watching; the returned function stops and tells. */
export function watchGenerator(): () => GeneratorLoad {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  const loop = performance.eventLoopUtilization();
  return () => {
    delays.disable();
    const wallMs = performance.now() - startedAt;
    const used = process.cpuUsage(cpu);
    const ms = (ns: number): number => ns / 1e6;
    const seen = delays.count > 0;
    return {
      cpuFraction: (used.user + used.system) / 1000 / wallMs,
      eventLoopUtilization: Math.min(1, performance.eventLoopUtilization(loop).utilization),
      eventLoopDelayMs: {
        p50: seen ? ms(delays.percentile(50)) : null,
        p99: seen ? ms(delays.percentile(99)) : null,
        max: seen ? ms(delays.max) : null,
      },
    };
  };
}
