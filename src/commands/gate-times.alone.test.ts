import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  edit,
  editTexts,
  gateIn,
  onOneLine,
  ownRouter,
  project,
  shardlabTree,
  writeIn,
} from '../study/gate/gate-fixture.ts';
import { scratch } from './shardlab-fixture.ts';

// Beside a browser's tests on two cores the gate rightly ends undecided.

/** At the head of a function's body: work for some hundred nanoseconds. */
const spin =
  'for (let i = 0, x = 1; i < 300; i += 1) if ((x = Math.imul(x, 31) + i) === 0.5) break;';

/** Look-ups in vain. */
const again = 'for (let i = 0; i < 5; i += 1) asked(key);';

/** What is several times as slow shows at the first look that has rounds enough. */
const brief = ['--max-time', '24s'];

describe('times', () => {
  test('a router that got slower is named, and no other', async () => {
    const folder = shardlabTree();
    editTexts(folder, `kind === 1 ? (key) => { ${again} return asked(key); } : asked`);
    const routers = ['--router', 'jump', '--router', 'slots'];
    const { code, stdout, document } = await gateIn(folder, [
      '--base',
      'main',
      ...routers,
      ...brief,
    ]);
    expect(code, stdout).toBe(4);
    expect(document?.timing?.routers.map(({ router, status }) => [router, status])).toEqual([
      ['jump', 'regressed'],
      ['slots', expect.stringMatching(/pass|undecided/)],
    ]);
    expect(onOneLine(stdout)).toContain('the code of jump itself is the likely cause');
  });

  test('a slower key hash shows in all that use it, and is named', async () => {
    const folder = shardlabTree();
    // Without a kernel of its own the look-up calls the hash, which then takes its time.
    edit(folder, 'src/router/kernels/route-kernel.ts', "  xxh64: 'xxh64',\n", '');
    edit(
      folder,
      'src/base/hash/hash-kernel.ts',
      'const length = end - start;\n      let lo',
      `${spin}\n      const length = end - start;\n      let lo`,
    );
    const routers = ['--router', 'jump', '--router', 'slots'];
    const { code, stdout } = await gateIn(folder, ['--base', 'main', ...routers, ...brief]);
    expect(code, stdout).toBe(4);
    expect(onOneLine(stdout)).toContain(
      'all 2 routers that use the key hash xxh64 are slower, so the key hash xxh64',
    );
  });

  test('of a user’s own router; the verdict stands wherever it is asked for', async () => {
    const folder = project();
    writeIn(folder, { 'my-router.ts': ownRouter(spin) });
    const summary = join(scratch(), 'summary.md');
    writeFileSync(summary, 'before\n');
    const own = ['--base', 'main', '--router', './my-router.ts', '--json', ...brief];
    const ended = await gateIn(folder, own, { environment: { GITHUB_STEP_SUMMARY: summary } });
    expect(ended.code, ended.stderr).toBe(4);
    expect(JSON.parse(ended.stdout)).toEqual(ended.document);
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## shardlab gate: REGRESSED\n/);
    expect(ended.document?.timing?.routers[0]?.head?.ratio).toBeGreaterThan(1.5);
  });
});
