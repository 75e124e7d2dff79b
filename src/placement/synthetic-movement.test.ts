import { describe, expect, test } from 'vitest';
import type { RouterTopology } from '../router/contract.ts';
import type { RouterSpec } from '../router/build-router.ts';
import { findRouter } from '../router/registry.ts';
import { routersAlong } from './path-movement.ts';
import { sampledKeys, SyntheticCounter } from './synthetic-counter.ts';
import {
  type SyntheticMovement,
  syntheticPathMovement,
  syntheticProblems,
} from './synthetic-movement.ts';
import { topologiesAlong } from './topology-changes.ts';

const equal = (shards: number): RouterTopology => ({
  shardCount: shards,
  weights: Array.from({ length: shards }, () => 1),
});
const specOf = (router: string, hash: string | null = null): RouterSpec => ({
  router,
  parameter: null,
  hash,
  salt: '',
});
const request = (spec: RouterSpec, counts: readonly number[], keys: number): SyntheticMovement => {
  const [first = 1, ...rest] = counts;
  return { spec, path: topologiesAlong(equal(first), rest), keys };
};

function counted(movement: SyntheticMovement) {
  const counter = new SyntheticCounter(movement);
  counter.add(0, movement.keys);
  return syntheticPathMovement(movement, counter.counts);
}

// 1 - gcd(N, M) / max(N, M) over a multiple of lcm(N, M) integers.
test.each([
  [4, 5, 20_000, 0.8],
  [8, 9, 72_000, 8 / 9],
  [16, 32, 32_000, 0.5],
])('mod with the identity hash, %i -> %i over %i integers, is exact', (n, m, keys, fraction) => {
  const [step] = counted(request(specOf('mod', 'identity'), [n, m], keys)).steps;
  expect(step?.movement.keysMovedFraction).toBe(fraction);
  expect(step?.expected).toMatchObject({ meanFraction: fraction, sd: null });
});

test.each([
  ['mod', [4, 5], 0.8],
  ['mod', [8, 9], 8 / 9],
  ['mod', [16, 32], 0.5],
  ['jump', [4, 5], 0.2],
  ['jump', [5, 8], 0.375],
] as const)('hashed integers under %s, %j: %d within 4 sigma', (router, counts, fraction) => {
  const keys = 200_000;
  const [step] = counted(request(specOf(router), counts, keys)).steps;
  const sigma = Math.sqrt((fraction * (1 - fraction)) / keys);
  expect(step?.expected?.meanFraction).toBeCloseTo(fraction, 12);
  expect(step?.expected?.sd?.keys).toBeCloseTo(sigma, 12);
  expect(Math.abs((step?.movement.keysMovedFraction ?? 0) - fraction)).toBeLessThan(4 * sigma);
});

describe.each([
  specOf('mod'),
  specOf('jump', 'murmur3-128'),
  { ...specOf('jump'), salt: 'another/' },
  specOf('ring'),
  specOf('slots'),
  specOf('range'),
  specOf('rendezvous'),
])('$router $hash $salt', (spec) => {
  const keys = 5000;
  const movement = request(spec, [4, 5, 8], keys);

  test('counts what routing key by key gives, each step and from the start', () => {
    const known = sampledKeys(keys);
    const along = routersAlong(spec, movement.path, {
      known: {
        ...known,
        rows: Uint32Array.from(known.rows),
        weights: Float64Array.from(known.weights),
        values: [],
      },
    });
    const shardsOf = along.map((router) =>
      Array.from({ length: keys }, (_, i) => router.route(known.bytes, 8 * i, 8 * i + 8)),
    );
    const fraction = (from: number, to: number): number =>
      (shardsOf[from] ?? []).filter((shard, i) => shard !== shardsOf[to]?.[i]).length / keys;
    const { steps, fromStart } = counted(movement);
    const ours = [...steps, ...fromStart].map((span) => span.movement.keysMovedFraction);
    expect(ours).toEqual([fraction(0, 1), fraction(1, 2), fraction(0, 1), fraction(0, 2)]);
  });

  test('parts add up to the whole, in any order', () => {
    const whole = new SyntheticCounter(movement);
    whole.add(0, keys);
    const parts = new SyntheticCounter(movement);
    parts.add(3001, keys);
    parts.add(0, 1);
    parts.add(1, 3001);
    expect(parts.counts).toEqual(whole.counts);
    for (const counts of whole.counts) expect(counts.reduce((a, b) => a + b, 0)).toBe(keys);
  });
});

test('ranges are cut at the quantiles of the key space, within a 65,536th of it', () => {
  const keys = 1_000_000;
  const [step] = counted(request(specOf('range'), [4, 5], keys)).steps;
  expect(Math.abs((step?.movement.keysMovedFraction ?? 0) - 1 / 8)).toBeLessThan(1 / 65_536);
  const known = sampledKeys(keys);
  expect(known.count).toBe(65_536);
  expect(known.rows.length).toBe(known.count);
  expect(Array.from(known.rows).reduce((sum, rows) => sum + rows, 0)).toBe(keys);
});

describe('what cannot be counted', () => {
  test('too many keys', () => {
    expect(syntheticProblems(request(specOf('jump'), [4, 5], 1e12))).toEqual([
      '1000000000000 keys are not possible; a key space has from 1 to 100000000 keys ' +
        '(with more keys the fractions do not change in the first four digits)',
    ]);
    expect(syntheticProblems(request(specOf('jump'), [4, 5], 0))).toHaveLength(1);
    expect(syntheticProblems(request(specOf('jump'), [4, 5], 1.5))).toHaveLength(1);
    expect(syntheticProblems(request(specOf('jump'), [4, 5], 100_000_000))).toEqual([]);
  });

  test('a directory, pinned tenants, and a router that there is not', () => {
    expect(syntheticProblems(request(specOf('directory'), [4, 5], 1000))).toEqual([
      'directory places each known key by itself, so it cannot place the keys of a key space of ' +
        "integers: its growth can be counted only over the scenario's tenants",
    ]);
    const pinned = { ...specOf('jump'), pin: [{ key: '1', shard: 0 }] } as unknown as RouterSpec;
    expect(syntheticProblems(request(pinned, [4, 5], 1000))[0]).toMatch(/^pinned and split keys/);
    expect(syntheticProblems(request(specOf('jmp'), [4, 5], 1000))[0]).toMatch(/unknown router/);
  });

  test('a router of the user, which no thread can be sent', () => {
    const definition = findRouter('jump');
    const own = { ...specOf('./mine.ts'), definition };
    expect(syntheticProblems(request(own, [4, 5], 1000))).toEqual([
      './mine.ts is a router of your own, and it cannot be sent to the threads that count: its ' +
        "growth can be counted only over the scenario's tenants",
    ]);
  });

  test('everything at once: keys, and a table of pairs that would fill the memory', () => {
    const problems = syntheticProblems(request(specOf('jump'), [4000, 8000], 1e12));
    expect(problems).toHaveLength(2);
    expect(problems[1]).toMatch(/^4000 -> 8000 shards have 32000000 pairs/);
  });
});
