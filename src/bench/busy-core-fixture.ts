import { spawn } from 'node:child_process';

/** Ends with its parent, should that be killed. */
const spin =
  'const parent = process.ppid; while (process.ppid === parent) for (let i = 0; i < 1e7; i += 1);';

/** A process that keeps one core busy until it is stopped. */
export function startBusyCore(): { stop(): Promise<void> } {
  const child = spawn(process.execPath, ['-e', spin], { stdio: 'ignore' });
  return {
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}
