import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  commitAll,
  onOneLine,
  edit,
  editTexts,
  gateIn,
  gitIn,
  ownRouter,
  project,
  shardlabTree,
  writeIn,
} from '../study/gate/gate-fixture.ts';
import { countersPath } from '../study/gate/gate-counters.ts';
import { countedKeys } from '../placement/counted-keys.ts';
import { shardlab } from './shardlab-fixture.ts';

describe('exact counters', () => {
  test('one key that goes elsewhere fails at once, and nothing is timed', async () => {
    const folder = shardlabTree();
    const { counters } =
      (await gateIn(folder, ['--base', 'main', '--max-time', '1s'])).document ?? {};
    expect(counters?.routers.length).toBeGreaterThan(20);
    expect(counters).toMatchObject({ differences: [], problems: [], hashes: 8 });
    // One key of 20,000, on one way of asking for it, and not to its shard.
    const { texts } = countedKeys('text', 20_000, 42);
    const [, key = ''] = texts;
    const shard = await shardOfText('jump', key);
    editTexts(
      folder,
      `kind === 1 ? (key) => (key === '${key}' ? ${(shard + 1) % 16} : asked(key)) : asked`,
    );
    const { code, stdout, document } = await gateIn(folder, ['--base', 'main']);
    expect(code, stdout).toBe(4);
    expect(document?.timing).toBeNull();
    expect(document?.verdict.status).toBe('changed');
    expect(new Set(document?.counters.differences.map(({ subject }) => subject))).toEqual(
      new Set(['jump']),
    );
    expect(onOneLine(stdout)).toMatch(
      /jump: answers to text as strings, 16 shards: expected [\da-f]{16}, found [\da-f]{16}/,
    );
    expect(onOneLine(stdout)).toContain('shardlab gate --write-counters');
    // What is meant is written down, and then holds.
    expect((await gateIn(folder, ['--write-counters'])).code).toBe(0);
    const after = await gateIn(folder, ['--base', 'main', '--router', 'jump', '--max-time', '1s']);
    expect(after.document?.counters.differences).toEqual([]);
  });

  test('a key hash with other values shows as such, and in all that use it', async () => {
    const folder = shardlabTree();
    edit(
      folder,
      'src/base/hash/hash-kernel.ts',
      'out.hi = wordsOf.getUint32(0, true);',
      "out.hi = wordsOf.getUint32(0, true) ^ (name === 'xxh64' ? 0x55555555 : 0);",
    );
    const { code, document } = await gateIn(folder, ['--base', 'main']);
    expect(code).toBe(4);
    const subjects = new Set(document?.counters.differences.map(({ subject }) => subject));
    for (const name of ['key hash xxh64', 'ring', 'anchor', 'rendezvous']) {
      expect(subjects).toContain(name);
    }
    expect(subjects).not.toContain('key hash md5');
    expect(document?.verdict.reasons.map(({ text }) => text).join('\n')).toContain(
      'key hash xxh64 gives different values, so routers that use it place keys differently',
    );
  });

  test('without a baseline there is no evidence', async () => {
    const folder = shardlabTree();
    rmSync(join(folder, countersPath));
    const missing = await gateIn(folder, ['--base', 'main', '--router', 'jump']);
    expect(missing.code).toBe(4);
    expect(onOneLine(missing.stdout)).toContain(
      `FAILED: jump: there is no ${countersPath}; write the counters and commit them: ` +
        'shardlab gate --write-counters --router jump',
    );
    expect((await gateIn(folder, ['--write-counters', '--router', 'mod'])).code).toBe(0);
    const other = await gateIn(folder, ['--base', 'main', '--router', 'jump']);
    expect(other.code).toBe(4);
    expect(onOneLine(other.stdout)).toContain(
      `jump: ${countersPath} has no counters of this router`,
    );
  });

  test('of a user’s own router are those of the base, unless there is a baseline', async () => {
    const folder = project();
    const own = ['--base', 'main', '--router', './my-router.ts', '--max-time', '1s'];
    writeIn(folder, { 'my-router.ts': ownRouter("if (key === 'tenant-00000000') return 0;") });
    expect((await gateIn(folder, own)).document?.verdict.status).not.toBe('changed');
    writeIn(folder, { 'my-router.ts': ownRouter('if (hashOf(key) % 5000 === 7) return 0;') });
    const { code, document } = await gateIn(folder, own);
    expect([code, document?.verdict.status]).toEqual([4, 'changed']);
    expect(document?.counters.against).toEqual(['the base']);
    await gateIn(folder, ['--write-counters', '--router', './my-router.ts']);
    const written = (await gateIn(folder, own)).document;
    expect(written?.counters).toMatchObject({ differences: [], against: [countersPath] });
  });
});

describe('a base of shardlab that cannot be timed', () => {
  test('one older than the gate', async () => {
    const folder = shardlabTree();
    gitIn(folder, 'rm', '--quiet', 'src/router/hot-path-entry.ts');
    gitIn(folder, 'commit', '--quiet', '--message', 'older');
    gitIn(folder, 'tag', 'older');
    gitIn(folder, 'revert', '--no-edit', 'HEAD');
    const { code, stdout, document } = await gateIn(folder, [
      '--base',
      'older',
      '--router',
      'jump',
    ]);
    expect([code, document?.verdict.status]).toEqual([4, 'missing']);
    expect(onOneLine(stdout)).toContain('FAILED: the base older is older than the gate');
  });

  test('one that does not load, and one without that router', async () => {
    const folder = shardlabTree();
    appendFileSync(join(folder, 'src/router/algorithms/mod.ts'), '\nexport const = 1;\n');
    commitAll(folder, 'broken');
    gitIn(folder, 'tag', 'broken');
    gitIn(folder, 'reset', '--quiet', '--hard', 'HEAD~1');
    edit(folder, 'src/router/registry.ts', '  slots,\n  list,\n', '  list,\n');
    commitAll(folder, 'without');
    gitIn(folder, 'tag', 'without');
    gitIn(folder, 'reset', '--quiet', '--hard', 'HEAD~1');
    const broken = await gateIn(folder, ['--base', 'broken', '--router', 'jump']);
    expect([broken.code, broken.document?.verdict.status]).toEqual([4, 'missing']);
    expect(onOneLine(broken.stdout)).toMatch(/FAILED: jump was not timed: base: .*SyntaxError/);
    const without = await gateIn(folder, ['--base', 'without', '--router', 'slots']);
    expect([without.code, without.document?.verdict.status]).toEqual([4, 'missing']);
    expect(onOneLine(without.stdout)).toMatch(
      /FAILED: slots was not timed: base: .*unknown router "slots"/,
    );
  });

  test('a router that head does not have', async () => {
    const folder = shardlabTree();
    const { code, stdout } = await gateIn(folder, ['--base', 'main', '--router', 'jmp']);
    expect(code).toBe(4);
    expect(onOneLine(stdout)).toContain('FAILED: jmp: unknown router "jmp" (did you mean jump?)');
    edit(folder, 'src/router/registry.ts', '  slots,\n  list,\n', '  list,\n');
    const gone = await gateIn(folder, ['--base', 'main']);
    expect(gone.code).toBe(4);
    expect(onOneLine(gone.stdout)).toContain('but head does not have the router');
  });
});

test('places that cannot be written to are refused first; a summary is no verdict', async () => {
  const folder = project();
  const own = ['--base', 'main', '--router', './my-router.ts', '--max-time', '1s'];
  const refused = await gateIn(folder, [...own, '--junit', 'package.json/x.xml']);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toMatch(/cannot write .*package.json: a part of the path is a file/);
  const environment = { GITHUB_STEP_SUMMARY: join(folder, 'none', 's.md') };
  const { code, stdout, stderr } = await gateIn(folder, own, { environment });
  expect([0, 6]).toContain(code);
  expect(stdout).toContain('exact counters');
  expect(stderr).toContain('warning: GITHUB_STEP_SUMMARY cannot be written');
});

test('the routers of shardlab are not what a project can slow down', async () => {
  const { code, stderr } = await gateIn(project(), ['--base', 'main']);
  expect(code).toBe(2);
  expect(stderr).toContain('name a router of your own: shardlab gate --base origin/main --router');
});

test('everything wrong with the options at once', async () => {
  const { code, stderr } = await gateIn(project(), [
    '--max-time',
    '60',
    '--seed',
    'x',
    '--router',
    './a.ts:3',
  ]);
  expect(code).toBe(2);
  for (const part of [
    '--base is missing',
    '--max-time: found "60"',
    '--seed: found "x"',
    './a.ts:3',
  ]) {
    expect(stderr).toContain(part);
  }
});

async function shardOfText(router: string, key: string): Promise<number> {
  const { stdout } = await shardlab(['route', '--router', router, '--shards', '16'], {
    input: `${key}\n`,
  });
  return Number(stdout.split('\t')[1]);
}
