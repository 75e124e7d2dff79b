import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { findEndpoint } from './endpoint.ts';
import { engineForTests, options, ourThings, request } from './engine-fixture.ts';
import { removeLeftovers } from './leftovers.ts';

const found = await engineForTests();
const why = 'missing' in found ? `, needs Docker: ${found.missing}` : '';

/** Starts two shards, says so, and waits for their failure. */
const code = `
  import { dockerFleet } from ${JSON.stringify(new URL('./fleet.ts', import.meta.url).href)};
  const fleet = await dockerFleet(${JSON.stringify(options)}).start(
    ${JSON.stringify({ ...request, shards: 2 })}, new AbortController().signal);
  console.log('ready');
  await fleet.failure.catch((error) => console.log(error.message, error.exitCode));
  await fleet.stop();
  console.log('stopped');
`;

function startChild(environment: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const said = async (word: string): Promise<string> => {
    while (!output.includes(word)) {
      if (child.exitCode !== null) throw new Error(`ended without saying ${word}: ${output}`);
      await sleep(50);
    }
    return output;
  };
  return { child, said };
}

describe.skipIf('missing' in found)(`a docker fleet whose owner is killed${why}`, () => {
  const engine = 'engine' in found ? found.engine : null;
  const things = (): Promise<string[]> => ourThings(present(engine, 'engine'));

  test('kill -9: the watchdog removes what was left', async () => {
    const before = await things();
    const { child, said } = startChild({});
    await said('ready');
    expect((await things()).length).toBe(before.length + 4);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect.poll(things, { timeout: 15_000, interval: 200 }).toEqual(before);
  });

  test('an engine that stops during the run is reported, and cleaning up later works', async () => {
    const before = await things();
    const proxy = await engineProxy();
    try {
      const { child, said } = startChild({ DOCKER_HOST: `unix://${proxy.socket}` });
      await said('ready');
      const running = await removeLeftovers();
      expect(running.containers).toBe(0);
      expect(running.kept).toBeGreaterThanOrEqual(2);
      proxy.close();
      expect(await said('stopped')).toMatch(/the Docker engine stopped during the run: .* 3\n/);
      if (child.exitCode === null) await once(child, 'exit');
    } finally {
      proxy.close();
      const removed = await removeLeftovers();
      expect(removed).toMatchObject({ containers: 2, volumes: 0 });
    }
    expect(await things()).toEqual(before);
  });
});

/** A door to the engine that can be shut. */
async function engineProxy() {
  const target = findEndpoint(process.env)?.target;
  const folder = mkdtempSync(join(tmpdir(), 'shardlab-engine-'));
  const socket = join(folder, 'docker.sock');
  const open = new Set<Socket>();
  const server = createServer((inner) => {
    const outer =
      target && 'socketPath' in target
        ? connect(target.socketPath)
        : connect(Number(target?.url.port ?? 2375), target?.url.hostname ?? 'localhost');
    for (const each of [inner, outer]) {
      open.add(each);
      each.on('error', () => undefined);
      each.on('close', () => {
        inner.destroy();
        outer.destroy();
      });
    }
    inner.pipe(outer).pipe(inner);
  });
  server.listen(socket);
  await once(server, 'listening');
  const close = (): void => {
    server.close();
    for (const each of open) each.destroy();
    rmSync(folder, { recursive: true, force: true });
  };
  return { socket, close };
}
