import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { engineForTests } from '../docker/engine-fixture.ts';
import { localImage } from '../docker/image.ts';
import { freePort } from '../docker/port.ts';
import { urlsFleet } from './fleet.ts';
import { shardUrls } from './shard-urls.ts';

const found = await engineForTests();
const why = 'missing' in found ? `, needs Docker: ${found.missing}` : '';
const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' });

// Servers that the embedded binaries cannot be made into from outside.
describe.skipIf('missing' in found)(`a server of the user's own${why}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'shardlab-server-'));
  const certificate = join(folder, 'server.crt');
  let container: string;
  let port: number;

  beforeAll(async () => {
    const engine = present('engine' in found ? found.engine : null, 'engine');
    const image = present(await localImage(engine, null), 'image').name;
    port = await freePort(true);
    const publish = `127.0.0.1:${port}:5432`;
    container = docker('run', '-d', '-e', 'POSTGRES_PASSWORD=pw', '-p', publish, image).trim();
    await reachable('pw');
  });

  afterAll(() => {
    docker('rm', '-fv', container);
    rmSync(folder, { recursive: true });
  });

  async function start(options: string, host = '127.0.0.1', password = 'pw'): Promise<string> {
    const url = `postgres://postgres:${password}@${host}:${port}/postgres${options}`;
    const fleet = urlsFleet(shardUrls([url], {}));
    const request = {
      shards: 1,
      connectionsPerShard: 2,
      durability: { fsync: true, synchronousCommit: true },
      dataBytes: 1e6,
    };
    try {
      const running = await fleet.start(request, new AbortController().signal);
      await running.stop();
      return 'accepted';
    } catch (error) {
      return (error as Error).message;
    }
  }

  async function reachable(password: string): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt++) {
      if (/accepted|replica/.test(await start('', '127.0.0.1', password))) return;
      await sleep(100);
    }
    throw new Error('the server does not start');
  }

  const inside = (script: string): string =>
    docker('exec', '-u', 'postgres', container, 'sh', '-c', `cd "$PGDATA" && ${script}`);

  async function restart(): Promise<void> {
    docker('restart', container);
    await reachable('pw');
  }

  test('sslmode has the meanings of libpq', async () => {
    expect(await start('?sslmode=require')).toMatch(/the server does not offer TLS/);
    inside(
      'openssl req -x509 -newkey rsa:2048 -nodes -keyout server.key -out server.crt -days 3 ' +
        '-subj /CN=localhost -addext subjectAltName=DNS:localhost 2>&1 && ' +
        'chmod 600 server.key && echo "ssl = on" >>postgresql.auto.conf',
    );
    docker('cp', `${container}:/var/lib/postgresql/data/server.crt`, certificate);
    await restart();
    const trusting = `&sslrootcert=${certificate}`;
    expect(await start('?sslmode=require')).toBe('accepted');
    expect(await start('?sslmode=disable')).toBe('accepted');
    expect(await start('?sslmode=verify-ca')).toMatch(/the server's certificate is not trusted/);
    expect(await start(`?sslmode=verify-ca${trusting}`)).toBe('accepted');
    expect(await start(`?sslmode=verify-full${trusting}`)).toMatch(/is not trusted/);
    expect(await start(`?sslmode=verify-full${trusting}`, 'localhost')).toBe('accepted');
  });

  test('a read-only replica', async () => {
    inside('touch standby.signal');
    await restart();
    expect(await start('')).toMatch(
      /is a read-only replica, but shards must accept writes: give the address of its primary$/,
    );
  });
});
