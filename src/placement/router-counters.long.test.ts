import { describe, expect, test } from 'vitest';
import { keyTypes } from '../base/keys.ts';
import type { Router, RouterDefinition } from '../router/contract.ts';
import { findRouter, routers } from '../router/registry.ts';
import { countedKeys } from './counted-keys.ts';
import { hashCounters, routerCounters } from './router-counters.ts';

/** The router, except that key `index` of the counted texts goes one shard further. */
function changed(definition: RouterDefinition, index: number, shards: number): RouterDefinition {
  const { packed } = countedKeys('text', 20_000, 42);
  const picked = packed.bytes.slice(packed.offsets[index], packed.offsets[index + 1]);
  return {
    ...definition,
    build(topology, options, previous) {
      const built = definition.build(topology, options, previous);
      const { shardCount } = built;
      const route: Router['route'] = (bytes, start, end) => {
        const shard = built.route(bytes, start, end);
        const same =
          shardCount === shards &&
          end - start === picked.length &&
          picked.every((byte, i) => byte === bytes[start + i]);
        return same ? (shard + 1) % shardCount : shard;
      };
      return { shardCount, route };
    },
  };
}

describe('counters of a router', () => {
  const jump = findRouter('jump');

  test('are the same each time', () => {
    const counters = routerCounters({ definition: jump, parameter: null });
    expect(routerCounters({ definition: jump, parameter: null })).toEqual(counters);
    expect(counters['hashes a key, 16 shards']).toBe(1);
    // H(16), and the sum of p (1 - p) over p = 1/1 to 1/16 as the variance of a key.
    const harmonic = Array.from({ length: 16 }, (_, i) => 1 / (i + 1));
    const mean = harmonic.reduce((sum, p) => sum + p, 0);
    const variance = harmonic.reduce((sum, p) => sum + p * (1 - p), 0);
    const passed = Number(counters['shards a key passes, 1 to 16 shards']);
    expect(Math.abs(passed - mean)).toBeLessThan(4 * Math.sqrt(variance / 500));
    // 20,000 keys, of which 1 - 4/5, 1 - 8/9 and 1/2 move, within four standard deviations.
    const moved = (from: number, to: number) =>
      Number(counters[`moved of 20000 keys, ${from} to ${to} shards`]);
    expect(Math.abs(moved(4, 5) - 4000)).toBeLessThan(4 * Math.sqrt(20_000 * 0.2 * 0.8));
    expect(Math.abs(moved(8, 9) - 20_000 / 9)).toBeLessThan(4 * Math.sqrt((20_000 / 9) * (8 / 9)));
    expect(Math.abs(moved(16, 32) - 10_000)).toBeLessThan(4 * Math.sqrt(20_000 / 4));
  });

  test.each([
    [0, 16],
    [19_999, 16],
    [3, 5],
  ])('change with one key: %i at %i shards', (index, shards) => {
    const same = routerCounters({ definition: changed(jump, -1, 0), parameter: null });
    const other = routerCounters({ definition: changed(jump, index, shards), parameter: null });
    expect(other).not.toEqual(same);
  });

  test('of texts, numbers and bulk agree where they are of the same keys', () => {
    const pairs = [
      ['text', 'text as strings'],
      ['int8', 'int8 as BigInt'],
      ['int8', 'int8 in bulk'],
    ] as const;
    const unlike = routers.flatMap((definition) => {
      const counters = routerCounters({ definition, parameter: null });
      const answers = (of: string) => counters[`answers to ${of}, 16 shards`];
      return pairs
        .filter(([of, way]) => answers(of) !== answers(way))
        .map(([, way]) => `${definition.name}: ${way}`);
    });
    expect(unlike).toEqual([]);
  });
});

test('every key hash has a digest of its own', () => {
  const digests = Object.values(hashCounters());
  expect(new Set(digests).size).toBe(8);
});

test('keys are what their type says, no two the same, and texts are not all ASCII', () => {
  for (const type of keyTypes) {
    const { texts, packed } = countedKeys(type, 2000, 42);
    expect(new Set(texts).size).toBe(2000);
    expect(packed.count).toBe(2000);
  }
  const { texts } = countedKeys('text', 2000, 42);
  expect(texts.filter((text) => /[^\p{ASCII}]/u.test(text)).length).toBeGreaterThan(50);
  expect(texts.filter((text) => /^tenant-\d{8}$/.test(text)).length).toBe(1800);
  const negative = countedKeys('int8', 2000, 42).texts.filter((text) => text.startsWith('-'));
  expect(negative.length).toBeGreaterThan(800);
});
