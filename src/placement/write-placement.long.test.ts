import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseTenantFile } from '../workload/tenant-file.ts';
import { packKeys } from '../base/keys.ts';
import type { RouterSpec } from '../router/build-router.ts';
import type { KnownKeys } from '../router/contract.ts';
import type { KeyWrites } from '../workload/key-usage.ts';
import { largestShare, writePlacement } from './write-placement.ts';

const spec = (router: string, hash: string | null = 'xxh64'): RouterSpec => ({
  router,
  parameter: null,
  hash,
  salt: '',
});
const topology = (shardCount: number) => ({ shardCount, weights: Array(shardCount).fill(1) });

const path = new URL('../../scenarios/data/debian-tenants.csv', import.meta.url);
const columns = { idColumn: 'tenant', weightColumn: 'packages', bytesColumn: 'installed_kb' };
const debian = parseTenantFile(readFileSync(path, 'utf8'), path.pathname, columns, 'text');
const keys = packKeys('text', debian.ids);
const counts = Float64Array.from(debian.weights, (weight) => weight * 60_000);
const writes = (everywhere = 0): KeyWrites => ({ keys, counts, everywhere, exact: true });
const known: KnownKeys = { ...keys, rows: counts, weights: debian.weights };

// The figures of the design's formulas for these tenants, over 1,000 hash salts, p5/p50/p95.
const published: [number, readonly [number, number, number]][] = [
  [4, [1.1, 1.28, 1.58]],
  [16, [1.66, 2.14, 2.95]],
];

test.each(published)('the band of the Debian tenants on %i shards', (shards, expected) => {
  for (const router of ['mod', 'jump', 'ring', 'slots']) {
    const { band } = writePlacement(spec(router), topology(shards), known, writes());
    expect(band?.salts).toBe(1000);
    for (const [i, name] of (['p5', 'p50', 'p95'] as const).entries()) {
      expect(Math.abs((band?.[name] ?? 0) / (expected[i] ?? 1) - 1), router).toBeLessThan(0.05);
    }
  }
});

test('the floor is the largest tenant, where it has more than its shard’s due', () => {
  const top = largestShare(counts) ?? 0;
  expect(top).toBeCloseTo(0.0626, 4);
  expect(writePlacement(spec('mod'), topology(4), known, writes()).tenantFloor).toBe(1);
  const { tenantFloor } = writePlacement(spec('mod'), topology(32), known, writes());
  expect(tenantFloor).toBeCloseTo(32 * top, 6);
});

test('a router without a hash, and one whose hash takes no salt, have no band', () => {
  expect(writePlacement(spec('directory', null), topology(4), known, writes()).band).toBeNull();
  expect(writePlacement(spec('range', null), topology(4), known, writes()).band).toBeNull();
});

test('a directory reaches the floor that no router can beat', () => {
  const { tenantFloor } = writePlacement(spec('directory', null), topology(16), known, writes());
  expect(tenantFloor).toBeCloseTo(16 * (largestShare(counts) ?? 0), 2);
});

test('writes that go everywhere pull every figure towards 1', () => {
  const without = writePlacement(spec('jump'), topology(16), known, writes());
  const diluted = writePlacement(spec('jump'), topology(16), known, writes(60_000 / 16));
  for (const name of ['idealMaxOverMean', 'tenantFloor'] as const) {
    const expected = ((without[name] ?? 0) + 1) / 2;
    expect(diluted[name]).toBeCloseTo(expected, 6);
  }
  expect(diluted.band?.p50).toBeCloseTo(((without.band?.p50 ?? 0) + 1) / 2, 6);
});

test('without writes there is nothing to judge', () => {
  const none = { ...writes(), counts: new Float64Array(counts.length) };
  expect(writePlacement(spec('jump'), topology(4), known, none)).toEqual({
    idealMaxOverMean: null,
    tenantFloor: null,
    band: null,
  });
});
