import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cellOf, resultIn, scratch, shardlab, tinyScenario } from './shardlab-fixture.ts';

const sources = {
  'good.ts': `
    type Topology = { shardCount: number };
    type Options = { hashOf: (text: string) => number };
    export default {
      traits: { hashes: true },
      build({ shardCount }: Topology, { hashOf }: Options) {
        return (key: string) => hashOf(key) % shardCount;
      },
    };`,
  'plain.mjs': 'export default { build: ({ shardCount }) => (key) => key.length % shardCount };',
  'boastful.ts': `
    type Options = { hashOf: (text: string) => number };
    export default {
      traits: { hashes: true, monotone: true },
      build({ shardCount }: { shardCount: number }, { hashOf }: Options) {
        return (key: string) => hashOf(key) % shardCount;
      },
    };`,
  'nan.js': "export default { build: () => (key) => (key.endsWith('7') ? NaN : 0) };",
  'known.mjs': `
    export default {
      traits: { placesKnownKeys: true },
      build(_, { knownKeys }) {
        const known = new Set(knownKeys().map(({ key }) => key));
        return (key) => {
          if (!known.has(key)) throw new RangeError('never seen');
          return 0;
        };
      },
    };`,
  'common/package.json': '{ "type": "commonjs" }',
  'common/router.ts': 'export default { build: () => () => 0 };',
  'enum.ts': 'enum A { x }\nexport default A;',
  'typo.ts': 'export default { traits: { monoton: true }, build: 3 };',
  'named.ts': 'export const build = () => () => 0;',
} as const;

/** A folder with all of these files. */
function folderOfRouters(): string {
  const folder = scratch();
  mkdirSync(join(folder, 'common'));
  for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('router check', () => {
  test('prints a line for each promise, and exits 0 when all hold', async () => {
    const cwd = folderOfRouters();
    const { code, stdout, stderr } = await shardlab(['router', 'check', './good.ts'], { cwd });
    expect(code).toBe(0);
    // On a busy machine it says how far it is.
    expect(stderr).not.toMatch(/error|warning/);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('./good.ts takes text, int8, uuid keys and declares hashes');
    expect(lines).toContain('holds  keys are spread as evenly as chance allows');
    expect(lines).toContain(
      'n/a    growing by one shard at a time from 1 to 130 moves keys only to the new shard: ' +
        'its traits say that it is not monotone',
    );
    const [holds, not] = ['holds', 'n/a'].map(
      (label) => lines.filter((line) => line.startsWith(label)).length,
    );
    expect(lines.at(-1)).toBe(
      `The router keeps all its promises: ${holds} checks hold, 0 fail, ${not} do not apply.`,
    );
    expect(lines).toHaveLength(2 + (holds ?? 0) + (not ?? 0));
  });

  test('says which key breaks a promise, and exits 4', async () => {
    const cwd = folderOfRouters();
    const { code, stdout } = await shardlab(['router', 'check', 'boastful.ts'], { cwd });
    expect(code).toBe(4);
    expect(stdout).toMatch(
      new RegExp(
        '^FAILS {2}growing by one shard at a time .*: key "tenant-\\d+" moves from shard \\d+ to ' +
          '\\d+, which is not new, when 2 shards become 3',
        'm',
      ),
    );
    expect(stdout).toContain('The router breaks some of its promises: ');
  });

  test('gives the same as a document', async () => {
    const cwd = folderOfRouters();
    const { code, stdout } = await shardlab(['router', 'check', './nan.js', '--json'], { cwd });
    expect(code).toBe(4);
    const { schema, router, holds, traits, checks } = JSON.parse(stdout);
    expect({ schema, router, holds }).toEqual({
      schema: 'shardlab/router-check/v1',
      router: './nan.js',
      holds: false,
    });
    expect(traits).toMatchObject({ monotone: false, hashes: false });
    expect(checks).toContainEqual({
      check: 'it does not look at the known keys',
      outcome: 'fails',
      reason:
        './nan.js returns NaN for key "tenant-7" with 4 shards; allowed: a whole number ' +
        'from 0 to 3',
    });
  });

  test.each([
    ['./gone.ts', './gone.ts does not exist (looked for '],
    ['.', '. is not a file'],
    ['./enum.ts', './enum.ts cannot be loaded: SyntaxError: TypeScript enum is not supported'],
    [
      './common/router.ts',
      './common/router.ts cannot be loaded: it is read as CommonJS because its package.json says ' +
        'so; end its name in .mts, or set "type": "module" there',
    ],
    ['./named.ts', './named.ts has no default export; write export default { build: '],
    ['./typo.ts', 'unknown traits.monoton; allowed: monotone, weighted'],
    ['./typo.ts', './typo.ts has a default export whose build is wrong; allowed: a function'],
  ])('%s is of no use', async (file, message) => {
    const cwd = folderOfRouters();
    const { code, stdout, stderr } = await shardlab(['router', 'check', file], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

describe('route', () => {
  const route = (router: string, input: string) => {
    const options = ['--router', router, '--shards', '3', '--key-type', 'text'];
    return shardlab(['route', ...options], { cwd: folderOfRouters(), input });
  };

  test('asks a file', async () => {
    const { code, stdout } = await route('./plain.mjs', 'a\nacme\nZoë\n');
    expect([code, stdout]).toEqual([0, 'a\t1\nacme\t1\nZoë\t0\n']);
  });

  test('names the file and the key of an answer that is no shard', async () => {
    const { code, stderr } = await route('./nan.js', 'a\nb7\n');
    expect(code).toBe(2);
    expect(stderr).toContain(
      './nan.js returns NaN for key "b7" with 3 shards; allowed: a whole number from 0 to 2\n',
    );
  });

  test('guesses that a file is meant', async () => {
    const { code, stderr } = await route('plain.mjs', 'a\n');
    expect(code).toBe(2);
    expect(stderr).toContain('unknown router "plain.mjs" (did you mean ./plain.mjs?)');
  });
});

describe('run', () => {
  /** The routers stand in a folder of their own, the scenario in another, the user in a third. */
  function scenarioOf(strategies: string, changes: Readonly<Record<string, string>> = {}): string {
    const folder = folderOfRouters();
    mkdirSync(join(folder, 'scenarios'));
    writeFileSync(join(folder, 'scenarios', 'own.yaml'), tinyScenario({ strategies, ...changes }));
    return folder;
  }

  const run = (folder: string, environment: Readonly<Record<string, string>> = {}) =>
    shardlab(['run', join(folder, 'scenarios', 'own.yaml'), '--out', join(folder, 'out')], {
      cwd: scratch(),
      environment,
    });

  test('measures routers of files beside others', async () => {
    const folder = scenarioOf(
      '[{ key: tenant_id, router: ../good.ts, hash: md5 }, { key: order_id, router: ' +
        '../plain.mjs }]',
    );
    const { code, stderr } = await run(folder);
    expect([0, 5], stderr).toContain(code);
    const result = resultIn(join(folder, 'out'));
    const good = cellOf(result, 'tenant_id/good.ts');
    expect([good.status, good.router, good.hash]).toEqual(['ok', '../good.ts', 'md5']);
    expect(good.imbalance?.writeQps.band).not.toBeNull();
    const plain = cellOf(result, 'order_id/plain.mjs');
    expect([plain.status, plain.hash, plain.imbalance?.writeQps.band]).toEqual(['ok', null, null]);
  });

  test('reports files that are of no use, where they are named', async () => {
    const folder = scenarioOf(
      '[{ key: tenant_id, router: ../gone.ts }, { key: tenant_id, router: ../typo.ts }]',
    );
    const { code, stderr } = await run(folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /own\.yaml:9:\d+: strategies\[0\]\.router: \.\.\/gone\.ts does not exist/,
    );
    expect(stderr).toMatch(
      /own\.yaml:9:\d+: strategies\[1\]\.router: \.\.\/typo\.ts has a default/,
    );
  });

  test.each([
    [
      'before its cell begins',
      'tenant_id',
      'nan.js',
      /returns NaN for key "\S*7" with 2 shards; allo/,
    ],
    // Only operations of the window write rows that were not loaded.
    [
      'in the middle of its cell',
      'order_id',
      'known.mjs',
      /throws for key \S+ with 2 shards: RangeError: never seen \(known\.mjs:7\)/,
    ],
  ])('ends at a wrong answer %s, and keeps the cells before it', async (_, key, file, message) => {
    const strategies = `[{ key: tenant_id, router: jump }, { key: ${key}, router: ../${file} }]`;
    // The seed decides the order of the cells: with 1 the one of the file comes last.
    const folder = scenarioOf(strategies, { seed: '1', warmup: '0s' });
    const { code, stderr } = await run(folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(`^error: \\.\\./${file} ${message.source}`, 'm'));
    const { cells } = resultIn(join(folder, 'out'));
    expect(cells.map(({ strategy, status }) => [strategy, status])).toEqual([
      ['single', 'ok'],
      ['tenant_id/jump', 'ok'],
      [`${key}/${file}`, 'failed'],
    ]);
    expect(cells.at(-1)?.error).toMatch(message);
  });
});

test('route --compare lists routers of files among the others', async () => {
  const folder = folderOfRouters();
  writeFileSync(
    join(folder, 'own.yaml'),
    tinyScenario({ strategies: '[{ key: tenant_id, router: ./good.ts }]' }),
  );
  const compare = ['route', '--compare', 'own.yaml', '--samples', '20', '--json'];
  const { code, stdout, stderr } = await shardlab(compare, { cwd: folder });
  expect(code, stderr).toBe(0);
  const [{ routers }] = JSON.parse(stdout).shardKeys;
  const own = routers.find(({ router }: { router: string }) => router === 'good.ts');
  expect(own).toMatchObject({ strategy: 'tenant_id/good.ts' });
});
