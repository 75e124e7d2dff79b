import { rmSync } from 'node:fs';
import { mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  /** Absolute, without links. */
  readonly path: string;
  /** Never throws. */
  remove(): void;
}

/** One of ours: what it is for, the process that made it, and what mkdtemp added. */
const ours = /^shardlab-gate-[a-z]+-(\d+)-/;
/** Where processes have numbers of their own, as in containers, a live one may look dead. */
const staleMs = 3_600_000;

/**
 * A folder of the gate's below the system's temporary ones, which is gone when this process ends,
 * however that is. What a kill -9 has left is removed by the next gate.
 */
export async function temporaryFolder(purpose: 'base' | 'cache'): Promise<TemporaryFolder> {
  await removeStale();
  const made = await mkdtemp(join(tmpdir(), `shardlab-gate-${purpose}-${process.pid}-`));
  const path = await realpath(made);
  const removeNow = (): void => {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Held by another program: the next gate removes it.
    }
  };
  process.once('exit', removeNow);
  return {
    path,
    remove: () => {
      process.off('exit', removeNow);
      removeNow();
    },
  };
}

async function removeStale(): Promise<void> {
  const names = await readdir(tmpdir()).catch((): string[] => []);
  for (const name of names) {
    const [, pid] = ours.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const path = join(tmpdir(), name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    // Of another user, perhaps: then it is for them to remove.
    if (age > staleMs) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
