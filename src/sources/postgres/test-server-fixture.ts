import { randomBytes } from 'node:crypto';
import { appendFile, chmod, chown, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../fleet/docker/port.ts';
import { type Binaries, findBinaries, reachableBinaries } from '../../fleet/embedded/binaries.ts';
import {
  runToEnd,
  type Server,
  serverLog,
  serverOwner,
  startServer,
  stopServer,
} from '../../fleet/embedded/server.ts';
import { startWatchdog } from '../../fleet/embedded/watchdog.ts';

type Settings = Readonly<Record<string, string>>;

const owner = serverOwner();
const superuser = 'shardlab';

/** A Postgres with settings of its own, for what only those show. */
export class TestServer {
  readonly port: number;
  readonly password: string;
  readonly #folder: string;
  readonly #settings: Settings;
  readonly #binaries: Binaries;
  readonly #process: Server;
  readonly #end: () => Promise<void>;
  #standby: TestServer | null = null;

  private constructor(
    parts: {
      port: number;
      password: string;
      folder: string;
      settings: Settings;
      binaries: Binaries;
      process: Server;
    },
    end: () => Promise<void>,
  ) {
    this.port = parts.port;
    this.password = parts.password;
    this.#folder = parts.folder;
    this.#settings = parts.settings;
    this.#binaries = parts.binaries;
    this.#process = parts.process;
    this.#end = end;
  }

  static async start(settings: Settings = {}): Promise<TestServer> {
    const directory = await mkdtemp(join(tmpdir(), 'shardlab-'));
    const watchdog = startWatchdog(directory);
    await chmod(directory, 0o711);
    const { uid, gid } = owner;
    if (uid !== undefined && gid !== undefined) await chown(directory, uid, gid);
    const binaries = await reachableBinaries(await findBinaries(), directory, uid);
    const folder = join(directory, 'primary');
    const password = `secret${randomBytes(12).toString('hex')}`;
    const { initdb, postgres } = binaries;
    const flags = ['-U', superuser, '--encoding=UTF8', '--no-locale', '--no-sync'];
    await runToEnd(initdb, ['-D', folder, ...flags, '--auth=reject'], owner);
    const setPassword = `ALTER ROLE ${superuser} PASSWORD '${password}'\n`;
    await runToEnd(postgres, ['--single', '-D', folder, 'postgres'], owner, setPassword);
    const allowed = 'all 127.0.0.1/32 scram-sha-256\n';
    await writeFile(join(folder, 'pg_hba.conf'), `host all ${allowed}host replication ${allowed}`);
    return TestServer.#started(binaries, folder, password, settings, async () => {
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
      await watchdog.release();
    });
  }

  static async #started(
    binaries: Binaries,
    folder: string,
    password: string,
    settings: Settings,
    end: () => Promise<void>,
  ): Promise<TestServer> {
    const port = await freePort(true);
    const all: Settings = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      shared_buffers: '32MB',
      fsync: 'off',
      ...settings,
      port: String(port),
    };
    const lines = Object.entries(all).map(([name, value]) => `${name} = '${value}'\n`);
    await appendFile(join(folder, 'postgresql.conf'), lines.join(''));
    const process = await startServer(binaries.postgres, folder, owner);
    const server = new TestServer({ port, password, folder, settings, binaries, process }, end);
    await server.#answers();
    return server;
  }

  async #answers(): Promise<void> {
    for (let attempt = 0; attempt < 500; attempt += 1) {
      if (
        await this.ask('select 1').then(
          () => true,
          () => false,
        )
      )
        return;
      await sleep(20);
    }
    throw new Error(`the server does not answer: ${await serverLog(this.#process)}`);
  }

  /** Of a role, whose password is to be the server's. */
  url(options: { user?: string; database?: string; port?: number } = {}): string {
    const { user = superuser, database = 'postgres', port = this.port } = options;
    return `postgres://${user}:${this.password}@127.0.0.1:${port}/${database}`;
  }

  /** Runs statements as the superuser; rows of the last one as arrays. */
  async ask(sql: string, database = 'postgres'): Promise<unknown[][]> {
    const client = new pg.Client({ connectionString: this.url({ database }) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const answer = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
      const [last] = [answer].flat().slice(-1);
      return last?.rows ?? [];
    } finally {
      await client.end();
    }
  }

  /** Runs statements one by one in one session, each as one of its own in the log. */
  async each(statements: readonly string[], database = 'postgres'): Promise<void> {
    const client = new pg.Client({ connectionString: this.url({ database }) });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  /** One statement with the values of its parameters, once for each list of them. */
  async parameterized(
    sql: string,
    lists: readonly (readonly string[])[],
    database = 'postgres',
  ): Promise<void> {
    const client = new pg.Client({ connectionString: this.url({ database }) });
    await client.connect();
    for (const values of lists) await client.query(sql, [...values]);
    await client.end();
  }

  /** @throws Error when the server takes the statement */
  async fails(sql: string, database = 'postgres'): Promise<void> {
    const answer = await this.ask(sql, database).then(
      () => 'taken',
      () => 'refused',
    );
    if (answer === 'taken') throw new Error(`the server has taken ${sql}`);
  }

  log(): Promise<string> {
    return readFile(this.#process.logFile, 'utf8');
  }

  /** A copy that follows it, and stops with it. */
  async startStandby(): Promise<TestServer> {
    const folder = join(this.#folder, '..', 'standby');
    const client = new pg.Client({ connectionString: this.url() });
    await client.connect();
    await client.query("select pg_backup_start('standby', true)");
    await cp(this.#folder, folder, {
      recursive: true,
      filter: (path) => !/postmaster\.(pid|opts)$|\.log$/.test(path),
    });
    const stop = 'select labelfile as label from pg_backup_stop(false)';
    const { rows } = await client.query<{ label: string }>(stop);
    await client.end();
    await writeFile(join(folder, 'backup_label'), rows[0]?.label ?? '');
    await writeFile(join(folder, 'standby.signal'), '');
    const { uid, gid } = owner;
    // Copies made by root belong to root.
    if (uid !== undefined) {
      await runToEnd('/bin/chown', ['-R', `${uid}:${gid}`, folder], {
        uid: undefined,
        gid: undefined,
      });
    }
    await chmod(folder, 0o700);
    const primary = `host=127.0.0.1 port=${this.port} user=${superuser} password=${this.password}`;
    this.#standby = await TestServer.#started(
      this.#binaries,
      folder,
      this.password,
      { ...this.#settings, primary_conninfo: primary },
      async () => undefined,
    );
    return this.#standby;
  }

  async stop(): Promise<void> {
    await this.#standby?.stop();
    await stopServer(this.#process);
    await this.#end();
  }
}
