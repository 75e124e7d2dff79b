import { describe, expect, it } from 'vitest';
import { UserError } from '../base/user-error.ts';
import { buildRouter, routerProblems, type RouterSpec } from './build-router.ts';
import { findRouter } from './registry.ts';
import { parseRouterName } from './router-name.ts';
import { buildFor, knownKeys, shardsOf, tenantTexts, topologyOf } from './fixtures.suite.ts';

const specOf = (spec: Partial<RouterSpec>): RouterSpec => ({
  router: 'jump',
  parameter: null,
  hash: null,
  salt: '',
  ...spec,
});

describe('parseRouterName', () => {
  it('takes name and parameter apart', () => {
    expect(parseRouterName('jump')).toEqual({ name: 'jump', parameter: null });
    expect(parseRouterName('ring')).toEqual({ name: 'ring', parameter: null });
    expect(parseRouterName('ring:150')).toEqual({ name: 'ring', parameter: 150 });
    expect(parseRouterName('slots:16384')).toEqual({ name: 'slots', parameter: 16384 });
  });

  it.each([
    [
      'rnig:150',
      'unknown router "rnig" (did you mean ring?); the routers are\n  mod, jump, ring[:vnodes]',
    ],
    ['', 'unknown router ""; the routers are'],
    ['jump:3', 'jump takes no number, but "jump:3" has one'],
    ['ring:', '"" in "ring:" is not a whole number; write ring:150 (vnodes from 1 to 100000)'],
    ['ring:-1', '"-1" in "ring:-1" is not a whole number'],
    ['ring:1e3', '"1e3" in "ring:1e3" is not a whole number'],
    ['ring:0', 'ring:0 is not allowed; vnodes must be a whole number from 1 to 100000'],
    ['slots:65537', 'slots:65537 is not allowed; slots must be a whole number from 1 to 65536'],
  ])('refuses %j', (text, message) => {
    expect(() => parseRouterName(text)).toThrow(UserError);
    expect(() => parseRouterName(text)).toThrow(message);
  });
});

describe('routerProblems', () => {
  it.each([
    [{ router: 'range', hash: 'xxh64' }, 'text', 'range takes no hash, but xxh64 is named'],
    [{ router: 'directory', salt: 's' }, 'text', 'directory takes no salt, but "s" is given'],
    [{ hash: 'identity' }, 'uuid', 'identity takes int8 keys only, not uuid'],
    [{ hash: 'identity', salt: 's' }, 'int8', 'identity takes no salt'],
    [{ router: 'ring', hash: 'identity' }, 'int8', 'ring also hashes texts'],
    [{ hash: 'murmur' }, 'text', 'unknown key hash "murmur"'],
    [{ parameter: 3 }, 'text', 'jump takes no number'],
    [{ salt: '\ud800' }, 'text', 'half a surrogate pair'],
  ] as const)('finds what is wrong with %j for %s keys', (spec, type, problem) => {
    expect(routerProblems(specOf(spec), topologyOf(4), type)).toEqual([
      expect.stringContaining(problem),
    ]);
  });

  it('finds everything at once', () => {
    const spec = specOf({ router: 'rang', hash: 'md6' });
    const problems = routerProblems(spec, { shardCount: 0, weights: [] }, 'text');
    expect(problems).toEqual([
      '0 shards are not possible; allowed: a whole number from 1 to 1048576',
      expect.stringContaining('unknown router "rang" (did you mean range?)'),
      expect.stringContaining('unknown key hash "md6" (did you mean md5?)'),
    ]);
    const build = () => buildRouter(spec, topologyOf(1), 'text', knownKeys('text', []));
    expect(build).toThrow(/^unknown router [^]*\nunknown key hash/);
  });

  it.each([
    [[1, -1], 'shard 1 has weight -1'],
    [[Number.NaN, 1], 'shard 0 has weight NaN'],
    [[0, 0], 'all shards have weight 0'],
  ])('refuses weights %j', (weights, problem) => {
    const problems = routerProblems(specOf({}), topologyOf(2, weights), 'text');
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });
});

describe('buildRouter', () => {
  it('takes xxh64 where no hash is named, and the parameter it is given', () => {
    const keys = knownKeys('text', tenantTexts(300));
    const spec = specOf({ router: 'ring', parameter: 7, salt: 'x' });
    const built = buildRouter(spec, topologyOf(5), 'text', keys);
    const choice = { hash: 'xxh64', parameter: 7, salt: 'x' } as const;
    expect(shardsOf(built, keys)).toEqual(
      shardsOf(buildFor(findRouter('ring'), 5, keys, choice), keys),
    );
  });

  it('builds range and directory from the known keys', () => {
    const keys = knownKeys('text', ['a', 'b']);
    for (const router of ['range', 'directory']) {
      const built = buildRouter(specOf({ router }), topologyOf(2), 'text', keys);
      expect(shardsOf(built, keys)).toEqual([0, 1]);
    }
  });
});
