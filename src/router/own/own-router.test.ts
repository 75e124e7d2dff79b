import { describe, expect, it } from 'vitest';
import { encodeCompositeKey } from '../../base/composite-keys.ts';
import { keyHash } from '../../base/hash/key-hashes.ts';
import { encodeKey } from '../../base/keys.ts';
import { UserError } from '../../base/user-error.ts';
import type { Router, RouterDefinition } from '../contract.ts';
import {
  buildFor,
  knownKeys,
  ownDefinition,
  shardsOf,
  tenantTexts,
  topologyOf,
} from '../fixtures.suite.ts';
import { findRouter } from '../registry.ts';

const file = './mine.ts';
const keys = knownKeys('text', tenantTexts(300));

const definitionOf = (own: Parameters<typeof ownDefinition>[0]): RouterDefinition =>
  ownDefinition(own, file);

const routing = (route: (key: string) => unknown): RouterDefinition =>
  definitionOf({ build: () => route });

/** Routes one key of a router on three shards. */
function routeOne(definition: RouterDefinition, text = 'acme'): number {
  const key = encodeKey('text', text);
  return buildFor(definition, 3, knownKeys('text', [])).route(key, 0, key.length);
}

describe('a router of the user', () => {
  it('may be a function of texts, and nothing more', () => {
    const definition = definitionOf({
      build:
        ({ shardCount }) =>
        (key: string) =>
          key.length % shardCount,
    });
    const texts = ['', 'a', 'Zoë', '漢字漢字'];
    expect(shardsOf(buildFor(definition, 3, keys), knownKeys('text', texts))).toEqual([0, 1, 0, 1]);
    const { name, parameter, keyTypes, traits } = definition;
    expect({ name, parameter, keyTypes }).toEqual({
      name: file,
      parameter: null,
      keyTypes: ['text', 'int8', 'uuid'],
    });
    expect(Object.values(traits).filter((trait) => trait === true)).toEqual([]);
  });

  it('is given keys as they are written', () => {
    const seen: string[] = [];
    const definition = definitionOf({ build: () => (key: string) => seen.push(key) && 0 });
    const uuid = '0c0ffee0-0000-4000-8000-00000000000a';
    for (const some of [knownKeys('int8', ['-7']), knownKeys('uuid', [uuid.toUpperCase()])]) {
      shardsOf(buildFor(definition, 1, some), some);
    }
    expect(seen).toEqual(['-7', uuid]);
  });

  it('may be a whole definition, which places as it always did', () => {
    for (const name of ['jump', 'ring', 'directory']) {
      const inner = findRouter(name);
      const definition = definitionOf(inner);
      const before = buildFor(definition, 4, keys);
      const after = buildFor(definition, 6, keys, { previous: before });
      const innerBefore = buildFor(inner, 4, keys);
      const innerAfter = buildFor(inner, 6, keys, { previous: innerBefore });
      expect(shardsOf(before, keys)).toEqual(shardsOf(innerBefore, keys));
      expect(shardsOf(after, keys)).toEqual(shardsOf(innerAfter, keys));
      expect(definition.traits).toEqual(inner.traits);
    }
  });

  it('is given a router of another kind where its traits say that it adopts one', () => {
    const foreign = buildFor(findRouter('jump'), 4, keys);
    const before = shardsOf(foreign, keys);
    const own = { ...findRouter('directory') };
    const grown = buildFor(definitionOf(own), 4, keys, { previous: foreign });
    const inner = buildFor(findRouter('directory'), 4, keys, { previous: foreign });
    expect(shardsOf(grown, keys)).toEqual(shardsOf(inner, keys));
    const { adopts: _, ...traits } = own.traits;
    const anew = buildFor(definitionOf({ ...own, traits }), 4, keys, { previous: foreign });
    const moved = (router: typeof foreign) =>
      shardsOf(router, keys).filter((shard, key) => shard !== before[key]).length;
    expect(moved(anew)).toBeGreaterThan(moved(grown));
  });

  it('routes ranges where it can', () => {
    const range = buildFor(definitionOf(findRouter('range')), 4, keys);
    const visited: number[] = [];
    const [from, to] = [encodeKey('text', ''), encodeKey('text', 'z')];
    range.routeRange?.(from, to, (shard) => visited.push(shard));
    expect(visited).toEqual([0, 1, 2, 3]);
    const plain = buildFor(
      routing(() => 0),
      2,
      keys,
    );
    expect(typeof plain.routeRange).toBe('undefined');
  });

  it('can hash texts as the scenario says', () => {
    const hashed: number[] = [];
    const definition = definitionOf({
      traits: { hashes: true },
      build: (_, { hashOf }) => {
        const long = 'ü'.repeat(2000);
        hashed.push(...['acme', 'Zoë\0', long].map(hashOf));
        return () => 0;
      },
    });
    buildFor(definition, 2, keys, { hash: 'md5', salt: 'x/' });
    const out = { hi: 0, lo: 0 };
    const expected = ['x/acme', 'x/Zoë\0', `x/${'ü'.repeat(2000)}`].map((text) => {
      const bytes = new TextEncoder().encode(text);
      keyHash('md5').hash(bytes, 0, bytes.length, out);
      return out.lo >>> 0;
    });
    expect(hashed).toEqual(expected);
    expect(definition.traits.hashesLabels).toBe(true);
  });

  it('can read the keys that exist', () => {
    const definition = definitionOf({
      traits: { placesKnownKeys: true },
      build: (_, options) => {
        const heaviest = options.knownKeys().toSorted((a, b) => b.weight - a.weight)[0];
        return (key: string) => (key === heaviest?.key ? 1 : 0);
      },
    });
    const known = knownKeys('text', ['a', 'b', 'c'], (index) => (index === 1 ? 8 : 1));
    expect(shardsOf(buildFor(definition, 2, known), known)).toEqual([0, 1, 0]);
  });

  it('gets what it built before when it grows', () => {
    const given: unknown[] = [];
    const route = () => 0;
    const definition = definitionOf({
      build(_, __, previous) {
        given.push(previous);
        return route;
      },
    });
    const first = buildFor(definition, 2, keys);
    buildFor(definition, 3, keys, { previous: first });
    expect(given).toEqual([undefined, route]);
  });

  it('says that it ignores weights', () => {
    const warnings = buildFor(
      routing(() => 0),
      2,
      keys,
      { weights: [1, 2] },
    ).warnings;
    expect(warnings).toEqual([expect.stringContaining('./mine.ts ignores shard weights')]);
    expect(
      buildFor(
        routing(() => 0),
        2,
        keys,
      ).warnings,
    ).toEqual([]);
  });
});

describe('an answer that is no shard is a mistake of the file', () => {
  it.each([
    [Number.NaN, 'returns NaN'],
    [1.5, 'returns 1.5'],
    [-1, 'returns -1'],
    [3, 'returns 3'],
    [undefined, 'returns undefined'],
    ['1', 'returns "1"'],
    [1n, 'returns the bigint 1n'],
    [Promise.resolve(1), 'returns a promise'],
  ])('%s', (answer, found) => {
    const allowed = 'a whole number from 0 to 2';
    const message = `./mine.ts ${found} for key "acme" with 3 shards; allowed: ${allowed}`;
    expect(() => routeOne(routing(() => answer))).toThrow(message);
    expect(() => routeOne(routing(() => answer))).toThrow(UserError);
  });

  it('and so is an error, with the line it comes from', () => {
    const definition = routing(() => {
      throw new RangeError('too much');
    });
    expect(() => routeOne(definition)).toThrow(
      /^\.\/mine\.ts throws for key "acme" with 3 shards: RangeError: too much \(\S+\.ts:\d+\)$/,
    );
    const thrower = routing(() => {
      // oxlint-disable-next-line no-throw-literal
      throw 'a text';
    });
    expect(() => routeOne(thrower)).toThrow('with 3 shards: "a text"');
  });

  it('in a range, too', () => {
    const ranges = (routeRange: NonNullable<Router['routeRange']>): Router =>
      buildFor(
        definitionOf({
          traits: { ordered: true },
          build: () => ({ route: () => 0, routeRange }),
        }),
        1,
        keys,
      );
    const [from, to] = [encodeKey('text', 'a'), encodeKey('text', 'b')];
    const wrong = ranges((_, __, visit) => visit(1));
    expect(() => wrong.routeRange?.(from, to, () => undefined)).toThrow(
      './mine.ts visits 1 for the keys from "a" to "b"; allowed: 0',
    );
    const failing = ranges(() => {
      throw new Error('no ranges');
    });
    expect(() => failing.routeRange?.(from, to, () => undefined)).toThrow(
      './mine.ts throws for the keys from "a" to "b": Error: no ranges',
    );
  });

  it.each([
    [() => Promise.resolve(() => 0), './mine.ts: build returns a promise; allowed: a function'],
    [() => 3, './mine.ts: build returns 3; allowed: a function (key) => shard, or { route('],
    [() => ({ route: 3 }), './mine.ts: build returns an object whose route is not a function'],
    [() => JSON.parse('{'), './mine.ts cannot be built for 3 shards: SyntaxError'],
    [
      (_: unknown, { hashOf }: { hashOf: (text: string) => number }) => hashOf('a'),
      'hashOf needs traits: { hashes: true }',
    ],
  ])('in build: %s', (build, message) => {
    expect(() => routeOne(definitionOf({ build }))).toThrow(message);
  });

  it('and a composite key is no text', () => {
    const definition = definitionOf({ keyTypes: ['composite'], build: () => () => 0 });
    const key = encodeCompositeKey([{ type: 'text', text: 'a' }]);
    const options = { keyType: 'composite', hash: null, parameter: null, salt: '' } as const;
    const none = { ...knownKeys('text', []), type: 'composite' as const };
    const build = () => definition.build(topologyOf(2), { ...options, keys: none });
    expect(build).toThrow('build returns a function of texts, but composite keys are not texts');
    const bytes = definitionOf({ keyTypes: ['composite'], build: () => ({ route: () => 5 }) });
    const router = bytes.build(topologyOf(2), { ...options, keys: none });
    expect(() => router.route(key, 0, key.length)).toThrow('returns 5 for key ("a") with 2 shards');
  });
});
