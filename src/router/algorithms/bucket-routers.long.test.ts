import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyHashName, keyHashNames } from '../../base/hash/key-hash.ts';
import { chiSquareTest } from '../../testing/chi-square.ts';
import { anchor } from './anchor.ts';
import type { Router } from '../contract.ts';
import { dx } from './dx.ts';
import {
  buildFor,
  countsOf,
  knownKeys,
  shardsOf,
  tenantTexts,
  topologyOf,
} from '../fixtures.suite.ts';
import { memento } from './memento.ts';

const keys = knownKeys('text', tenantTexts(400));
const many = knownKeys('text', tenantTexts(20_000));
/** FNV-1a counts sequential tenants, it does not mix them: only its range is wide. */
const goodHashes = keyHashNames.filter(
  (name): name is KeyHashName => name !== 'identity' && !name.startsWith('fnv1a'),
);

/** Probability of counts at least so uneven if the shards' shares are these. */
const evenness = (router: Router, shares: readonly number[]): number =>
  chiSquareTest(countsOf(router, many), shares).p;

/** A history of topologies: each the shards that work, at least one of them. */
const histories = fc.array(
  fc
    .array(fc.boolean(), { minLength: 1, maxLength: 12 })
    .map((works) => works.map(Number))
    .filter((weights) => weights.includes(1)),
  { minLength: 2, maxLength: 12 },
);

describe.each([anchor, dx, memento])('$name', (definition) => {
  it('moves keys off shards that go and onto shards that come, and no others', () => {
    const property = fc.property(histories, (history) => {
      let previous: Router | undefined;
      let before: readonly number[] = [];
      let were: readonly number[] = [];
      for (const weights of history) {
        const choice = previous === undefined ? { weights } : { weights, previous };
        const router = buildFor(definition, weights.length, keys, choice);
        const after = shardsOf(router, keys);
        const stay = weights.some((weight, shard) => weight === 1 && were[shard] === 1);
        const strays = after.filter((shard, key) => {
          const old = before[key];
          if (weights[shard] !== 1) return true;
          if (old === undefined || !stay) return false;
          return shard !== old && weights[old] === 1 && were[shard] === 1;
        });
        expect(strays).toEqual([]);
        previous = router;
        before = after;
        were = weights;
      }
    });
    fc.assert(property, { seed: 41, numRuns: 150 });
  });

  it('leaves the router alone that another grew from', () => {
    const previous = buildFor(definition, 5, keys, { weights: [1, 1, 0, 1, 1] });
    const before = shardsOf(previous, keys);
    buildFor(definition, 9, keys, { previous });
    buildFor(definition, 5, keys, { previous, weights: [0, 1, 0, 0, 1] });
    expect(shardsOf(previous, keys)).toEqual(before);
  });

  it('grown shard by shard is the one built at once', () => {
    let previous = buildFor(definition, 1, keys);
    for (let shards = 2; shards <= 130; shards += 1) {
      previous = buildFor(definition, shards, keys, { previous });
    }
    expect(shardsOf(previous, keys)).toEqual(shardsOf(buildFor(definition, 130, keys), keys));
  });

  it('puts a shard that comes back where it was', () => {
    const whole = buildFor(definition, 7, keys);
    const without = buildFor(definition, 7, keys, {
      previous: whole,
      weights: [1, 1, 1, 0, 1, 1, 1],
    });
    const again = buildFor(definition, 7, keys, { previous: without });
    expect(shardsOf(again, keys)).toEqual(shardsOf(whole, keys));
  });

  it.each(goodHashes)('is even with %s, also after shards have gone', (hash) => {
    const previous = buildFor(definition, 10, many, { hash });
    expect(evenness(previous, topologyOf(10).weights)).toBeGreaterThan(1e-4);
    const weights = [0, 1, 1, 0, 1, 0, 1, 1, 0, 1];
    const router = buildFor(definition, 10, many, { hash, previous, weights });
    expect(evenness(router, weights)).toBeGreaterThan(1e-4);
    const grown = buildFor(definition, 13, many, { hash, previous: router });
    expect(evenness(grown, topologyOf(13).weights)).toBeGreaterThan(1e-4);
  });

  it('warns of unequal weights, not of removed shards', () => {
    const removed = buildFor(definition, 4, keys, { weights: [2, 0, 2, 2] });
    expect(removed.warnings).toEqual([]);
    const unequal = buildFor(definition, 4, keys, { weights: [2, 0, 1, 2] });
    expect(unequal.warnings?.join()).toContain('ignores shard weights');
  });
});
