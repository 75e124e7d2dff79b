import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyPiece } from '../../base/key-pieces.ts';
import { encodeKey } from '../../base/keys.ts';
import type { Pin, Split } from '../../scenario/types.ts';
import { buildRouter, type RouterSpec } from '../build-router.ts';
import type { KnownKeys, Router } from '../contract.ts';
import { knownKeys, shardsOf, tenantTexts, topologyOf } from '../fixtures.suite.ts';

const hashing = ['mod', 'jump', 'ring', 'slots'];
const ordered = ['range'];

function specOf(router: string, overlay: { pin?: Pin; split?: Split } = {}): RouterSpec {
  const hash = hashing.includes(router) ? 'xxh64' : null;
  return { router, parameter: null, hash, salt: '', ...overlay };
}

const texts = tenantTexts(60);
/** tenant-0 has 30 % of the load, tenant-1 20 %, all others share the rest. */
const keys: KnownKeys = {
  ...knownKeys('text', texts),
  weights: texts.map((_, i) => [0.3, 0.2][i] ?? 0.5 / 58),
};

const built = (spec: RouterSpec, shards: number, previous?: Router): Router =>
  buildRouter(spec, topologyOf(shards), 'text', keys, previous);

const pieceShards = (router: Router, tenant: string, over: number): number[] =>
  Array.from({ length: over }, (_, piece) => {
    const bytes = keyPiece(encodeKey('text', tenant), piece);
    return router.route(bytes, 0, bytes.length);
  });

/** Load of each shard, the pieces of `tenant` counted where they are. */
function loadsOf(router: Router, tenant: string | null = null, over = 1): number[] {
  const loads = Array.from({ length: router.shardCount }, () => 0);
  const add = (shard: number, load: number): void => {
    loads[shard] = (loads[shard] ?? 0) + load;
  };
  for (const [key, shard] of shardsOf(router, keys).entries()) {
    if (texts[key] !== tenant) add(shard, keys.weights[key] ?? 0);
  }
  if (tenant === null) return loads;
  const load = (keys.weights[texts.indexOf(tenant)] ?? 0) / over;
  for (const shard of pieceShards(router, tenant, over)) add(shard, load);
  return loads;
}

const maxOverMean = (loads: readonly number[]): number =>
  (Math.max(...loads) * loads.length) / loads.reduce((sum, load) => sum + load, 0);

describe('pins', () => {
  test('a pinned key goes where it is told, everything else where the router has it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...hashing, ...ordered),
        fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 8, maxLength: 8 }),
        (name, pinned, shards) => {
          const tenants = pinned.map((key, i) => ({
            id: texts[key] ?? '',
            shard: shards[i] ?? 0,
          }));
          const bare = shardsOf(built(specOf(name), 5), keys);
          const router = built(specOf(name, { pin: { tenants, above: null } }), 5);
          const expected = bare.map((shard, key) => {
            const place = pinned.indexOf(key);
            return place < 0 ? shard : shards[place];
          });
          expect(shardsOf(router, keys)).toEqual(expected);
        },
      ),
    );
  });

  test('by weight: heaviest first to the shard with the least load of all others', () => {
    for (const name of [...hashing, ...ordered]) {
      const bare = built(specOf(name), 4);
      const router = built(specOf(name, { pin: { tenants: [], above: 0.2 } }), 4);
      const [first, second, ...others] = shardsOf(router, keys);
      const bareShards = shardsOf(bare, keys);
      expect(others, name).toEqual(bareShards.slice(2));
      const rest = [0, 0, 0, 0];
      for (const [key, shard] of bareShards.entries()) {
        if (key > 1) rest[shard] = (rest[shard] ?? 0) + (keys.weights[key] ?? 0);
      }
      expect(first, name).toBe(rest.indexOf(Math.min(...rest)));
      rest[first ?? 0] = (rest[first ?? 0] ?? 0) + 0.3;
      expect(second, name).toBe(rest.indexOf(Math.min(...rest)));
    }
  });

  test('a threshold that only the weight of no key reaches changes nothing', () => {
    const bare = shardsOf(built(specOf('jump'), 4), keys);
    const router = built(specOf('jump', { pin: { tenants: [], above: 0.31 } }), 4);
    expect(shardsOf(router, keys)).toEqual(bare);
  });

  test('growing keeps pins; the others move as without them', () => {
    const overlay = { pin: { tenants: [{ id: 'tenant-7', shard: 3 }], above: 0.2 } };
    for (const name of [...hashing, 'directory']) {
      const before = built(specOf(name, overlay), 4);
      const after = built(specOf(name, overlay), 5, before);
      const [from, to] = [shardsOf(before, keys), shardsOf(after, keys)];
      for (const key of [0, 1, 7]) expect(to[key], name).toBe(from[key]);
      if (name === 'directory') continue;
      const bare = built(specOf(name), 4);
      const grown = shardsOf(built(specOf(name), 5, bare), keys);
      expect(to.filter((_, key) => ![0, 1, 7].includes(key))).toEqual(
        grown.filter((_, key) => ![0, 1, 7].includes(key)),
      );
    }
  });

  test('a shard that is gone gives up what was pinned to it by weight', () => {
    const spec = specOf('jump', { pin: { tenants: [], above: 0.2 } });
    const before = built(spec, 6);
    const shrunk = built(spec, 2, before);
    for (const shard of shardsOf(shrunk, keys)) expect(shard).toBeLessThan(2);
  });

  test('a directory makes room for what is pinned', () => {
    const pin = { tenants: [{ id: 'tenant-0', shard: 3 }], above: null };
    const loads = loadsOf(built(specOf('directory', { pin }), 4));
    // 30 % is what the tenant has by itself: nothing else is put beside it.
    expect(loads[3]).toBeCloseTo(0.3, 9);
    expect(maxOverMean(loads)).toBeCloseTo(1.2, 9);
  });

  test('an ordered router says that a range may hold pinned keys', () => {
    const pin = { tenants: [{ id: 'tenant-20', shard: 3 }], above: null };
    const [from, to] = [encodeKey('text', 'tenant-2'), encodeKey('text', 'tenant-21')];
    const shardsIn = (router: Router): number[] => {
      const seen: number[] = [];
      router.routeRange?.(from, to, (shard) => seen.push(shard));
      return seen;
    };
    const bare = shardsIn(built(specOf('range'), 4));
    expect(bare).not.toContain(3);
    expect(shardsIn(built(specOf('range', { pin }), 4))).toEqual([...bare, 3]);
    const outside = { tenants: [{ id: 'tenant-5', shard: 3 }], above: null };
    expect(shardsIn(built(specOf('range', { pin: outside }), 4))).toEqual(bare);
    expect(shardsIn(built(specOf('jump', { pin }), 4))).toEqual([]);
  });
});

describe('exclusive pins', () => {
  const exclusive = (pin: Partial<Pin>): { pin: Pin } => {
    return { pin: { tenants: [], above: null, exclusive: true, ...pin } };
  };
  const listed = exclusive({ tenants: [{ id: 'tenant-7', shard: 1 }] });

  test('nobody else is there, and the others are as with the router on the other shards', () => {
    for (const name of [...hashing, ...ordered, 'directory']) {
      const shards = shardsOf(built(specOf(name, listed), 5), keys);
      const others = {
        ...keys,
        weights: texts.map((text, i) => (text === 'tenant-7' ? 0 : (keys.weights[i] ?? 0))),
      };
      const bare = shardsOf(buildRouter(specOf(name), topologyOf(4), 'text', others), keys);
      const expected = bare.map((shard, key) => (key === 7 ? 1 : [0, 2, 3, 4][shard]));
      expect(shards, name).toEqual(expected);
    }
  });

  test('by weight: each heavy key has a shard of its own, the heaviest the first', () => {
    for (const name of [...hashing, ...ordered, 'directory']) {
      const shards = shardsOf(built(specOf(name, exclusive({ above: 0.2 })), 4), keys);
      expect(shards.slice(0, 2), name).toEqual([0, 1]);
      expect(new Set(shards.slice(2)), name).toEqual(new Set([2, 3]));
    }
  });

  test('growing keeps them; of the others no more move than the router moves', () => {
    for (const name of ['jump', 'ring', 'directory']) {
      const spec = specOf(name, exclusive({ above: 0.2, tenants: [{ id: 'tenant-9', shard: 3 }] }));
      const before = built(spec, 5);
      const [from, to] = [before, built(spec, 6, before)].map((router) => shardsOf(router, keys));
      for (const key of [0, 1, 9]) expect(to?.[key], name).toBe(from?.[key]);
      const moved = (from ?? []).flatMap((shard, key) => (to?.[key] === shard ? [] : [to?.[key]]));
      expect(new Set(moved), name).toEqual(new Set([5]));
    }
  });

  test('a key that has become heavy goes to a new shard, if there is one', () => {
    const before = built(specOf('jump', exclusive({ above: 0.3 })), 4);
    expect(shardsOf(before, keys)[0]).toBe(0);
    const after = built(specOf('jump', exclusive({ above: 0.2 })), 5, before);
    expect(shardsOf(after, keys).slice(0, 2)).toEqual([0, 4]);
    expect(new Set(shardsOf(after, keys).slice(2))).toEqual(new Set([1, 2, 3]));
  });

  test('pieces of split keys go to the other shards', () => {
    const split: Split = { tenants: ['tenant-1'], above: null, by: 'order_id', over: 3 };
    for (const name of [...hashing, 'directory']) {
      const router = built(specOf(name, { ...listed, split }), 4);
      expect(new Set(pieceShards(router, 'tenant-1', 3)), name).toEqual(new Set([0, 2, 3]));
    }
  });

  test('an ordered router visits the shards of a range, that of a pinned key among them', () => {
    const router = built(specOf('range', listed), 4);
    const seen: number[] = [];
    router.routeRange?.(encodeKey('text', ''), encodeKey('text', 'z'), (shard) => seen.push(shard));
    expect(seen).toEqual([0, 1, 2, 3]);
    const without: number[] = [];
    const to = encodeKey('text', 'tenant-6');
    router.routeRange?.(encodeKey('text', ''), to, (shard) => without.push(shard));
    expect(without).not.toContain(1);
  });

  test('a shard must be left for all others, by weight too', () => {
    expect(() => built(specOf('jump', exclusive({ above: 0.001 })), 4)).toThrow(
      'pin.exclusive: pinned keys need 60 shards to themselves, but of 4 shards one at least ' +
        'must be left for all other keys',
    );
    const split: Split = { tenants: ['tenant-1'], above: null, by: 'order_id', over: 4 };
    expect(() => built(specOf('jump', { ...listed, split }), 4)).toThrow(
      'split.over: 4 is more than the number of shards that take keys (3)',
    );
  });

  test('a router whose settings name shards is refused', () => {
    const list = {
      ...specOf('list', listed),
      settings: { lists: { 0: ['tenant-0'] }, default: 1 },
    };
    expect(() => built(list, 4)).toThrow(
      'pin.exclusive: the settings of list say what lies on which shard',
    );
  });
});

describe('splits', () => {
  const split = (over: number, above: number | null = 0.3, tenants: string[] = []): Split => ({
    tenants,
    above,
    by: 'order_id',
    over,
  });

  test('pieces lie on different shards, and no other key moves', () => {
    for (const name of [...hashing, ...ordered]) {
      for (const over of [2, 3, 4]) {
        const router = built(specOf(name, { split: split(over) }), 4);
        expect(new Set(pieceShards(router, 'tenant-0', over)).size, name).toBe(over);
        expect(shardsOf(router, keys).slice(1)).toEqual(
          shardsOf(built(specOf(name), 4), keys).slice(1),
        );
      }
    }
  });

  test('a directory fills up around the pieces, so that even two of them balance', () => {
    expect(maxOverMean(loadsOf(built(specOf('directory'), 4)))).toBeGreaterThan(1.19);
    const router = built(specOf('directory', { split: split(2) }), 4);
    expect(maxOverMean(loadsOf(router, 'tenant-0', 2))).toBeLessThan(1.02);
  });

  test('growing and shrinking: pieces stay while their shard does', () => {
    for (const name of [...hashing, 'directory']) {
      const spec = specOf(name, { split: split(3) });
      const before = built(spec, 4);
      const after = built(spec, 6, before);
      expect(pieceShards(after, 'tenant-0', 3)).toEqual(pieceShards(before, 'tenant-0', 3));
      const shrunk = pieceShards(built(spec, 3, after), 'tenant-0', 3);
      expect(new Set(shrunk), name).toEqual(new Set([0, 1, 2]));
    }
  });

  test('a listed pin comes before a split by weight, a split before a pin by weight', () => {
    const pin = { tenants: [{ id: 'tenant-0', shard: 1 }], above: 0.1 };
    const router = built(specOf('jump', { pin, split: split(2, 0.15) }), 4);
    expect(shardsOf(router, keys)[0]).toBe(1);
    expect(new Set(pieceShards(router, 'tenant-1', 2)).size).toBe(2);
  });
});

test('what these keys and shards do not allow is said at once', () => {
  const pin: Pin = {
    tenants: [
      { id: 'tenant-0', shard: 4 },
      { id: 'nobody', shard: 0 },
    ],
    above: null,
  };
  const split: Split = { tenants: ['neither'], above: null, by: 'order_id', over: 5 };
  expect(() => built(specOf('jump', { pin, split }), 4)).toThrow(
    [
      'pin.tenants.tenant-0: there is no shard 4; the last shard is 3',
      'split.over: 5 is more than the number of shards that take keys (4)',
      'pin.tenants: no key "nobody" was loaded',
      'split.tenants: no key "neither" was loaded',
    ].join('\n'),
  );
});
