import { describe, expect, test } from 'vitest';
import { packKeys } from '../base/keys.ts';
import { chiSquareP } from '../testing/chi-square.ts';
import { logGamma } from '../base/statistics/gamma.ts';
import { kolmogorovSmirnovTest } from '../testing/kolmogorov-smirnov.ts';
import { mean, sampleSd } from '../base/statistics/moments.ts';
import { buildRouter, type RouterSpec } from './build-router.ts';
import type { KnownKeys, Router, RouterDefinition, RouterTopology } from './contract.ts';
import { keyHash } from '../base/hash/key-hashes.ts';
import { routers } from './registry.ts';
import { ringPoints } from './algorithms/ring-points.ts';
import { sharesOf } from './algorithms/ring-shares.ts';

const topology = (...weights: number[]): RouterTopology => ({
  shardCount: weights.length,
  weights,
});
const equal = (shards: number): RouterTopology =>
  topology(...Array.from({ length: shards }, () => 1));

const keyCount = 20_000;
const keys: KnownKeys = {
  ...packKeys(
    'int8',
    Array.from({ length: keyCount }, (_, i) => String(i)),
  ),
  rows: new Float64Array(keyCount).fill(1),
  weights: new Float64Array(keyCount).fill(1 / keyCount),
};

const specOf = ({ name }: RouterDefinition, changes: Partial<RouterSpec> = {}): RouterSpec => ({
  router: name,
  parameter: null,
  hash: null,
  salt: '',
  ...changes,
});

function routersAlong(spec: RouterSpec, path: readonly RouterTopology[]): Router[] {
  const built: Router[] = [];
  for (const each of path) built.push(buildRouter(spec, each, 'int8', keys, built.at(-1)));
  return built;
}

/** Calls `visit` with both shards of each key. */
function compare(
  before: Router | undefined,
  after: Router | undefined,
  visit: (from: number, to: number) => void,
): void {
  if (before === undefined || after === undefined) throw new Error('a router for each topology');
  for (let i = 0; i < keyCount; i += 1) {
    const start = keys.offsets[i] ?? 0;
    visit(before.route(keys.bytes, start, start + 8), after.route(keys.bytes, start, start + 8));
  }
}

function movedFraction(before: Router | undefined, after: Router | undefined): number {
  let moved = 0;
  compare(before, after, (from, to) => {
    if (from !== to) moved += 1;
  });
  return moved / keyCount;
}

/** Spread of routers whose formula gives none: a fifth of what moves is far more than was seen. */
const unknownSd = 0.2 / 4;

const paths: readonly [string, RouterTopology[], number][] = [
  ['4 -> 5', [equal(4), equal(5)], 0],
  ['8 -> 9', [equal(8), equal(9)], 0],
  ['16 -> 32', [equal(16), equal(32)], 0],
  ['5 -> 4', [equal(5), equal(4)], 0],
  ['5 -> 8 on the way from 4', [equal(4), equal(5), equal(8)], 1],
  ['4 -> 8 by way of 5', [equal(4), equal(5), equal(8)], 0],
  ['4 -> 16 by way of 5 and 8', [equal(4), equal(5), equal(8), equal(16)], 0],
];
const anyShard: readonly [string, RouterTopology[], number][] = [
  ['shard 1 of 4 goes', [equal(4), topology(1, 0, 1, 1)], 0],
  ['shard 1 of 4 is replaced', [equal(4), topology(1, 0, 1, 1, 1)], 0],
  ['it goes after another was added', [equal(4), equal(5), topology(1, 0, 1, 1, 1)], 1],
];
const weights: readonly [string, RouterTopology[], number][] = [
  ['shard 0 becomes twice as large', [equal(4), topology(2, 1, 1, 1)], 0],
  ['and half as large again', [topology(2, 1, 1, 1), equal(4)], 0],
  ['a larger shard is added', [equal(4), topology(1, 1, 1, 1, 2)], 0],
];

/** The changes that the router can make and that it has a closed form for. */
function answered(router: RouterDefinition) {
  const { removesAny, weighted } = router.traits;
  return [...paths, ...(removesAny ? anyShard : []), ...(weighted ? weights : [])].flatMap(
    ([name, path, from]) => {
      const expected = router.expectedMovement?.(path, from, null) ?? null;
      return expected === null ? [] : [{ name, path, from, expected }];
    },
  );
}

describe.each(routers.filter((router) => router.expectedMovement !== undefined))(
  'what theory says of $name',
  (router) => {
    test.each(answered(router))('$name', ({ path, from, expected }) => {
      const { meanFraction: m, sdFraction, of } = expected;
      const along = routersAlong(specOf(router), path);
      const moved = movedFraction(along[from], along.at(-1));
      const sampling = of === 'rows' ? 1 / keyCount : Math.sqrt((m * (1 - m)) / keyCount);
      const sd = Math.hypot(sampling, sdFraction ?? unknownSd * m);
      expect(Math.abs(moved - m)).toBeLessThanOrEqual(4 * sd + 1e-12);
    });
  },
);

test('theory has an answer for every growth, of the routers that have one at all', () => {
  const silent = routers.filter((router) =>
    paths.some(([, path, from]) => router.expectedMovement?.(path, from, null) === null),
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test.each(routers.filter(({ traits, settings }) => traits.monotone && settings === undefined))(
  'on growth nothing moves between two old shards: $name',
  (router) => {
    const along = routersAlong(specOf(router), [equal(4), equal(5), equal(8)]);
    const strays = [0, 0];
    compare(along[0], along[1], (from, to) => {
      if (from !== to && to < 4) strays[0] = (strays[0] ?? 0) + 1;
    });
    compare(along[1], along[2], (from, to) => {
      if (from !== to && to < 5) strays[1] = (strays[1] ?? 0) + 1;
    });
    expect(strays).toEqual([0, 0]);
  },
);

/** Distribution function of Beta(a, b), by Simpson's rule over its density. */
function betaCdf(a: number, b: number): (x: number) => number {
  const scale = logGamma(a + b) - logGamma(a) - logGamma(b);
  const density = (x: number): number =>
    x <= 0 || x >= 1 ? 0 : Math.exp(scale + (a - 1) * Math.log(x) + (b - 1) * Math.log(1 - x));
  const steps = 2000;
  return (x) => {
    let sum = density(0) + density(x);
    for (let i = 1; i < steps; i += 1) sum += (i % 2 === 1 ? 4 : 2) * density((x * i) / steps);
    return (sum * x) / steps / 3;
  };
}

describe.each([
  [4, 5, 150],
  [4, 8, 10],
  [5, 8, 100],
])('a ring that grows from %i to %i shards of %i points, over 200 salts', (n, m, vnodes) => {
  const hash = keyHash('xxh64');
  const points = Array.from({ length: m }, () => vnodes);
  // A monotone router moves to the new shards what they have then.
  const moved = Float64Array.from({ length: 200 }, (_, salt) => {
    const shares = sharesOf(ringPoints(hash, `salt-${salt}/`, points), m, 64);
    return shares.subarray(n).reduce((sum, share) => sum + share, 0);
  });
  const ring = routers.find(({ name }) => name === 'ring');
  const expected = ring?.expectedMovement?.([equal(n), equal(m)], 0, vnodes);
  const sd = expected?.sdFraction ?? Number.NaN;

  test('has the mean and the spread of the formula', () => {
    expect(expected?.meanFraction).toBeCloseTo((m - n) / m, 12);
    expect(Math.abs(mean(moved) - (m - n) / m)).toBeLessThan((4 * sd) / Math.sqrt(200));
    const p = chiSquareP(199 * (sampleSd(moved) / sd) ** 2, 199);
    expect(p).toBeGreaterThan(1e-4);
    expect(p).toBeLessThan(1 - 1e-4);
  });

  test('is Beta(kV, nV)', () => {
    const { p } = kolmogorovSmirnovTest(moved, betaCdf((m - n) * vnodes, n * vnodes));
    expect(p).toBeGreaterThan(1e-3);
  });
});

test.each([
  // New shards take floor or ceil of S / M slots each; nothing else moves.
  [1024, 4, 5, 204],
  [1024, 4, 8, 512],
  [16_384, 4, 5, 3276],
  [12, 5, 7, 2],
])('slots are quantised: of %i, %i -> %i moves %i', (slots, n, m, movedSlots) => {
  const router = routers.find(({ name }) => name === 'slots');
  const path = [equal(n), equal(m)];
  const expected = router?.expectedMovement?.(path, 0, slots);
  expect(expected?.meanFraction).toBe(movedSlots / slots);
  const fair = slots / m;
  expect(movedSlots).toBeGreaterThanOrEqual((m - n) * Math.floor(fair));
  expect(movedSlots).toBeLessThanOrEqual((m - n) * Math.ceil(fair));
});

test('ranges: one in n is cut in half, and the next step cuts what is heaviest then', () => {
  const range = routers.find(({ name }) => name === 'range');
  const of = (path: RouterTopology[], from: number): number | undefined =>
    range?.expectedMovement?.(path, from, null)?.meanFraction;
  expect(of([equal(4), equal(5)], 0)).toBeCloseTo(1 / 8, 12);
  expect(of([equal(4), equal(8)], 0)).toBeCloseTo(1 / 2, 12);
  // After 4 -> 5 three whole quarters are left to halve.
  expect(of([equal(4), equal(5), equal(8)], 1)).toBeCloseTo(3 / 8, 12);
});
