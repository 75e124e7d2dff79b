import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedWith } from './advise-fixture.ts';

test('a recommendation comes with files to use next, and its router agrees with ours', async () => {
  const { cwd, advise } = shippedWith('shop');
  const { code, stderr } = await advise('--shards', '4', '--samples', '50', '--router', 'jump');
  expect(code, stderr).toBe(0);
  const next = join(cwd, 'out', 'next');
  expect(stderr).toContain(`next    ${join('out', 'next')}`);
  const list = readFileSync(join(next, 'README.md'), 'utf8');
  expect(list).toMatch(/^# tenant\/jump\S* on 4 shards/);
  for (const [, path = ''] of list.matchAll(/^\| (\S+) \| (?:exact|different) \|/gm)) {
    expect(existsSync(join(next, path)), path).toBe(true);
  }
  const said = execFileSync(process.execPath, [join(next, 'router', 'router.ts')], {
    encoding: 'utf8',
  });
  expect(said).toBe('300 of 300 keys agree\n');
});
