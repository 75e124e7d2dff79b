import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KeyHashName } from '../../base/hash/key-hash.ts';
import { encodeKey, type KeyType } from '../../base/keys.ts';
import type { Router, RouterDefinition } from '../contract.ts';
import { buildFor, knownKeys } from '../fixtures.suite.ts';
import { bigintRoute, bulkRoute, int8Route, textRoute } from './route-functions.ts';
import { routeKernel } from './route-kernel.ts';
import { routers } from '../registry.ts';

const hashes: readonly KeyHashName[] = ['xxh64', 'murmur3-128', 'murmur3-32', 'fnv1a-64'];
/** With a kernel, and one of each kind without. */
const fused = new Set(['mod', 'jump', 'ring', 'slots', 'maglev']);
const names = new Set([...fused, 'jumpback', 'rendezvous', 'range']);
const definitions = routers.filter(({ name }) => names.has(name));

const cases = definitions.flatMap((definition) =>
  (definition.traits.hashes ? hashes : hashes.slice(0, 1)).map((hash) => ({
    definition,
    name: definition.name,
    hash,
  })),
);

function build(definition: RouterDefinition, type: KeyType, shards: number, hash: KeyHashName) {
  const parameter = definition.name === 'slots' ? { parameter: 8192 } : {};
  return buildFor(definition, shards, knownKeys(type, []), { hash, ...parameter });
}

/** The shard by the canonical bytes of the key, which no kernel for short keys ever sees. */
function routed(router: Router, type: KeyType, key: string): number {
  const bytes = encodeKey(type, key);
  return router.route(bytes, 0, bytes.length);
}

/** The same by hashing and placing alone, which no kernel fuses. */
function placed(router: Router, type: KeyType, key: string): number {
  if (router.byHash === undefined) return routed(router, type, key);
  const bytes = encodeKey(type, key);
  const out = { hi: 0, lo: 0 };
  router.byHash.hash.hash(bytes, 0, bytes.length, out);
  const shards = new Uint32Array(1);
  router.byHash.place(Uint32Array.of(out.hi), Uint32Array.of(out.lo), 1, shards);
  return shards[0] ?? -1;
}

const ascii = Array.from({ length: 71 }, (_, length) =>
  String.fromCharCode(...Array.from({ length }, (_unused, i) => 33 + ((i * 37 + length) % 94))),
);
const others = [
  'Zoë',
  'tenant-é',
  'ÿ'.repeat(16),
  '漢字',
  'aaaaaaa\u0130',
  'aaaaaaaaaaaaaaa\u0100',
  '😀',
  `${'x'.repeat(40)}ü`,
  'y'.repeat(1023),
  'y'.repeat(1024),
  'y'.repeat(1025),
  'z'.repeat(200_000),
  'ж'.repeat(5000),
  // Strings that the engine keeps as two halves, and as a part of another one.
  `${'left half, '.repeat(2)}${String(12_345)}`,
  'a part of a longer text, from its middle'.slice(7, 27),
];

const edges = [0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 63n - 1n];
const integers = edges.flatMap((edge) => [edge, edge - 1n, -edge, -edge - 1n]);
const magnitudes = fc.tuple(fc.nat(63), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));

describe.each(cases)('$name by $hash', ({ definition, name, hash }) => {
  test('has a kernel where it should', () => {
    const kernel = routeKernel(build(definition, 'int8', 7, hash));
    expect(kernel !== null).toBe(fused.has(name));
  });

  test('texts: the shard of their bytes', () => {
    for (const shards of [1, 2, 16, 1000]) {
      const router = build(definition, 'text', shards, hash);
      const route = textRoute(router);
      for (const key of [...ascii, ...others]) {
        expect(route(key)).toBe(routed(router, 'text', key));
        expect(route(key)).toBe(placed(router, 'text', key));
      }
    }
    const router = build(definition, 'text', 4096, hash);
    const route = textRoute(router);
    const texts = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme' }));
    const property = fc.property(texts, (text) => {
      const key = text.replaceAll('\0', '0');
      expect(route(key)).toBe(placed(router, 'text', key));
    });
    fc.assert(property, { seed: 5, numRuns: 200 });
  });

  test('integers: the shard of their bytes, one by one and many at once', () => {
    const drawn = fc.sample(magnitudes, { seed: 6, numRuns: 150 });
    const keys = [...integers, ...drawn.map(([bits, key]) => key >> BigInt(bits))];
    for (const shards of [1, 3, 16, 4096]) {
      const router = build(definition, 'int8', shards, hash);
      const [number, wide] = [int8Route(router), bigintRoute(router)];
      const bulk = bulkRoute(router, keys.length);
      bulk.keys.set(keys);
      bulk.run(keys.length);
      const expected = keys.map((key) => placed(router, 'int8', key.toString()));
      expect(keys.map((key) => routed(router, 'int8', key.toString()))).toEqual(expected);
      expect(keys.map(wide)).toEqual(expected);
      expect([...bulk.shards]).toEqual(expected);
      // As numbers, those that are whole numbers without loss.
      const safe = keys.map(Number).map((key, i) => ({ key, shard: expected[i] }));
      const exact = safe.filter(({ key }) => Number.isSafeInteger(key));
      expect(exact.length).toBeGreaterThan(50);
      expect(exact.map(({ key }) => number(key))).toEqual(exact.map(({ shard }) => shard));
    }
  });
});

const jump = definitions.find(({ name }) => name === 'jump') ?? definitions[0];

test('half a surrogate pair is read as TextEncoder does, as U+FFFD', () => {
  if (jump === undefined) return;
  const router = build(jump, 'text', 1000, 'xxh64');
  expect(textRoute(router)('half \ud83d')).toBe(routed(router, 'text', 'half \ufffd'));
});

test('a salted router has no kernel, and the same shards as its bytes', () => {
  if (jump === undefined) return;
  const router = buildFor(jump, 1000, knownKeys('text', []), { salt: 'pepper' });
  expect(routeKernel(router)).toBeNull();
  for (const key of ascii) expect(textRoute(router)(key)).toBe(routed(router, 'text', key));
});

test('route functions of several routers keep their tables apart', () => {
  const built = definitions
    .filter(({ name }) => fused.has(name))
    .map((definition) => build(definition, 'text', 50, 'xxh64'));
  const routes = built.map(textRoute);
  for (const key of ascii) {
    const expected = built.map((router) => routed(router, 'text', key));
    expect(routes.map((route) => route(key))).toEqual(expected);
  }
});

test('many at once: no more than there is room for', () => {
  for (const definition of definitions) {
    const bulk = bulkRoute(build(definition, 'int8', 5, 'xxh64'), 3);
    expect(bulk.keys.length).toBe(3);
    expect(() => {
      bulk.run(4);
    }).toThrow('room');
  }
});
