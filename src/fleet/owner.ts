import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** This process, for whoever finds later what it started: host, process id, time of its start. */
export function ownerText(): string {
  const { pid } = process;
  return `${hostname()}/${pid}/${startTime(pid) ?? ''}`;
}

/** Whether such an owner is gone for certain. Processes of other machines cannot be seen. */
export function ownerIsGone(owner: string | undefined): boolean {
  if (owner === undefined) return true;
  const [host = '', pidText = '', started = ''] = owner.split('/');
  if (host !== hostname()) return false;
  const pid = Number(pidText);
  if (!isAlive(pid)) return true;
  const now = startTime(pid);
  return now !== null && started !== '' && now !== started;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
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
