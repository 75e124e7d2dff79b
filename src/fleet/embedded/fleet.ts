import { randomBytes } from 'node:crypto';
import {
  appendFile,
  chmod,
  chown,
  cp,
  lchown,
  mkdtemp,
  readdir,
  rm,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { exitCodes } from '../../base/exit-codes.ts';
import { UserError } from '../../base/user-error.ts';
import type { ShardAddress } from '../../base/shard-address.ts';
import { checkDisk } from '../disk-space.ts';
import type { Fleet, FleetRequest, RunningFleet } from '../types.ts';
import { type Binaries, findBinaries, platformPackage, reachableBinaries } from './binaries.ts';
import { markOwner } from './leftovers.ts';
import {
  type Owner,
  runToEnd,
  type Server,
  serverLog,
  serverOwner,
  startServer,
  stopServer,
} from './server.ts';
import { hostAccess, postgresSettings } from './settings.ts';
import { checkSpace, elsewhere, fileSystemOf } from './space.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

const user = 'shardlab';
/** Beyond the pool: the loader, the watcher of server statistics, and a superuser's reserve. */
const extraConnections = 8;
const startTimeoutMs = 30_000;
const noQuota =
  'Embedded shards have no CPU or memory limits (topology.quota works with --fleet ' +
  'docker): a busy shard takes CPU time from the others.';

/**
 * Real Postgres from npm binaries, one initdb copied for each shard, in a folder that goes away.
 */
export const embeddedFleet: Fleet = {
  name: 'embedded',
  async start(request, signal) {
    await checkSpace(request, tmpdir());
    const binaries = await findBinaries();
    const directory = await mkdtemp(join(tmpdir(), 'shardlab-'));
    const watchdog = startWatchdog(directory);
    const servers: Server[] = [];
    let stopping: Promise<void> | null = null;
    const stop = (): Promise<void> => (stopping ??= cleanUp(servers, directory, watchdog));
    try {
      await markOwner(directory);
      const shards = await startShards(request, binaries, directory, servers, signal);
      const fileSystem = await fileSystemOf(directory);
      const failure = watch(servers, () => stopping !== null);
      return {
        shards,
        description: `embedded Postgres on this machine, ${platformPackage}`,
        notes: request.quota ? [noQuota] : [],
        fileSystem,
        failure,
        throttling: async () => shards.map(() => null),
        processes: async () => servers.flatMap((server) => server.process.pid ?? []),
        checkDisk: (dataBytes) => checkDisk({ shards: 0, dataBytes }, directory, elsewhere),
        stop,
      } satisfies RunningFleet;
    } catch (error) {
      await stop();
      throw error;
    }
  },
};

async function cleanUp(servers: Server[], directory: string, watchdog: Watchdog): Promise<void> {
  await Promise.all(servers.map(stopServer));
  await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  await watchdog.release();
}

/** Rejects as soon as one server ends while nobody asked it to. */
function watch(servers: readonly Server[], stopping: () => boolean): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    for (const [shard, server] of servers.entries()) {
      void server.ended.then(async () => {
        if (stopping()) return;
        const log = await serverLog(server);
        reject(
          new UserError(`shard ${shard} stopped during the run: ${log}`, {
            exitCode: exitCodes.unusable,
          }),
        );
      });
    }
  });
  // Whoever awaits it sees the rejection; nobody has to.
  failure.catch(() => undefined);
  return failure;
}

async function startShards(
  request: FleetRequest,
  found: Binaries,
  directory: string,
  servers: Server[],
  signal: AbortSignal,
): Promise<ShardAddress[]> {
  const owner = serverOwner();
  await chmod(directory, 0o711);
  if (owner.uid !== undefined && owner.gid !== undefined) {
    await chown(directory, owner.uid, owner.gid);
  }
  const binaries = await reachableBinaries(found, directory, owner.uid);
  const password = randomBytes(24).toString('base64url');
  const template = await makeTemplate(binaries, directory, owner, password);
  signal.throwIfAborted();
  return Promise.all(
    Array.from({ length: request.shards }, async (_, shard) => {
      const data = join(directory, `shard-${shard}`);
      await cp(template, data, { recursive: true });
      await hand(data, owner);
      const { server, port } = await startOnFreePort(binaries, data, request, owner, {
        password,
        signal,
      });
      servers[shard] = server;
      return {
        host: socketDirectory(data) ?? '127.0.0.1',
        port,
        user,
        password,
        database: 'postgres',
        ssl: false,
      };
    }),
  );
}

async function makeTemplate(
  binaries: Binaries,
  directory: string,
  owner: Owner,
  password: string,
): Promise<string> {
  const template = join(directory, 'template');
  await runToEnd(
    binaries.initdb,
    ['-D', template, '-U', user, '--encoding=UTF8', '--no-locale', '--no-sync', '--auth=reject'],
    owner,
  );
  // Single-user mode reads SQL from standard input, so the password never stands in a file or argv.
  await runToEnd(
    binaries.postgres,
    ['--single', '-D', template, 'postgres'],
    owner,
    `ALTER ROLE ${user} PASSWORD '${password}'\n`,
  );
  await writeFile(join(template, 'pg_hba.conf'), hostAccess);
  return template;
}

/** Between finding a free port and using it another program may take it: then try the next. */
async function startOnFreePort(
  binaries: Binaries,
  data: string,
  request: FleetRequest,
  owner: Owner,
  options: { password: string; signal: AbortSignal },
): Promise<{ server: Server; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    await appendFile(
      join(data, 'postgresql.conf'),
      postgresSettings({
        port,
        socketDirectory: socketDirectory(data),
        connections: request.connectionsPerShard + extraConnections,
        durability: request.durability,
      }),
    );
    const server = await startServer(binaries.postgres, data, owner);
    const failure = await waitUntilReady(server, port, options.password, options.signal);
    if (failure === null) return { server, port };
    await stopServer(server);
    options.signal.throwIfAborted();
    if (attempt === 3 || !failure.includes('Address already in use')) {
      throw new UserError(`a shard did not start: ${failure}`, { exitCode: exitCodes.unusable });
    }
  }
}

/** null when it answers, else why it does not. */
async function waitUntilReady(
  server: Server,
  port: number,
  password: string,
  signal: AbortSignal,
): Promise<string | null> {
  let ended = false;
  void server.ended.then(() => {
    ended = true;
  });
  const giveUpAt = performance.now() + startTimeoutMs;
  for (;;) {
    if (signal.aborted) return 'interrupted';
    if (ended) return serverLog(server);
    const client = new pg.Client({ host: '127.0.0.1', port, user, password, database: 'postgres' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return null;
    } catch (error) {
      if (performance.now() > giveUpAt) {
        return `no answer within ${startTimeoutMs / 1000} s (${(error as Error).message})`;
      }
      await sleep(20);
    }
  }
}

/** A socket's path has room for 107 bytes; ours ends in `/.s.PGSQL.65535`. */
const longestSocketDirectory = 90;

/**
 * Sockets in the file system cost the kernel less than loopback TCP does, and what it costs is time
 * taken from the shards. Where TMPDIR is too long for them, or on Windows, it is TCP.
 */
function socketDirectory(data: string): string | null {
  const fits = Buffer.byteLength(data) <= longestSocketDirectory;
  return fits && process.platform !== 'win32' ? data : null;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise<void>((resolve) => {
    probe.close(() => resolve());
  });
  if (address === null || typeof address === 'string') throw new Error('no port was assigned');
  return address.port;
}

/** Copies made by root belong to root; Postgres wants its own. */
async function hand(data: string, owner: Owner): Promise<void> {
  const { uid, gid } = owner;
  if (uid === undefined || gid === undefined) return;
  const entries = await readdir(data, { recursive: true });
  await Promise.all(entries.map((entry) => lchown(join(data, entry), uid, gid)));
  await chown(data, uid, gid);
  await chmod(data, 0o700);
}
