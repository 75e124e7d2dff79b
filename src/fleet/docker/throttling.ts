import { readFile } from 'node:fs/promises';
import type { Throttling } from '../types.ts';
import type { Container } from './engine.ts';

interface Stats {
  readonly cpu_stats?: {
    readonly throttling_data?: { readonly periods?: number; readonly throttled_periods?: number };
  };
}

/**
 * The counters of the container's cgroup, or null where nobody keeps them. Read from the kernel
 * where the engine shares it with us: the engine itself samples once a second, so that its answer
 * takes up to a second, which would stand between the warm-up and the measurement.
 */
export async function containerThrottling(container: Container): Promise<Throttling | null> {
  try {
    return (await fromKernel(container)) ?? (await fromEngine(container));
  } catch {
    // A shard that is broken on purpose, or an engine that is gone, which `failure` reports.
    return null;
  }
}

async function fromKernel(container: Container): Promise<Throttling | null> {
  const { State } = await container.inspect();
  const groups = await textOf(`/proc/${State.Pid}/cgroup`);
  if (groups === null) return null;
  for (const file of statFiles(groups, container.id)) {
    const text = await textOf(file);
    const found = text === null ? null : parseCpuStat(text);
    if (found !== null) return found;
  }
  return null;
}

/** The container's first process as this machine numbers it; null where it runs on another one. */
export async function hostPid(container: Container): Promise<number | null> {
  try {
    const { State } = await container.inspect();
    const groups = await textOf(`/proc/${State.Pid}/cgroup`);
    return groups?.includes(container.id) === true ? State.Pid : null;
  } catch {
    return null;
  }
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

/**
 * Where cpu.stat may lie, from a process' /proc/<pid>/cgroup (cgroups(7)): version 1 has a line for
 * the controller, version 2 one without. The path must name the container: the process id of an
 * engine in a virtual machine means somebody else here.
 */
export function statFiles(groups: string, containerId: string): string[] {
  return groups.split('\n').flatMap((line) => {
    const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (!path.includes(containerId)) return [];
    if (controllers === '') return [`/sys/fs/cgroup${path}/cpu.stat`];
    return controllers.split(',').includes('cpu')
      ? [`/sys/fs/cgroup/${controllers}${path}/cpu.stat`, `/sys/fs/cgroup/cpu${path}/cpu.stat`]
      : [];
  });
}

/** `nr_periods` and `nr_throttled`: both versions have these names. */
export function parseCpuStat(text: string): Throttling | null {
  const valueOf = (name: string): number | null => {
    const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1];
    return value === undefined ? null : Number(value);
  };
  const periods = valueOf('nr_periods');
  const throttled = valueOf('nr_throttled');
  return periods === null || throttled === null ? null : { periods, throttled };
}

async function fromEngine(container: Container): Promise<Throttling | null> {
  // one-shot: without it the engine waits for a second sample as well.
  const stats = (await container.stats({ stream: false, 'one-shot': true })) as Stats;
  const { periods, throttled_periods: throttled } = stats.cpu_stats?.throttling_data ?? {};
  return periods === undefined || throttled === undefined ? null : { periods, throttled };
}
