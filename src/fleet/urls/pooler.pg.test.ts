import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { freePort } from '../docker/port.ts';
import { embeddedFleet } from '../embedded/fleet.ts';
import type { FleetRequest, RunningFleet } from '../types.ts';
import { urlsFleet } from './fleet.ts';
import { shardUrls } from './shard-urls.ts';

const request: FleetRequest = {
  shards: 1,
  connectionsPerShard: 8,
  durability: { fsync: true, synchronousCommit: true },
  dataBytes: 1e6,
};
const signal = new AbortController().signal;
const missing = spawnSync('pgbouncer', ['--version']).error !== undefined;

describe.skipIf(missing)('a pooler in between (needs pgbouncer)', () => {
  let server: RunningFleet;
  let folder: string;
  const poolers: ChildProcess[] = [];

  beforeAll(async () => {
    server = await embeddedFleet.start(request, signal);
    folder = mkdtempSync(join(tmpdir(), 'shardlab-pooler-'));
    chmodSync(folder, 0o755);
  });

  afterAll(async () => {
    for (const pooler of poolers) {
      pooler.kill();
      if (pooler.exitCode === null) await once(pooler, 'exit');
    }
    rmSync(folder, { recursive: true });
    await server.stop();
  });

  /** Starts pgbouncer and gives the URL that goes through it. */
  async function through(settings: string): Promise<string> {
    const shard = present(server.shards[0], 'shard');
    const port = await freePort(true);
    const base = join(folder, String(port));
    writeFileSync(`${base}.users`, `"${shard.user}" "${shard.password}"\n`);
    writeFileSync(
      `${base}.ini`,
      `[databases]\npostgres = host=127.0.0.1 port=${shard.port}\n[pgbouncer]\n` +
        `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = plain\n` +
        `auth_file = ${base}.users\n${settings}\n`,
    );
    // It refuses to run as root.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    poolers.push(spawn('pgbouncer', [`${base}.ini`], { ...nobody, stdio: 'ignore' }));
    const client = { ...shard, port, database: 'postgres' };
    for (let attempt = 0; attempt < 100; attempt++) {
      const probe = new pg.Client(client);
      const answered = await probe.connect().then(
        () => true,
        () => false,
      );
      await probe.end().catch(() => undefined);
      if (answered) break;
      await sleep(50);
    }
    return `postgres://${shard.user}:${shard.password}@127.0.0.1:${port}/postgres`;
  }

  test.each([
    [
      'that refuses options',
      'pool_mode = session',
      /: this is a connection pooler that accepts no options/,
    ],
    [
      'in transaction mode',
      'pool_mode = transaction\nignore_startup_parameters = options',
      /is behind a connection pooler in transaction mode, which loses named prepared statements/,
    ],
    [
      'that ignores options',
      'pool_mode = session\nignore_startup_parameters = options',
      /is behind a connection pooler that ignores the settings of a session/,
    ],
  ])('%s is refused with its reason', async (_, settings, message) => {
    const url = await through(settings);
    const start = urlsFleet(shardUrls([url], {})).start(request, signal);
    await expect(start).rejects.toThrow(message);
  });
});
