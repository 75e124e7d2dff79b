import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  folderOf,
  imports,
  outside,
  ownImports,
  production,
  rankOf,
  ranks,
  root,
  sources,
  targetOf,
  testFolders,
} from './sources-fixture.ts';

test('every folder has a rank', () => {
  const unknown = new Set(
    sources
      .map(({ folder }) => folder)
      .filter((folder) => folder !== '' && !testFolders.includes(folder) && !(folder in ranks)),
  );
  expect([...unknown], 'give a new folder its rank in src/tidy and in src/README.md').toEqual([]);
});

test('imports point to a strictly lower rank, or stay within the folder', () => {
  const wrong = production.flatMap((source) =>
    ownImports(source.text)
      .filter((specifier) => !specifier.endsWith('.json'))
      .map((specifier) => ({ specifier, folder: folderOf(source, specifier) }))
      .filter(({ folder }) => folder !== source.folder)
      .filter(({ folder }) => !(rankOf(folder) < rankOf(source.folder)))
      .map(
        ({ specifier }) =>
          `${source.path} imports ${specifier}: what both need belongs in a lower folder, ` +
          'and what composes them in study/',
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
  const banned = new RegExp(
    String.raw`\b(Date\.now|performance\.now|new Date\(\)|setTimeout|setInterval|setImmediate|` +
      String.raw`console\.\w+|process\.(?!process)\w+)`,
  );
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
    .filter(({ path }) => path !== 'tidy/imports.suite.ts')
    .filter(({ text }) => text.includes('Math.random'))
    .map(({ path }) => `${path} uses Math.random: take an Rng, so that the seed decides`);
  expect(wrong).toEqual([]);
});

test('reports see only the result, so that any report can be drawn again from a stored one', () => {
  const wrong = production
    .filter(({ folder }) => folder === 'report' || folder === 'gate')
    .flatMap((source) =>
      ownImports(source.text)
        .filter(
          (name) => ![source.folder, 'wording', 'result', 'base'].includes(folderOf(source, name)),
        )
        .map((name) => `${source.path} imports ${name}: put what it needs into the result`),
    );
  expect(wrong).toEqual([]);
});

test('fixtures are imported by tests only', () => {
  const wrong = production.flatMap((source) =>
    ownImports(source.text)
      .filter((specifier) => testFolders.includes(folderOf(source, specifier)))
      .map((specifier) => `${source.path} imports ${specifier}`),
  );
  expect(wrong).toEqual([]);
});

test('tools/ is imported by nothing in src, tests excepted', () => {
  const wrong = production.flatMap((source) =>
    ownImports(source.text)
      .filter((specifier) => targetOf(source, specifier).startsWith('../tools/'))
      .map((specifier) => `${source.path} imports ${specifier}: what it needs belongs in src/`),
  );
  expect(wrong).toEqual([]);
});

test('every production file is reached from main.ts or a worker', () => {
  const byPath = new Map(production.map((source) => [source.path, source]));
  // The gate opens the hot path of older trees by its path.
  const isEntry = (path: string): boolean =>
    ['main.ts', 'router/hot-path-entry.ts'].includes(path) || path.endsWith('.worker.ts');
  const waiting = production.filter(({ path }) => isEntry(path));
  const reached = new Set(waiting.map(({ path }) => path));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const specifier of ownImports(next.text)) {
      const target = byPath.get(targetOf(next, specifier));
      if (target === undefined || reached.has(target.path)) continue;
      reached.add(target.path);
      waiting.push(target);
    }
  }
  const unreached = production.filter(({ path }) => !reached.has(path)).map(({ path }) => path);
  expect(
    unreached,
    'what only tools use belongs in tools/, what only tests use in testing/',
  ).toEqual([]);
});

test('the launcher starts what the rule above starts from', () => {
  const launchers = globSync('*.js', { cwd: join(root, '..', 'bin') });
  const texts = launchers.map((name) => readFileSync(join(root, '..', 'bin', name), 'utf8'));
  expect(texts.join('\n')).toContain('src/main.ts');
});
