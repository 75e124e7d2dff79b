import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPage } from './documentation-fixture.ts';
import { commandsOfPages, shownRouter, testCommands } from './documentation-runs-fixture.ts';
import { cellOf, resultIn, shardlab, tinyScenario } from './shardlab-fixture.ts';

const folder = testCommands(commandsOfPages('others'));

describe('their example of a router', () => {
  test('is short, and holds what it promises', async () => {
    expect(shownRouter.trim().split('\n').length).toBeLessThanOrEqual(20);
    const { code, stdout, stderr } = await shardlab(['router', 'check', './my-router.ts'], {
      cwd: folder,
    });
    expect(code, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/, 0 fail, \d+ do not apply\.$/m);
  });

  test('routes keys as it says', async () => {
    const options = ['--router', './my-router.ts', '--shards', '4'];
    const routed = await shardlab(['route', ...options], { cwd: folder, input: 'acme\nglobex\n' });
    expect(routed.stdout).toMatch(/^acme\t0\nglobex\t[0-3]\n$/);
  });

  test('is a strategy in the line that shows it', async () => {
    const ownRouters = readPage('docs/own-routers.md').text;
    const [, line = ''] = /`- (\{[^`]*my-router\.ts \})`/.exec(ownRouters) ?? [];
    writeFileSync(join(folder, 'own.yaml'), tinyScenario({ strategies: `[${line}]` }));
    const options = ['own.yaml', '--out', 'own'];
    const { code, stderr } = await shardlab(['run', ...options], { cwd: folder });
    expect([0, 5], stderr).toContain(code);
    const cell = cellOf(resultIn(join(folder, 'own')), 'tenant_id/my-router.ts');
    expect(cell.status).toBe('ok');
    expect(cell.router).toBe('./my-router.ts');
    // It hashes, so other salts are other placements of it.
    expect(cell.imbalance?.writeQps.band?.salts).toBeGreaterThan(100);
  });
});
