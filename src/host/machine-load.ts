// proc(5): /proc/stat, /proc/<pid>/stat, /proc/<pid>/task/<tid>/children.
import { readFile } from 'node:fs/promises';
import type { MachineSecond } from '../result/machine-second.ts';

/** Clock ticks of the whole machine since its start, over all processors. */
export interface MachineTicks {
  readonly total: number;
  /** Everything but idle, waiting for disks, and what the hypervisor took. */
  readonly busy: number;
  readonly steal: number;
}

/** The first line of /proc/stat; null where it is another file. */
export function parseMachineTicks(text: string): MachineTicks | null {
  const line = /^cpu +([\d ]+)$/m.exec(text)?.[1];
  if (line === undefined) return null;
  // The time of guests is part of user and nice already.
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, softIrq = 0, steal = 0] = line
    .trim()
    .split(/ +/)
    .map(Number);
  const busy = user + nice + system + irq + softIrq;
  return { total: busy + idle + wait + steal, busy, steal };
}

/** Ticks that a process has used, from its /proc/<pid>/stat; its name may hold anything. */
export function parseProcessTicks(text: string): number {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  // Fields 14 and 15 of the line, of which the third follows the name.
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

/** What a second of the machine went to, from two looks at its counters and at our own. */
export function machineSecond(
  second: number,
  [before, after]: readonly [MachineTicks, MachineTicks],
  ownTicks: number | null,
): MachineSecond {
  const total = after.total - before.total;
  if (total <= 0) return { second, stealFraction: null, foreignFraction: null };
  const share = (ticks: number): number => Math.min(1, Math.max(0, ticks / total));
  return {
    second,
    stealFraction: share(after.steal - before.steal),
    foreignFraction: ownTicks === null ? null : share(after.busy - before.busy - ownTicks),
  };
}

const periodMs = 1000;
/** Reading more of them each second would be a load of its own. */
const processesMax = 200;

interface Look {
  readonly machine: MachineTicks;
  /** null where the processes of the shards are not known. */
  readonly own: number | null;
}

/**
 * Looks at the machine once a second: what the hypervisor took, and what programs used that are
 * neither this process nor the shards (`roots`: their main processes; null where they are not
 * known). The returned function stops and tells; nothing where the system has no /proc.
 */
export async function watchMachine(
  roots: readonly number[] | null,
): Promise<() => readonly MachineSecond[]> {
  const own = roots === null ? null : await familyOf(roots);
  const pids = own === null || own.length > processesMax ? null : [process.pid, ...own];
  const looks: (Look | null)[] = [];
  const look = async (): Promise<void> => {
    looks.push(await lookAt(pids));
  };
  await look();
  const timer = setInterval(() => void look(), periodMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return looks.slice(1).flatMap((after, second) => {
      const before = looks[second] ?? null;
      if (before === null || after === null) return [];
      const ticks = before.own === null || after.own === null ? null : after.own - before.own;
      return [machineSecond(second, [before.machine, after.machine], ticks)];
    });
  };
}

async function lookAt(pids: readonly number[] | null): Promise<Look | null> {
  const text = await textOf('/proc/stat');
  const machine = text === null ? null : parseMachineTicks(text);
  if (machine === null) return null;
  if (pids === null) return { machine, own: null };
  const stats = await Promise.all(pids.map((pid) => textOf(`/proc/${pid}/stat`)));
  const own = stats.reduce((sum, stat) => sum + (stat === null ? 0 : parseProcessTicks(stat)), 0);
  return { machine, own };
}

/** The processes and their children: a Postgres server has one for each connection. */
async function familyOf(roots: readonly number[]): Promise<number[]> {
  const children = await Promise.all(
    roots.map((pid) => textOf(`/proc/${pid}/task/${pid}/children`)),
  );
  const pids = children.flatMap((text) => (text ?? '').trim().split(' ').filter(Boolean));
  return [...roots, ...pids.map(Number)];
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}
