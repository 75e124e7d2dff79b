import { describe, expect, it } from 'vitest';
import { UserError } from '../../base/user-error.ts';
import { route, type RouteOptions } from './route.ts';

async function* chunksOf(chunks: readonly (string | Uint8Array)[]) {
  yield* chunks;
}

async function outputOf(
  options: Partial<RouteOptions>,
  ...chunks: readonly (string | Uint8Array)[]
): Promise<string> {
  let written = '';
  const all = { router: 'jump', shards: 8, keyType: 'text', ...options };
  await route(all, chunksOf(chunks), { write: (text) => (written += text) });
  return written;
}

describe('route', () => {
  it('prints each key and its shard', async () => {
    // FNV-1a of a is af63dc4c8601ec8c (lcn2/fnv), of b af63df4c8601f1a5; jump of these in BigInt.
    expect(await outputOf({ hash: 'fnv1a-64' }, 'a\nb\n')).toBe('a\t2\nb\t3\n');
    expect(await outputOf({ router: 'mod', hash: 'identity', keyType: 'int8' }, '-1\n9\n')).toBe(
      '-1\t7\n9\t1\n',
    );
  });

  it('gives the same lines however the input is cut', async () => {
    const bytes = new TextEncoder().encode('Zoë\r\n\n😀\nlast');
    const whole = await outputOf({}, bytes);
    expect(whole.split('\n').map((line) => line.split('\t')[0])).toEqual([
      'Zoë',
      '',
      '😀',
      'last',
      '',
    ]);
    expect(await outputOf({}, ...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toBe(whole);
    expect(await outputOf({}, 'Zoë\n\n😀\n', 'last\n')).toBe(whole);
    expect(await outputOf({})).toBe('');
  });

  it('reads all keys first where the router places them', async () => {
    expect(await outputOf({ router: 'range', shards: 2 }, 'd\nb\na\nc\na\n')).toBe(
      'd\t1\nb\t0\na\t0\nc\t1\na\t0\n',
    );
    expect(await outputOf({ router: 'directory', shards: 3 }, 'x\ny\nx\nz\n')).toBe(
      'x\t0\ny\t1\nx\t0\nz\t2\n',
    );
    const id = '0c0ffee0-0000-4000-8000-00000000000a';
    const upper = id.toUpperCase();
    const uuids = { router: 'directory', shards: 2, keyType: 'uuid' };
    expect(await outputOf(uuids, `${id}\n${upper}\n`)).toBe(`${id}\t0\n${upper}\t0\n`);
    expect(await outputOf({ router: 'range' })).toBe('');
  });

  it.each([
    [{}, ['ok\na\0b\n'], 'line 2: "a\\u0000b" holds a NUL'],
    [{}, ['ok\n\n', Uint8Array.of(0xff, 0x0a)], 'line 3: is not UTF-8'],
    [{ keyType: 'int8' }, ['1\n\n'], 'line 2: "" is not a whole number'],
    [{ keyType: 'int8', router: 'range' }, ['1\n2\nx\n'], 'line 3: "x" is not a whole number'],
    [{ keyType: 'uuid' }, ['1\n'], 'line 1: "1" is not a UUID'],
  ])('%j refuses %j', async (options, chunks, message) => {
    await expect(outputOf(options, ...chunks)).rejects.toThrow(message);
    await expect(outputOf(options, ...chunks)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('reports everything that is wrong with the options at once', async () => {
    const options = { router: 'ring:x', hash: 'md6', shards: 0, keyType: 'int4' };
    const failure: unknown = await outputOf(options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(String(failure).split('\n')).toEqual([
      expect.stringContaining('"x" in "ring:x" is not a whole number'),
      expect.stringContaining('unknown key type "int4" (did you mean int8?)'),
      expect.stringContaining('0 shards are not possible'),
      expect.stringContaining('unknown key hash "md6" (did you mean md5?)'),
    ]);
  });

  it('waits for a slow reader and writes in batches', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `tenant-${index}\n`).join('');
    const sizes: number[] = [];
    let busy = false;
    await route({ router: 'jump', shards: 8, keyType: 'text' }, chunksOf([lines]), {
      async write(text: string) {
        expect(busy).toBe(false);
        busy = true;
        await Promise.resolve();
        busy = false;
        sizes.push(text.length);
      },
    });
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(lines.length + 2 * 20_000);
  });
});
