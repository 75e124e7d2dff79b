import { spawn } from 'node:child_process';

/**
 * Waits until its standard input closes, which happens however this process ends (kill -9
 * included), then stops every Postgres below the folder and removes it. A Postgres that is just
 * starting has no pid file yet, hence the second look.
 */
const script = `
cat >/dev/null
for round in 1 2 3 4; do
  [ -d "$1" ] || exit 0
  for file in "$1"/*/postmaster.pid; do
    [ -f "$file" ] || continue
    pid=$(head -n 1 "$file")
    case "$pid" in *[!0-9]*|'') continue;; esac
    kill -QUIT "$pid" 2>/dev/null
  done
  sleep 0.5
  rm -rf "$1"
done
`;

export interface Watchdog {
  /** Lets it go: everything has been cleaned up already. Resolves when it has ended. */
  release(): Promise<void>;
}

export function startWatchdog(directory: string): Watchdog {
  const child = spawn('/bin/sh', ['-c', script, 'shardlab-watchdog', directory], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    // A group of its own: Ctrl-C in the terminal must not end it before us.
    detached: true,
  });
  child.unref();
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    release: async () => {
      child.ref();
      child.stdin.end();
      await ended;
    },
  };
}
