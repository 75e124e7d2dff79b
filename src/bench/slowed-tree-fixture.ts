import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Side } from './timed-runs.ts';

const project = resolve(import.meta.dirname, '../..');

/** A copy of this source tree at `folder`, which is made, with this one's node_modules. */
export async function copyTree(folder: string): Promise<Side> {
  await mkdir(folder);
  await cp(join(project, 'src'), join(folder, 'src'), { recursive: true });
  await cp(join(project, 'package.json'), join(folder, 'package.json'));
  await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
  return { folder, entry: new URL(`file://${join(folder, 'src/router/hot-path-entry.ts')}`).href };
}

/**
 * The same, `factor` times as slow by construction: it walks the keys so much further for the same
 * number of routes. (One route more after every tenth is no 10 %: it was 3.6 % where the key
 * was the one before, and 16 % where another one broke the pattern that branch prediction had
 * learnt.)
 */
export async function slowedTree(folder: string, factor: number): Promise<Side> {
  const side = await copyTree(folder);
  await edit(
    side,
    'src/router/hot-path-entry.ts',
    'lookups(count) {\n',
    `lookups(asked) {\n      const count = Math.round(asked * ${factor});\n`,
  );
  return side;
}

/** Replaces text in a file of a copy. @throws where the text is not there exactly once */
export async function edit(side: Side, path: string, from: string, to: string): Promise<void> {
  const file = join(side.folder, path);
  const text = await readFile(file, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${path} has "${from}" not exactly once`);
  await writeFile(
    file,
    text.replace(from, () => to),
  );
}
