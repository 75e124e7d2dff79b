import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { processesIn, scratch, spyOnPasswords, start, tinyScenario } from './shardlab-fixture.ts';

function contains(path: string, text: string): boolean {
  try {
    return readFileSync(path).includes(text);
  } catch {
    // Postgres removes files as it works.
    return false;
  }
}

test('no password is in a file, a command line or an environment while shards run', async () => {
  const folder = scratch();
  const spied = spyOnPasswords(folder);
  writeFileSync(join(folder, 'tiny.yaml'), tinyScenario());
  const args = ['run', 'tiny.yaml', '--strategy', 'tenant_id/jump'];
  const environment = { TMPDIR: folder, ...spied.environment };
  const started = start(args, { cwd: folder, environment });
  await started.shows('measure');

  const secrets = spied.secrets();
  expect(secrets).not.toEqual([]);
  const processes = processesIn(folder);
  expect(processes.length).toBeGreaterThan(2);
  const environments = processes.map((line) =>
    join('/proc', line.trim().split(' ')[0] ?? '', 'environ'),
  );
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path !== spied.file);
  expect(files.length).toBeGreaterThan(100);
  for (const secret of secrets) {
    expect(processes.filter((line) => line.includes(secret))).toEqual([]);
    expect([...files, ...environments].filter((path) => contains(path, secret))).toEqual([]);
  }
  const { stdout, stderr } = await started.ended;
  for (const secret of secrets) {
    expect(stdout.includes(secret) || stderr.includes(secret)).toBe(false);
  }
});
