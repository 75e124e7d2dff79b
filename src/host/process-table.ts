// proc(5): /proc/<pid>/stat.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** A process at one moment; times are clock ticks (`ticksPerSecond`). */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** At most 15 bytes, chosen by the program: it may hold anything. */
  readonly name: string;
  /** Used by itself, and by children of it that have ended. */
  readonly ticks: number;
  /** Since the start of the machine: a number of a process is used again, with another start. */
  readonly startTick: number;
}

/** USER_HZ: 100 on every processor that Node runs on. */
export const ticksPerSecond = 100;

/** A line of /proc/<pid>/stat; null where it is another file. */
export function parseProcess(text: string): ProcessEntry | null {
  const [opening, closing] = [text.indexOf('('), text.lastIndexOf(')')];
  if (opening < 0 || closing < opening) return null;
  const pid = Number(text.slice(0, opening));
  // From field 3 on, the state; fields 4, 14 to 17 and 22 are asked for.
  const fields = text.slice(closing + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3] ?? Number.NaN);
  const ticks = field(14) + field(15) + field(16) + field(17);
  const entry = {
    pid,
    parent: field(4),
    name: text.slice(opening + 1, closing),
    ticks,
    startTick: field(22),
  };
  return Object.values(entry).some((value) => Number.isNaN(value)) ? null : entry;
}

/**
 * All processes that can be seen from here; none where the system has no /proc. It takes about 25
 * microseconds for each, in one go: it is for the moments before and after what is measured.
 */
export function processTable(): readonly ProcessEntry[] {
  return namesIn('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const entry = parseProcess(textOf(`/proc/${name}/stat`));
    return entry === null ? [] : [entry];
  });
}

/** Name of the file that a process runs; null where it has ended, or is not ours to look at. */
export function programFile(pid: number): string | null {
  try {
    return basename(readlinkSync(`/proc/${pid}/exe`)).replace(/ \(deleted\)$/, '');
  } catch {
    return null;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** '' where the process has ended meanwhile, or is not ours to look at. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
