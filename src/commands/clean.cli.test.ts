import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { leftIn, processesIn, scratch, shardlab, start, tinyScenario } from './shardlab-fixture.ts';

test('doctor --clean, without Docker, removes only what a killed run left', async () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'tiny.yaml'), tinyScenario({ duration: '60s' }));
  const environment = { TMPDIR: cwd, DOCKER_HOST: 'unix:///nobody.sock' };
  const clean = () => shardlab(['doctor', '--clean'], { cwd, environment });
  const started = start(['run', 'tiny.yaml', '--out', 'out'], { cwd, environment });
  await started.shows(': measure');
  const whileItRuns = await clean();
  expect(whileItRuns).toEqual({
    code: 0,
    stderr: '',
    stdout:
      `removed 0 folders of embedded shards below ${cwd} and 0 Postgres servers in them; ` +
      'their runs have ended\n' +
      'kept 1 folder of runs that are still running\n' +
      'could not look for containers: no Docker engine answers at ' +
      'DOCKER_HOST=unix:///nobody.sock (ENOENT)\n',
  });
  expect(leftIn(cwd)).toHaveLength(1);

  const watchdogs = processesIn(cwd).filter((line) => line.includes('shardlab-watchdog'));
  for (const line of watchdogs) process.kill(Number(line.trim().split(' ')[0]), 'SIGKILL');
  process.kill(present(started.child.pid, 'pid'), 'SIGKILL');
  await started.ended;
  expect(watchdogs).toHaveLength(1);
  expect(leftIn(cwd)).toHaveLength(1);

  const { code, stdout } = await clean();
  expect(code).toBe(0);
  expect(stdout).toContain(
    `removed 1 folder of embedded shards below ${cwd} and 2 Postgres servers in them; their runs `,
  );
  expect(leftIn(cwd)).toEqual([]);
  await expect.poll(() => processesIn(cwd), { timeout: 30_000 }).toEqual([]);
});
