import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ShardAddress } from '../src/base/shard-address.ts';

/** Its version, or null where there is none on PATH (Debian: postgresql-client). */
export async function psqlVersion(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('psql', ['--version']);
    return stdout.trim();
  } catch {
    return null;
  }
}

/** The rows of one table that go to one shard, as a file in COPY's text format. */
export interface TableFile {
  /** Quoted, as SQL has it. */
  readonly target: string;
  readonly path: string;
}

/** Loads a shard's files by `\copy`, one table after the other, in one process of psql. */
export async function psqlCopy(address: ShardAddress, files: readonly TableFile[]): Promise<void> {
  const commands = files.flatMap(({ target, path }) => ['-c', `\\copy ${target} from '${path}'`]);
  const server = ['-h', address.host, '-p', String(address.port), '-U', address.user];
  const args = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...server, '-d', address.database];
  const env = { ...process.env, PGPASSWORD: address.password };
  await promisify(execFile)('psql', [...args, ...commands], { env });
}
