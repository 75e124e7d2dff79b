import fc from 'fast-check';
import { expect, test } from 'vitest';
import { operation, recent, statement, summary } from '../workload/orders-fixture.ts';
import {
  demandOf,
  effectiveShards,
  evenKeyedWork,
  meanWeight,
  mixOf,
  pressures,
  writeFraction,
} from './demand.ts';

const weighted = (weight: number, base: typeof recent) => ({ ...base, weight });
/** 90 % by tenant, 10 % to all shards. */
const scattering = [weighted(90, recent), weighted(10, summary)];
const even = (shards: number) => new Float64Array(shards).fill(1 / shards);
const all = (shards: number) => new Float64Array(shards).fill(1);
const equal = (shards: number) => Array.from({ length: shards }, () => 1);

test('10 % of scatter-gather at equal cost: 16 shards buy 6.4 times as much', () => {
  const mix = mixOf(scattering, [], 'tenant_id');
  const demand = demandOf(mix, [even(16), all(16)], even(16), equal(16));
  expect(demand.keyed[0]).toBeCloseTo(0.9 / 16, 12);
  expect(demand.scattered[0]).toBeCloseTo(0.1, 12);
  expect(effectiveShards(demand).shards).toBeCloseTo(6.4, 12);
});

test('a scan costs each shard less, the fewer rows it holds: 16 buy 16 times as much', () => {
  const costs = [{ name: 'summary', cost: 1, scan: true }];
  const mix = mixOf(scattering, costs, 'tenant_id');
  const demand = demandOf(mix, [even(16), all(16)], even(16), equal(16));
  expect(effectiveShards(demand).shards).toBeCloseTo(16, 12);
});

test('costs are relative: the mean operation of the mix has 1', () => {
  const mix = mixOf(scattering, [{ name: 'summary', cost: 11, scan: false }], 'tenant_id');
  expect(mix.map(({ cost }) => cost)).toStrictEqual([0.5, 5.5]);
  expect(mix.map(({ routing }) => routing)).toStrictEqual(['single-shard', 'scatter-gather']);
  // 0.9 x 0.5 / 4 + 0.1 x 5.5
  const demand = demandOf(mix, [even(4), all(4)], even(4), equal(4));
  expect(1 / effectiveShards(demand).shards).toBeCloseTo(0.6625, 12);
});

test('one hot shard decides: 40 % of the load on one of four does the work of 2.5', () => {
  const mix = mixOf([recent], [], 'tenant_id');
  const demand = demandOf(mix, [Float64Array.of(0.2, 0.4, 0.2, 0.2)], even(4), equal(4));
  expect(effectiveShards(demand)).toStrictEqual({ shards: 2.5, hottest: 1 });
});

test('a shard of twice the capacity may have twice the work; one of none takes no part', () => {
  const mix = mixOf([recent, summary], [], 'tenant_id');
  const touched = [Float64Array.of(0.25, 0.25, 0.5, 0), all(4)];
  const demand = demandOf(mix, touched, even(4), [1, 1, 2, 0]);
  expect(demand.capacities).toStrictEqual([0.75, 0.75, 1.5, 0]);
  expect(demand.keyed[2]).toBe(0.25);
  expect(demand.scattered[3]).toBe(0);
  expect(pressures(demand)[3]).toBe(0);
  // (0.125 + 0.5) / 0.75: what all shards do alike weighs more on a small one.
  expect(1 / effectiveShards(demand).shards).toBeCloseTo(0.625 / 0.75, 12);
});

test('a shard takes as much after others came as it did before', () => {
  const mix = mixOf([recent], [], 'tenant_id');
  const before = [5, 1, 1, 1];
  const after = [...before, 1, 1, 1, 1];
  const unit = meanWeight(before);
  const spread = Float64Array.from(after, (weight) => weight / 12);
  const demand = demandOf(mix, [spread], spread, after, unit);
  expect(demand.capacities.slice(0, 2)).toStrictEqual([2.5, 0.5]);
  // Filled as they are large: as much as 12 / 8 of the four.
  expect(effectiveShards(demand).shards).toBeCloseTo(4 * 1.5, 12);
  expect(evenKeyedWork(demand, 0)).toBeCloseTo(5 / 12, 12);
});

test('without a shard key everything is on one database, and writes are told from reads', () => {
  const write = operation('touch', 'write', statement(['tenant_id']));
  const mix = mixOf([weighted(3, recent), weighted(1, write)], [], null);
  expect(mix.every(({ routing }) => routing === 'single-shard')).toBe(true);
  expect(writeFraction(mix)).toBe(0.25);
});

test('N equal shards never do the work of more than N, nor of less than one', () => {
  const share = fc.double({ min: 0.01, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 40 }), share, (loads, scatter) => {
      const total = loads.reduce((sum, load) => sum + load, 0);
      const n = loads.length;
      const touched = [Float64Array.from(loads, (load) => load / total), all(n)];
      const mix = mixOf([weighted(1, recent), weighted(scatter, summary)], [], 'tenant_id');
      const { shards } = effectiveShards(demandOf(mix, touched, even(n), equal(n)));
      expect(shards).toBeLessThanOrEqual(n * (1 + 1e-9));
      expect(shards).toBeGreaterThanOrEqual(1 - 1e-9);
    }),
  );
});
