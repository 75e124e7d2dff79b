import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { present } from '../../base/assert.ts';
import { chooseFleet } from '../../fleet/choose.ts';
import { TestServer } from '../../sources/postgres/test-server-fixture.ts';
import { run } from '../run/run.ts';
import { loadScenario } from '../scenario/load-scenario.ts';
import { profile } from './profile.ts';

const signal = new AbortController().signal;

const silent = {
  note: () => undefined,
  warn: () => undefined,
  stage: () => undefined,
  pulse: () => undefined,
  end: () => undefined,
};

/** A server that counts the statements of such runs: all of them have room. */
export const countingServer = (): Promise<TestServer> =>
  TestServer.start({
    shared_preload_libraries: 'pg_stat_statements',
    'pg_stat_statements.max': '5000',
  });

/** Of a shipped scenario, changed, what was run and the scenario that `profile` wrote of it. */
export async function profiledRun(
  server: TestServer,
  folder: string,
  name: string,
  changes: readonly (readonly [RegExp, string])[],
): Promise<{ path: string; text: string }> {
  await server.ask(`create database ${name}`);
  await server.ask('create extension pg_stat_statements schema public', name);
  const url = server.url({ database: name });
  const shipped = readFileSync(new URL(`../../../scenarios/${name}.yaml`, import.meta.url), 'utf8');
  const text = changes.reduce((so, [from, to]) => so.replace(from, to), shipped);
  const path = join(folder, `${name}.yaml`);
  // Some strategies name shards that are not there.
  const strategies = 'strategies: [{ key: $1, router: jump }]\ngrowth';
  const onOne = text
    .replace(/^topology: .*$/m, `topology: { shards: 1, urls: ['${url}'] }`)
    .replace(/^strategies:\n {2}- { key: (\w+)[^]*^growth/m, strategies);
  writeFileSync(path, onOne);
  const loaded = await loadScenario(path, { strategies: ['single'] });
  const urls = present(loaded.scenario.topology.urls, 'urls');
  const { fleet } = await chooseFleet({ asked: 'urls', urls, environment: {} }, signal);
  const lasting = {
    name: fleet.name,
    start: async (...wanted: Parameters<typeof fleet.start>) => {
      const running = await fleet.start(...wanted);
      return new Proxy(running, {
        get: (target, part) =>
          part === 'stop' ? async () => undefined : Reflect.get(target, part),
      });
    },
  };
  const kept = { keep: async () => undefined, progress: silent, signal, retries: 0 };
  const request = { loaded, command: 'x', ...kept };
  await run({ ...request, fleet: Object.assign(Object.create(fleet), lasting) });
  await server.ask('analyze', name);
  const { scenario } = await profile({
    sources: [url],
    choices: {
      watchMs: null,
      exact: null,
      sampleRows: 200_000,
      key: null,
      coverage: 0.95,
      scale: null,
      prefix: null,
      memoryBytes: 1e9,
      keepValues: false,
    },
    out: join(folder, `${name}-written.yaml`),
    about: { startedAt: '2026-11-30T08:00:00Z', command: 'x', shardlab: '0', schemaAddress: 'x' },
    stdin: Readable.from([]),
    report: () => undefined,
    signal,
  });
  return { path, text: present(scenario, 'scenario') };
}
