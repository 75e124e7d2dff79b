import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkWritable, readUserFile, writeAtomically } from './files.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
  await writeFile(join(folder, 'file'), 'old');
});

afterEach(() => rm(folder, { recursive: true }));

describe('writeAtomically', () => {
  it('makes the folders it needs, replaces what is there and leaves no draft', async () => {
    await writeAtomically(join(folder, 'a', 'b', 'new'), 'text');
    await writeAtomically(join(folder, 'file'), 'new');
    expect(await readFile(join(folder, 'a', 'b', 'new'), 'utf8')).toBe('text');
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('new');
    expect(await readdir(join(folder, 'a', 'b'))).toEqual(['new']);
    expect((await readdir(folder)).toSorted()).toEqual(['a', 'file']);
  });

  it.each([
    ['file/below', 'a part of the path is a file'],
    ['file/far/below', 'a part of the path is a file'],
    ['.', 'it is a folder'],
  ])('refuses %s with 3 and the reason', async (name, reason) => {
    const path = join(folder, name);
    const failure = writeAtomically(path, 'text');
    await expect(failure).rejects.toMatchObject({
      name: 'UserError',
      exitCode: 3,
      message: `cannot write ${path}: ${reason}`,
    });
    expect(await readdir(folder)).toEqual(['file']);
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('old');
  });
});

describe('checkWritable', () => {
  it('accepts folders that are there and ones that could be made, and writes nothing', async () => {
    await checkWritable(folder);
    await checkWritable(join(folder, 'a', 'b'));
    expect(await readdir(folder)).toEqual(['file']);
  });

  it.each(['file', 'file/a', 'file/a/b'])('refuses %s', async (name) => {
    await expect(checkWritable(join(folder, name))).rejects.toMatchObject({
      exitCode: 3,
      message: `cannot write ${join(folder, name)}: a part of the path is a file`,
    });
  });
});

describe('readUserFile', () => {
  it.each([
    ['missing', 'there is no such file'],
    ['.', 'it is a folder'],
  ])('refuses %s with 2 and the reason', async (name, reason) => {
    const path = join(folder, name);
    await expect(readUserFile(path, 'scenario')).rejects.toMatchObject({
      exitCode: 2,
      message: `cannot read scenario ${path}: ${reason}`,
    });
  });

  it('gives the bytes', async () => {
    expect(Buffer.from(await readUserFile(join(folder, 'file'), 'x')).toString()).toBe('old');
  });
});
