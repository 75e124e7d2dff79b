import { join } from 'node:path';
import { expect, test } from 'vitest';
import { engineForTests } from '../fleet/docker/engine-fixture.ts';
import { startShards } from '../testing/embedded-shards.ts';
import { repository, resultIn, scratch, shardlab } from './shardlab-fixture.ts';

const found = await engineForTests();
const missing = 'missing' in found ? found.missing : null;

const args = ['--duration', '2s', '--seed', '11', '--strategy', 'tenant_id/jump'];
const scenario = join(repository, 'scenarios', 'saas-skew.yaml');

async function measured(fleet: string, environment: Record<string, string> = {}) {
  const out = scratch();
  const { HOME = '' } = process.env;
  const { stderr } = await shardlab(['run', scenario, ...args, '--fleet', fleet, '--out', out], {
    environment: { HOME, ...environment },
  });
  const result = resultIn(out);
  const [cell] = result.cells;
  expect(cell?.status, stderr).toBe('ok');
  return {
    digest: result.arrivalsDigest,
    writes: cell?.shards.map(({ writesSent }) => writesSent),
    reads: cell?.shards.map(({ readsSent }) => readsSent),
    rows: cell?.shards.map(({ rows }) => rows),
  };
}

test.skipIf(missing !== null)(
  `embedded, docker and urls get the same arrivals and send the same writes${missing ?? ''}`,
  async () => {
    const embedded = await measured('embedded');
    expect(await measured('docker')).toEqual(embedded);
    const { fleet } = await startShards(4);
    try {
      const urls = fleet.shards.map(({ user, password, port }, i) => [
        `SHARDLAB_SHARD_${i}`,
        `postgres://${user}:${password}@127.0.0.1:${port}/postgres`,
      ]);
      expect(await measured('urls', Object.fromEntries(urls))).toEqual(embedded);
    } finally {
      await fleet.stop();
    }
  },
  240_000,
);
