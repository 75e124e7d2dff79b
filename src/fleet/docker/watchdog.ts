import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Waits for a word on its standard input. When that closes without one, which happens however this
 * process ends (kill -9 included), the shell becomes a Node that removes the run's containers. The
 * shell alone takes no memory worth naming while shards are measured.
 */
const script = 'read -r word; [ "$word" = released ] || exec "$@"';

export interface Watchdog {
  /** Lets it go: everything has been cleaned up already. Resolves when it has ended. */
  release(): Promise<void>;
}

export function startWatchdog(run: string): Watchdog {
  // The compiler rewrites imports, not URLs: a build has .js beside this file.
  const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = fileURLToPath(new URL(`./leftovers.worker.${suffix}`, import.meta.url));
  const child = spawn(
    '/bin/sh',
    ['-c', script, 'shardlab-watchdog', process.execPath, worker, run],
    // A group of its own: Ctrl-C in the terminal must not end it before us.
    { stdio: ['pipe', 'ignore', 'ignore'], cwd: '/', detached: true },
  );
  child.unref();
  child.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    release: async () => {
      child.ref();
      child.stdin.end('released\n');
      await ended;
    },
  };
}
