import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const source = join(root, 'src');

/** Paths in backticks, from `src/` or from the root. */
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`([\w./-]+(?:\.(?:ts|as|c|js|json|md)|\/))`/g)]
    .map(([, path = '']) => path)
    // What a build or a run makes is not in the repository.
    .filter((path) => !/^(?:[./]|dist\/|result\.json$)/.test(path));

const folders = globSync('src/*/', { cwd: root }).map((path) => `${path.split(/[\\/]/)[1]}/`);

describe.each(globSync('src/*.md', { cwd: root }).toSorted())('%s', (path) => {
  const text = readFileSync(join(root, path), 'utf8');

  test('names files and folders that are there', () => {
    const missing = pathsIn(text).filter(
      (named) => !existsSync(join(source, named)) && !existsSync(join(root, named)),
    );
    expect(missing, 'they were moved or renamed: say where they are now').toEqual([]);
    const links = [...text.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, target = '']) => target);
    const dead = links.filter((target) => !existsSync(join(root, dirname(path), target)));
    expect(dead).toEqual([]);
  });

  test('has lines of at most 100 columns', () => {
    const long = text.split('\n').filter((line) => line.length > 100);
    expect(long).toEqual([]);
  });
});

test('the map is at most two screens, and names every folder', () => {
  const map = readFileSync(join(source, 'README.md'), 'utf8');
  expect(map.split('\n').length).toBeLessThanOrEqual(100);
  expect(folders.length).toBeGreaterThan(15);
  for (const folder of folders) expect(map).toContain(folder);
});
