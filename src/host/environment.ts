import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';

export interface MachineFacts {
  readonly shardlab: string;
  readonly node: string;
  readonly os: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly gitCommit: string | null;
}

export function shardlabVersion(): string {
  const path = new URL('../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
  return version;
}

export async function machineFacts(): Promise<MachineFacts> {
  return {
    shardlab: shardlabVersion(),
    node: process.versions.node,
    os: `${type()} ${release()} ${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    gitCommit: await gitCommit(),
  };
}

/**
 * Commit of the folder the user stands in, with `+` when it has changes; null outside a checkout.
 */
async function gitCommit(): Promise<string | null> {
  const git = promisify(execFile);
  try {
    const { stdout: commit } = await git('git', ['rev-parse', '--short=12', 'HEAD']);
    // Without it the index would be written anew, in the user's repository.
    const status = ['--no-optional-locks', 'status', '--porcelain'];
    const { stdout: changes } = await git('git', status);
    return commit.trim() + (changes.trim() === '' ? '' : '+');
  } catch {
    return null;
  }
}
