import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linesAt } from './line-numbers.ts';

test('lines of offsets, whatever ends them, over borders of what is read at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shardlab-lines-'));
  try {
    const path = join(folder, 'x.csv');
    const filler = 'y'.repeat(2 ** 20 - 5);
    // The border of the first megabyte lies between a CR and its LF.
    const text = `a\nb\r${filler}\r\nc\r\n\r\nd`;
    await writeFile(path, text);
    const offsets = [0, 2, 4, text.indexOf('c'), text.indexOf('d'), text.length];
    const options = { gzip: false, signal: new AbortController().signal };
    expect(text.indexOf('\r\nc') + 1).toBe(2 ** 20);
    expect(await linesAt(path, offsets, options)).toEqual([1, 2, 3, 4, 6, 6]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
