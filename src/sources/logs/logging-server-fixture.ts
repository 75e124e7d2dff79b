import { appendFile, chmod, chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries, reachableBinaries } from '../../fleet/embedded/binaries.ts';
import { runToEnd, serverOwner, startServer, stopServer } from '../../fleet/embedded/server.ts';

export interface LoggingServer {
  client(): Promise<pg.Client>;
  /** Path of the log in a format, once it has this text. */
  log(format: 'csv' | 'json' | 'log', text: string): Promise<string>;
  stop(): Promise<void>;
}

/** A server of its own that logs in all three formats, with these settings on top. */
export async function startLoggingServer(settings: readonly string[]): Promise<LoggingServer> {
  const directory = await mkdtemp(join(tmpdir(), 'shardlab-log-'));
  const owner = serverOwner();
  await chmod(directory, 0o711);
  if (owner.uid !== undefined && owner.gid !== undefined) {
    await chown(directory, owner.uid, owner.gid);
  }
  const binaries = await reachableBinaries(await findBinaries(), directory, owner.uid);
  const data = join(directory, 'data');
  await runToEnd(
    binaries.initdb,
    ['-D', data, '-U', 'app', '--encoding=UTF8', '--no-locale', '--no-sync', '--auth=trust'],
    owner,
  );
  const all = [
    "listen_addresses = ''",
    `unix_socket_directories = '${data}'`,
    'logging_collector = on',
    "log_destination = 'csvlog,jsonlog,stderr'",
    "log_filename = 'server'",
    "log_line_prefix = '%m [%p] %c '",
    'fsync = off',
    ...settings,
  ];
  await appendFile(join(data, 'postgresql.conf'), `${all.join('\n')}\n`);
  const server = await startServer(binaries.postgres, data, owner);
  const client = async (): Promise<pg.Client> => {
    const made = new pg.Client({ host: data, user: 'app', database: 'postgres' });
    await made.connect();
    return made;
  };
  await eventually(async () => (await client()).end());
  return {
    client,
    async log(format, text) {
      const folder = join(data, 'log');
      const ending = format === 'log' ? /^server$|\.log$/ : new RegExp(`\\.${format}$`);
      return eventually(async () => {
        const name = (await readdir(folder)).find((each) => ending.test(each));
        const path = join(folder, name ?? 'none');
        if (!(await readFile(path, 'utf8')).includes(text))
          throw new Error(`${path} lacks ${text}`);
        return path;
      });
    },
    async stop() {
      await stopServer(server);
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function eventually<T>(work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + 30_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await sleep(50);
    }
  }
}
