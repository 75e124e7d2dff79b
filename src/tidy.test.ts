import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/**
 * The rules of src/README.md that a machine can check. Each message says why the rule is there and
 * where the code belongs instead.
 */
const root = import.meta.dirname;

const ranks: Readonly<Record<string, number>> = {
  base: 0,
  scenario: 1,
  result: 1,
  workload: 2,
  sql: 2,
  router: 2,
  metrics: 2,
  gate: 2,
  wording: 2,
  report: 3,
  traffic: 3,
  placement: 3,
  growth: 4,
  simulate: 4,
  directory: 4,
  postgres: 5,
  fleet: 5,
  host: 5,
  bench: 5,
  study: 6,
  commands: 7,
};
/** Fixtures and tests may import anything; nothing but tests may import fixtures. */
const testing = 'testing';
const outside = 5;

interface Source {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly isTest: boolean;
}

const sources: readonly Source[] = globSync('**/*.ts', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .toSorted()
  .map((path) => ({
    path,
    folder: path.includes('/') ? (path.split('/')[0] ?? '') : '',
    text: readFileSync(join(root, path), 'utf8'),
    isTest: /\.(test|bench|suite)\.ts$|-fixture\.ts$/.test(path) || path.startsWith(`${testing}/`),
  }));

const production = sources.filter(({ isTest }) => !isTest);

/** Imported specifiers, dynamic imports and `new URL('...', import.meta.url)` included. */
function imports(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const patterns = [
    /\b(?:import|export)\s[^'"`;]*?\sfrom\s+['"]([^'"]+)['"]/g,
    /\bimport\s+['"]([^'"]+)['"]/g,
    /\bimport\(\s*['"]([^'"]+)['"]/g,
    /\bnew URL\(\s*['"`](\.[^'"`]+)['"`]\s*,\s*import\.meta\.url/g,
  ];
  return patterns.flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => (match[1] ?? '').replace('${suffix}', 'ts')),
  );
}

const rankOf = (folder: string): number => (folder === '' ? 8 : (ranks[folder] ?? Number.NaN));

function folderOf(importer: Source, specifier: string): string {
  const target = relative(root, resolve(root, dirname(importer.path), specifier));
  return target.includes('/') ? (target.split('/')[0] ?? '') : '';
}

test('every folder has a rank', () => {
  const unknown = new Set(
    sources
      .map(({ folder }) => folder)
      .filter((folder) => folder !== '' && folder !== testing && !(folder in ranks)),
  );
  expect([...unknown], 'give a new folder its rank here and in src/README.md').toEqual([]);
});

test('imports point to a strictly lower rank, or stay within the folder', () => {
  const wrong = production.flatMap((source) =>
    imports(source.text)
      .filter((specifier) => specifier.startsWith('.'))
      .filter((specifier) => !specifier.endsWith('.json'))
      .map((specifier) => ({ specifier, folder: folderOf(source, specifier) }))
      .filter(({ folder }) => folder !== source.folder)
      .filter(({ folder }) => !(rankOf(folder) < rankOf(source.folder)))
      .map(
        ({ specifier }) =>
          `${source.path} imports ${specifier}: what both need belongs in a lower folder, and what ` +
          'composes them in commands/',
      ),
  );
  expect(wrong).toEqual([]);
});

test('workers are followed like imports', () => {
  const pacer = production.find(({ path }) => path === 'study/run/pacer.ts');
  expect(imports(pacer?.text ?? '')).toContain('./pacer.worker.ts');
});

test('only the outermost ring touches files, sockets, threads and databases', () => {
  const wrong = production
    .filter(({ folder }) => rankOf(folder) < outside)
    .flatMap((source) =>
      imports(source.text)
        .filter((name) => /^node:|^(pg|pg-copy-streams|testcontainers)$/.test(name))
        .filter((name) => !(source.path.startsWith('base/hash/') && name === 'node:crypto'))
        .map(
          (name) => `${source.path} imports ${name}: give it a port, and the port's end to host/`,
        ),
    );
  expect(wrong).toEqual([]);
});

test('below the outermost ring there are no clocks, timers, console or process', () => {
  const banned =
    /\b(Date\.now|performance\.now|new Date\(\)|setTimeout|setInterval|setImmediate|console\.\w+|process\.(?!process)\w+)/;
  const wrong = production
    .filter(({ folder }) => rankOf(folder) < outside)
    .flatMap(({ path, text }) => {
      const found = banned.exec(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''));
      return found === null
        ? []
        : [`${path} uses ${found[0]}: time and streams are values passed in from commands/`];
    });
  expect(wrong).toEqual([]);
});

test('nothing draws unseeded numbers', () => {
  const wrong = sources
    .filter(({ path }) => path !== 'tidy.test.ts')
    .filter(({ text }) => text.includes('Math.random'))
    .map(({ path }) => `${path} uses Math.random: take an Rng, so that the seed decides`);
  expect(wrong).toEqual([]);
});

test('reports see only the result, so that any report can be drawn again from a stored one', () => {
  const wrong = production
    .filter(({ folder }) => folder === 'report' || folder === 'gate')
    .flatMap((source) =>
      imports(source.text)
        .filter((specifier) => specifier.startsWith('.'))
        .filter(
          (name) => ![source.folder, 'wording', 'result', 'base'].includes(folderOf(source, name)),
        )
        .map((name) => `${source.path} imports ${name}: put what it needs into the result`),
    );
  expect(wrong).toEqual([]);
});

test('nobody names a concrete router except the registry and tests', () => {
  const target = (importer: Source, specifier: string): string =>
    relative(root, resolve(root, dirname(importer.path), specifier)).replaceAll('\\', '/');
  const registry = production.find(({ path }) => path === 'router/registry.ts');
  // Whatever the registry takes from its own folder is a router, but for the contract's types.
  const concrete = imports(registry?.text ?? '').filter(
    (specifier) => specifier.startsWith('./') && specifier !== './contract.ts',
  );
  expect(concrete.length).toBeGreaterThan(5);
  const routers = new Set(concrete.map((specifier) => `router/${specifier.slice(2)}`));
  const wrong = production
    .filter((source) => source !== registry)
    .flatMap((source) =>
      imports(source.text)
        .filter((specifier) => specifier.startsWith('.') && routers.has(target(source, specifier)))
        .map(
          (specifier) =>
            `${source.path} imports ${specifier}: ask the registry, and its traits; what two ` +
            'routers share gets a file of its own',
        ),
    );
  expect(wrong).toEqual([]);
});

test('fixtures are imported by tests only', () => {
  const wrong = production.flatMap((source) =>
    imports(source.text)
      .filter((specifier) => specifier.startsWith('.') && folderOf(source, specifier) === testing)
      .map((specifier) => `${source.path} imports ${specifier}`),
  );
  expect(wrong).toEqual([]);
});

test('no grab bags, and kebab-case names', () => {
  const bags = /(^|\/)(utils?|helpers?|common|misc|managers?)(\/|\.|-)/;
  const name =
    /^([a-z0-9-]+\/)*[a-z0-9-]+(\.(test|bench|suite|worker|pg|cli|docker|browser|alone))*\.ts$/;
  const wrong = sources
    .map(({ path }) => path)
    .filter((path) => bags.test(path) || !name.test(path));
  expect(wrong, 'name a file after the noun it exports').toEqual([]);
});

test('main is a table of contents', () => {
  const main = sources.find(({ path }) => path === 'main.ts');
  expect(main?.text.split('\n').length).toBeLessThanOrEqual(41);
});

test('files stay small', () => {
  const long = production
    .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
    .filter(({ lines }) => lines > 300);
  expect(long, 'split it along its nouns').toEqual([]);
});

test('the arithmetic finds codes and numbers; sentences are made in wording/', () => {
  const folders = new Set([
    'metrics',
    'gate',
    'placement',
    'growth',
    'simulate',
    'traffic',
    'directory',
  ]);
  const literal = String.raw`(?:'(?:[^'\\\n]|\\.)*'|\`(?:[^\`\\]|\\.)*\`)`;
  const hints = new RegExp(String.raw`\bhint:\s*${literal}(?:\s*\+\s*${literal})*`, 'g');
  const wrong = production
    .filter(({ folder }) => folders.has(folder))
    .flatMap(({ path, text }) => {
      const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '').replaceAll(hints, '');
      return [...code.matchAll(new RegExp(literal, 'g'))]
        .map(([found]) => found)
        .filter((found) => / .*[a-z)}]\.['`]$/.test(found))
        .map((found) => `${path} says ${found}: return a fact, and say it in wording/`);
    });
  expect(wrong).toEqual([]);
});
