import { describe, expect, test } from 'vitest';
import { shardlab } from './shardlab-fixture.ts';

const keys: Readonly<Record<string, readonly string[]>> = {
  text: ['a', 'tenant-1', 'Zoë', ''],
  int8: ['1', '-1', '42', '9223372036854775807'],
  uuid: [
    '00000000-0000-0000-0000-000000000000',
    '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    '6ba7b811-9dad-11d1-80b4-00c04fd430c8',
    'ffffffff-ffff-4fff-bfff-ffffffffffff',
  ],
};

const hashed = ['mod', 'jump', 'ring:7', 'slots:101'];

/**
 * Shards of the four keys on 8 shards under each of the four routers, from an independent
 * implementation in Python: its hashlib, and FNV, xxHash and Murmur3 written from their
 * specifications and checked against their own test vectors.
 */
const shards = [
  ['xxh64', 'text', '3611', '6307', '0564', '3022'],
  ['xxh64', 'int8', '5134', '1147', '2635', '3255'],
  ['xxh64', 'uuid', '2373', '6330', '7533', '6262'],
  ['fnv1a-32', 'text', '4345', '4041', '3134', '0675'],
  ['fnv1a-32', 'int8', '4575', '3133', '1433', '7102'],
  ['fnv1a-32', 'uuid', '5475', '1761', '4434', '0502'],
  ['fnv1a-64', 'text', '4345', '2121', '2242', '2734'],
  ['fnv1a-64', 'int8', '4575', '3026', '2212', '3443'],
  ['fnv1a-64', 'uuid', '5475', '7022', '2222', '5220'],
  ['murmur3-32', 'text', '2520', '4150', '1615', '0730'],
  ['murmur3-32', 'int8', '4067', '2267', '2471', '4411'],
  ['murmur3-32', 'uuid', '0755', '0235', '1766', '5224'],
  ['murmur3-128', 'text', '1700', '5500', '1405', '2740'],
  ['murmur3-128', 'int8', '2304', '5255', '5350', '3665'],
  ['murmur3-128', 'uuid', '6761', '6567', '7315', '1477'],
  ['md5', 'text', '0544', '4613', '1277', '7351'],
  ['md5', 'int8', '2754', '3413', '1152', '4412'],
  ['md5', 'uuid', '7620', '6474', '0173', '0536'],
  ['sha256', 'text', '2604', '1345', '0407', '0572'],
  ['sha256', 'int8', '6563', '4754', '6403', '7432'],
  ['sha256', 'uuid', '5327', '0124', '2420', '7737'],
  // A ring hashes the labels of its points, which identity cannot.
  ['identity', 'int8', '1727', '6727', null, '0637'],
] as const;

async function routed(
  router: string,
  hash: string | null,
  type: string,
  lines: readonly string[] = keys[type] ?? [],
) {
  const named = hash === null ? [] : ['--hash', hash];
  const options = ['--router', router, ...named, '--shards', '8', '--key-type', type];
  const input = lines.map((line) => `${line}\n`).join('');
  return shardlab(['route', ...options], { input });
}

const printed = (type: string, digits: string): string =>
  (keys[type] ?? []).map((key, i) => `${key}\t${digits[i]}\n`).join('');

describe('routers x hashes x key types', () => {
  test.each(shards)('%s of %s', async (hash, type, ...expected) => {
    const known = hashed.filter((_, i) => expected[i] !== null);
    const results = await Promise.all(known.map((router) => routed(router, hash, type)));
    expect(results.map(({ code, stdout }) => ({ code, stdout }))).toEqual(
      expected
        .filter((digits) => digits !== null)
        .map((digits) => ({ code: 0, stdout: printed(type, digits) })),
    );
  });

  test('a ring takes no identity: it hashes the labels of its points', async () => {
    const { code, stdout, stderr } = await routed('ring:7', 'identity', 'int8');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('ring also hashes texts, but the hash identity takes integers only');
  });

  // Bytes decide for text, so capitals come before small letters; numbers decide for int8.
  test.each([
    ['text', ['b', 'Z', 'é', 'a', 'c', 'd', 'e', 'f'], [2, 0, 7, 1, 3, 4, 5, 6]],
    ['int8', ['10', '9', '-1', '-20', '0', '5', '7', '8'], [7, 6, 1, 0, 2, 3, 4, 5]],
    ['uuid', [...(keys['uuid'] ?? [])].toReversed(), [3, 2, 1, 0]],
  ])('range of %s orders its keys', async (type, lines, expected) => {
    const { code, stdout } = await routed('range', null, type, lines);
    expect(code).toBe(0);
    expect(stdout).toBe(lines.map((line, i) => `${line}\t${expected[i]}\n`).join(''));
  });

  test.each(['text', 'int8', 'uuid'])('directory of %s deals its keys out evenly', async (type) => {
    const { code, stdout } = await routed('directory', null, type);
    expect({ code, stdout }).toEqual({ code: 0, stdout: printed(type, '0123') });
  });
});

test('the example of the documentation', async () => {
  // FNV-1a of a is af63dc4c8601ec8c (lcn2/fnv test_fnv.c); jump in BigInt gives 2.
  const options = ['--router', 'jump', '--hash', 'fnv1a-64', '--shards', '8'];
  const { stdout } = await shardlab(['route', ...options], { input: 'a\nb\n' });
  expect(stdout).toBe('a\t2\nb\t3\n');
});

describe('refuses with 2 and prints no key', () => {
  const eight = ['--shards', '8'];
  test.each([
    [['--router', 'jmup', ...eight], 'a\n', 'unknown router "jmup" (did you mean jump?)'],
    [['--router', 'jump', ...eight, '--hash', 'md6'], 'a\n', 'unknown key hash "md6" (did you'],
    [['--router', 'range', ...eight, '--hash', 'md5'], 'a\n', 'range takes no hash'],
    [['--router', 'directory', ...eight, '--hash', 'md5'], 'a\n', 'directory takes no hash'],
    [['--router', 'jump', '--shards', '0'], 'a\n', '0 shards are not possible'],
    [
      ['--router', 'jump', '--shards', 'x'],
      'a\n',
      "argument 'x' is invalid. Allowed are whole numbers",
    ],
    [['--router', 'jump', ...eight, '--key-type', 'int4'], '1\n', 'unknown key type "int4"'],
    [['--router', 'mod', ...eight, '--hash', 'identity'], 'a\n', 'identity takes int8 keys only'],
    [['--router', 'jump', ...eight, '--key-type', 'int8'], 'x\n', 'line 1: "x" is not a whole'],
    [['--router', 'jump', ...eight, '--key-type', 'uuid'], 'x\n', 'line 1: "x" is not a UUID'],
    [['--router', 'jump', ...eight], 'a\0b\n', 'line 1: "a\\u0000b" holds a NUL'],
    [['--router', 'jump', ...eight], Uint8Array.of(0xff, 10), 'line 1: is not UTF-8'],
  ])('%j', async (options, input, message) => {
    const { code, stdout, stderr } = await shardlab(['route', ...options], { input });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
