import { describe, expect, it } from 'vitest';
import { encodeCompositeKey } from '../../base/composite-keys.ts';
import { readKeyType } from './route-keys.ts';
import { route, type RouteOptions } from './route.ts';

async function* once(text: string) {
  yield text;
}

async function outputOf(options: Partial<RouteOptions>, text: string): Promise<string> {
  let written = '';
  const all = { router: 'jump', shards: 8, keyType: 'text', ...options };
  await route(all, once(text), { write: (part) => (written += part) });
  return written;
}

describe('keys of several columns', () => {
  it('are read between tabs, with \\N for NULL', () => {
    const problems: string[] = [];
    const keys = readKeyType('int8, text,uuid', problems);
    expect(problems).toEqual([]);
    const id = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
    expect(keys?.encode(`-7\t\\N\t${id}`, 'line 1:')).toEqual(
      encodeCompositeKey([
        { type: 'int8', text: '-7' },
        { type: 'text', text: null },
        { type: 'uuid', text: id },
      ]),
    );
    const known = keys?.known([`1\ta\t${id}`, `1\ta\t${id.toUpperCase()}`, `1\tb\t\\N`]);
    expect(known).toMatchObject({ type: 'composite', count: 2, rows: [1, 1] });
  });

  it('are printed as they came, with their shard', async () => {
    const lines = ['1\ta', '2\ta', '\\N\ta', '1\t', '1\t\\N'];
    const input = lines.map((line) => `${line}\n`).join('');
    const shards = (output: string): string[] =>
      output
        .trimEnd()
        .split('\n')
        .map((line, i) => {
          expect(line.startsWith(`${lines[i]}\t`)).toBe(true);
          return line.slice((lines[i]?.length ?? 0) + 1);
        });
    const hashed = shards(await outputOf({ keyType: 'int8,text', hash: 'fnv1a-64' }, input));
    expect(new Set(hashed).size).toBeGreaterThan(1);
    // 1 < 2 < NULL, and within 1: '' < 'a' < NULL.
    const ranged = shards(
      await outputOf({ keyType: 'int8,text', router: 'range', shards: 5 }, input),
    );
    expect(ranged).toEqual(['1', '3', '4', '0', '2']);
    const placed = await outputOf({ keyType: 'int8,text', router: 'directory', shards: 5 }, input);
    expect(new Set(shards(placed)).size).toBe(5);
  });

  it.each([
    ['int8,text', '1\ta\n1\n', 'line 2: number of columns: found 1; allowed: 2 (int8,text)'],
    ['int8,text', '1\ta\tb\n', 'line 1: number of columns: found 3; allowed: 2 (int8,text)'],
    ['int8,text', 'x\ta\n', 'line 1: "x" is not a whole number'],
    ['text,int9', '', 'unknown key type "int9" (did you mean int8?)'],
    ['', '', 'unknown key type ""'],
    ['int8,', '1\n', 'unknown key type ""'],
  ])('of type %j refuse %j', async (keyType, input, message) => {
    await expect(outputOf({ keyType }, input)).rejects.toThrow(message);
    await expect(outputOf({ keyType }, input)).rejects.toMatchObject({ exitCode: 2 });
  });

  it('are refused by a router of single columns', async () => {
    const settings = '{ lists: { 0: [a] }, default: 1 }';
    await expect(outputOf({ keyType: 'int8,text', router: 'list', settings }, '')).rejects.toThrow(
      'list takes text, int8, uuid keys, not composite',
    );
  });
});

describe('settings', () => {
  const lists = { router: 'list', shards: 3 };
  it('are YAML or JSON', async () => {
    for (const settings of [
      '{ lists: { 0: [eu], 1: [us, ca] }, default: 2 }',
      '{"lists": {"0": ["eu"], "1": ["us", "ca"]}, "default": 2}',
      'lists:\n  0: [eu]\n  1: [us, ca]\ndefault: 2\n',
    ]) {
      expect(await outputOf({ ...lists, settings }, 'ca\neu\nap\n')).toBe('ca\t1\neu\t0\nap\t2\n');
    }
  });

  it('place ids by their time', async () => {
    const settings = '{ every: 1 year, from: 2023-01-01, hot: [1], cold: [0] }';
    const options = { router: 'calendar', shards: 2, settings };
    // The UUID of RFC 9562 A.6 is of 2022-02-22, the Snowflake id of Wikipedia of 2022-06-28.
    const uuid = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
    expect(await outputOf({ ...options, keyType: 'uuid' }, `${uuid}\n`)).toBe(`${uuid}\t0\n`);
    const later = settings.replace('2023', '2022');
    const snowflake = '1541815603606036480\n';
    const hot = await outputOf({ ...options, settings: later, keyType: 'int8' }, snowflake);
    expect(hot).toBe('1541815603606036480\t1\n');
  });

  it.each([
    [{ ...lists }, 'list needs settings such as { lists: { 0: [eu]'],
    [{ ...lists, settings: '{ lists: { 0: [eu' }, '--settings:1:'],
    [
      { ...lists, settings: '{ lists: { 5: [eu] } }' },
      'lists: "5" is not a shard; the shards are 0 to 2',
    ],
    [{ ...lists, settings: '{ lists: { 0: [eu] } }' }, 'list has no shard for the values "x"'],
    [{ router: 'jump', settings: '{}' }, 'jump takes no settings'],
  ])('%j is refused', async (options, message) => {
    await expect(outputOf(options, 'x\n')).rejects.toThrow(message);
    await expect(outputOf(options, 'x\n')).rejects.toMatchObject({ exitCode: 2 });
  });
});
