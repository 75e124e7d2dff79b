import { execFile } from 'node:child_process';
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, ownerIsGone, ownerText } from '../owner.ts';

/** In a fleet's folder: who started it. */
const ownerFile = 'owner';
const ours = /^shardlab-\w{6}$/;
/** A folder without an owner is of an older shardlab, or of one that is just being started. */
const justMadeMs = 10_000;
const stopsWithinMs = 10_000;

export async function markOwner(folder: string): Promise<void> {
  await writeFile(join(folder, ownerFile), ownerText());
}

export interface RemovedFolders {
  readonly folders: number;
  /** Postgres servers that still ran in them. */
  readonly servers: number;
  /** Folders of runs that go on. */
  readonly kept: number;
}

/**
 * Ends the servers and removes the folders of embedded fleets whose process has ended, and whose
 * watchdog did not do it (it was killed too, or the machine lost power).
 */
export async function removeFolders(parent: string): Promise<RemovedFolders> {
  const names = (await readdir(parent)).filter((name) => ours.test(name));
  let [folders, servers, kept] = [0, 0, 0];
  for (const name of names) {
    const folder = join(parent, name);
    const running = await serversIn(folder);
    if (await isInUse(folder, running)) {
      kept += 1;
      continue;
    }
    await Promise.all(running.map(end));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    folders += 1;
    servers += running.length;
  }
  return { folders, servers, kept };
}

async function isInUse(folder: string, servers: readonly number[]): Promise<boolean> {
  const owner = await readFile(join(folder, ownerFile), 'utf8').catch(() => null);
  if (owner !== null) return !ownerIsGone(owner);
  const age = Date.now() - (await stat(folder)).mtimeMs;
  return servers.length > 0 || age < justMadeMs;
}

/** Process ids of the postmasters below a folder. */
async function serversIn(folder: string): Promise<number[]> {
  const shards = await readdir(folder).catch((): string[] => []);
  const pids = await Promise.all(
    shards.map(async (shard) => {
      const data = join(folder, shard);
      const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
      const pid = Number(text.split('\n')[0]);
      // Ids are used again: what runs under it must name the folder.
      return pid > 1 && (await commandOf(pid)).includes(data) ? [pid] : [];
    }),
  );
  return pids.flat();
}

async function commandOf(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
  } catch {
    // It has ended, or this is not Linux.
    return new Promise((resolve) => {
      execFile('ps', ['-p', String(pid), '-o', 'args='], (_, stdout) => resolve(stdout));
    });
  }
}

/** The data goes away: an immediate shutdown is enough. */
async function end(pid: number): Promise<void> {
  const giveUpAt = performance.now() + stopsWithinMs;
  send(pid, 'SIGQUIT');
  while (isAlive(pid)) {
    if (performance.now() > giveUpAt) send(pid, 'SIGKILL');
    await sleep(20);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
