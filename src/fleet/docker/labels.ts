import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** On every container and volume of ours; its value is the run's id. */
export const runLabel = 'shardlab.run';
/** Who started it: host, process id and the time that process started. */
export const ownerLabel = 'shardlab.owner';
export const shardLabel = 'shardlab.shard';

export function ownLabels(run: string): Record<string, string> {
  const { pid } = process;
  return { [runLabel]: run, [ownerLabel]: `${hostname()}/${pid}/${startTime(pid) ?? ''}` };
}

/** Whether the owner in a label is gone for certain. Processes of other machines cannot be seen. */
export function ownerIsGone(label: string | undefined): boolean {
  if (label === undefined) return true;
  const [host = '', pidText = '', started = ''] = label.split('/');
  if (host !== hostname()) return false;
  const pid = Number(pidText);
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  const now = startTime(pid);
  return now !== null && started !== '' && now !== started;
}

/** Clock ticks since boot at which a process began, since ids are used again; null off Linux. */
function startTime(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in brackets, which may hold blanks; the 22nd is the time.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
