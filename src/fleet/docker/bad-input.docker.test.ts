import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { UserError } from '../../base/user-error.ts';
import type { FleetRequest } from '../types.ts';
import { engineForTests, options, ourThings, request } from './engine-fixture.ts';
import { type DockerOptions, dockerFleet } from './fleet.ts';

const found = await engineForTests();
const why = 'missing' in found ? `, needs Docker: ${found.missing}` : '';
const mb = 2 ** 20;
const empty = 'shardlab-test-empty:local';

describe.skipIf('missing' in found)(`what the docker fleet refuses${why}`, () => {
  const engine = 'engine' in found ? found.engine : null;
  let before: string[];

  beforeAll(async () => {
    before = await ourThings(present(engine, 'engine'));
    // A tar archive of nothing is two blocks of zeros.
    execFileSync('docker', ['import', '-', empty], { input: Buffer.alloc(1024) });
  });

  afterAll(async () => {
    execFileSync('docker', ['rmi', empty]);
  });

  async function refusal(changes: Partial<FleetRequest>, also: Partial<DockerOptions> = {}) {
    const fleet = dockerFleet({ ...options, ...also });
    const start = fleet.start({ ...request, ...changes }, new AbortController().signal);
    const error = await start.then(
      async (running) => {
        await running.stop();
        return null;
      },
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UserError);
    const { message, hint, exitCode } = error as UserError;
    expect(exitCode).toBe(3);
    expect(await ourThings(present(engine, 'engine'))).toEqual(before);
    return { message, hint: hint ?? '' };
  }

  test('quotas above the machine', async () => {
    const cores = present(engine, 'engine').cores;
    const { message } = await refusal({ shards: 2, quota: { cpu: cores, memoryBytes: 99 * mb } });
    expect(message).toMatch(
      /^2 shards with \d+ of a core each need \d+ cores; [\d.]+ of \d+ are available/,
    );
  });

  test('memory too small for Postgres to start: the log is quoted', async () => {
    const { message, hint } = await refusal({ quota: { cpu: 0.5, memoryBytes: 12 * mb } });
    expect(message).toMatch(/ended before it answered \(.+\); its log: \S/);
    expect(message.includes('out of memory') ? hint : 'quota.memory').toContain('quota.memory');
  });

  test('less memory than the engine accepts', async () => {
    const { message } = await refusal({ quota: { cpu: 0.5, memoryBytes: 1 * mb } });
    expect(message).toMatch(/did not start from .*: Minimum memory limit/);
  });

  test('an image without Postgres', async () => {
    const { message, hint } = await refusal({}, { image: empty });
    expect(message).toMatch(/^shard 0 did not start from shardlab-test-empty:local: .*postgres/);
    expect(hint).toContain('official Postgres image');
  });

  test('an image that is nowhere: the message names the script that builds one', async () => {
    const image = 'localhost:1/no-such-image:1';
    const { message, hint } = await refusal({}, { image });
    expect(message).toMatch(/^there is no image localhost:1\/no-such-image:1 here, and .* cannot/);
    expect(hint).toContain('docker/build-from-debian.sh');
  });
});
