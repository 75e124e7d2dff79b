import { performance } from 'node:perf_hooks';
import type { BusyProgram } from '../result/busy-program.ts';
import { type ProcessEntry, processTable, programFile, ticksPerSecond } from './process-table.ts';

const shown = 3;
/** Of a core: less explains nothing, on however few cores. */
const leastFraction = 0.05;

/**
 * Looks at all processes now and once more when the returned function is called, never between: it
 * must not disturb what is measured. The function names those that used most, the busiest first:
 * neither this one nor the shards (`roots`: their main processes), nor what these have started.
 * Programs that came and went within count for the process that waited for their end.
 */
export function watchPrograms(roots: readonly number[]): () => BusyProgram[] {
  const own = [process.pid, ...roots];
  const before = processTable();
  const startedAt = performance.now();
  return () => {
    const seconds = (performance.now() - startedAt) / 1000;
    const busiest = usedMost({ before, after: processTable(), own, seconds });
    return busiest.map(({ name, pid, cpuFraction }) => ({
      name: programName(name, pid),
      pid,
      cpuFraction,
    }));
  };
}

/** Node, and others, call their main thread so: the file that runs says more. */
const threadNames: ReadonlySet<string> = new Set(['MainThread', 'main']);

const programName = (name: string, pid: number): string =>
  threadNames.has(name) ? (programFile(pid) ?? name) : name;

interface TwoLooks {
  readonly before: readonly ProcessEntry[];
  readonly after: readonly ProcessEntry[];
  /** Processes that are left out, with their descendants. */
  readonly own: readonly number[];
  readonly seconds: number;
}

export function usedMost({ before, after, own, seconds }: TwoLooks): BusyProgram[] {
  if (seconds <= 0) return [];
  const earlier = byPid(before);
  const later = byPid(after);
  const inherited = inheritedTicks(before, later);
  const isOwn = (entry: ProcessEntry | undefined, all: Processes): boolean =>
    entry !== undefined && descends(entry, all, own);
  return after
    .flatMap((entry) => {
      const { pid, name, ticks } = entry;
      const known = earlier.get(pid);
      const first = known !== undefined && isSame(known, entry) ? known : undefined;
      if (isOwn(entry, later) || isOwn(first, earlier)) return [];
      const used = ticks - (first?.ticks ?? 0) - (inherited.get(pid) ?? 0);
      return [{ name, pid, cpuFraction: Math.max(0, used) / ticksPerSecond / seconds }];
    })
    .filter(({ cpuFraction }) => cpuFraction >= leastFraction)
    .toSorted((a, b) => b.cpuFraction - a.cpuFraction)
    .slice(0, shown);
}

type Processes = ReadonlyMap<number, ProcessEntry>;

const byPid = (entries: readonly ProcessEntry[]): Processes =>
  new Map(entries.map((entry) => [entry.pid, entry]));

const isSame = (a: ProcessEntry, b: ProcessEntry): boolean =>
  a.pid === b.pid && a.startTick === b.startTick;

/**
 * What a process has only because others ended: their times of before the first look go to the
 * nearest ancestor that is still there.
 */
function inheritedTicks(before: readonly ProcessEntry[], later: Processes): Map<number, number> {
  const earlier = byPid(before);
  const inherited = new Map<number, number>();
  const lives = (entry: ProcessEntry): boolean => {
    const now = later.get(entry.pid);
    return now !== undefined && isSame(entry, now);
  };
  for (const entry of before.filter((one) => !lives(one))) {
    const heir = ancestors(entry, earlier).find(lives);
    if (heir !== undefined) {
      inherited.set(heir.pid, (inherited.get(heir.pid) ?? 0) + entry.ticks);
    }
  }
  return inherited;
}

const descends = (entry: ProcessEntry, all: Processes, roots: readonly number[]): boolean =>
  [entry, ...ancestors(entry, all)].some(({ pid }) => roots.includes(pid));

/** Parents first; those that cannot be seen end the list, and so does a circle of numbers. */
function ancestors(entry: ProcessEntry, all: Processes): readonly ProcessEntry[] {
  const found = new Set<ProcessEntry>();
  let next = all.get(entry.parent);
  while (next !== undefined && !found.has(next)) {
    found.add(next);
    next = all.get(next.parent);
  }
  return [...found];
}
