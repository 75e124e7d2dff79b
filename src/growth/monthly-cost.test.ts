import fc from 'fast-check';
import { expect, test } from 'vitest';
import { costInput } from '../scenario/cost-input.ts';
import { billRatio, costRatio, monthlyCost } from './monthly-cost.ts';

const cost = costInput.parse({});
const plain = costInput.parse({
  instance: 1000,
  shardPrice: '60%',
  overhead: '25%',
  replicas: 0,
  storage: 0.1,
  hours: 2,
  hourPrice: 50,
  engineering: { engineers: 4, month: 12_000, share: '25%', months: 6, spread: 24 },
});
const bytes = 100e9;
const of = (databases: number, fromOneInstance: boolean, model = cost) =>
  monthlyCost(model, { databases, bytes, fromOneInstance });

test('with the defaults 1 to 4 shards cost three times as much, and 4 to 8 twice', () => {
  expect(costRatio(of(4, true), of(1, true)).mid).toBeCloseTo(3, 12);
  expect(costRatio(of(8, false), of(4, false)).mid).toBeCloseTo(2, 12);
  expect(costRatio(of(8, true), of(4, true))).toMatchObject({ mid: 2, high: 2 });
});

test('the ratio is a range: a shard at 55 to 65 % with 20 to 30 % on top', () => {
  const { low, high } = costRatio(of(4, true), of(1, true));
  expect(low).toBeCloseTo(4 * 0.55 * 1.2, 12);
  expect(high).toBeCloseTo(4 * 0.65 * 1.3, 12);
});

test('every part of a bill, worked out by hand', () => {
  const part = (mid: number) => ({ low: mid, mid, high: mid });
  expect(of(1, true, plain)).toStrictEqual({
    compute: part(1000),
    replicas: part(0),
    overhead: part(0),
    infrastructure: part(1000),
    storage: part(10),
    people: part(100),
    crossShardEngineering: part(0),
    total: part(1110),
  });
  expect(of(4, true, plain)).toStrictEqual({
    compute: part(2400),
    replicas: part(0),
    overhead: part(600),
    infrastructure: part(3000),
    storage: part(10),
    people: part(400),
    // 4 x 12,000 x 25 % x 6 months over 24.
    crossShardEngineering: part(3000),
    total: part(6410),
  });
  expect(billRatio(of(4, true, plain), of(1, true, plain)).mid).toBeCloseTo(6410 / 1110, 12);
});

test('who has shards already does not pay for cross-shard queries again', () => {
  expect(of(8, false, plain).crossShardEngineering.mid).toBe(0);
});

test('replicas multiply machines and storage, and no ratio', () => {
  const two = { ...plain, replicas: 2 };
  expect(of(4, true, two).infrastructure.mid).toBeCloseTo(3 * 3000, 9);
  expect(of(4, true, two).storage.mid).toBeCloseTo(30, 9);
  expect(costRatio(of(4, true, two), of(1, true, two)).mid).toBeCloseTo(3, 12);
});

test('what costs nothing today has no ratio but 1', () => {
  const free = costInput.parse({
    instance: 0,
    hours: 0,
    storage: 0,
    engineering: { engineers: 0 },
  });
  expect(costRatio(of(4, true, free), of(1, true, free)).mid).toBe(1);
  expect(billRatio(of(4, true, free), of(1, true, free)).mid).toBe(1);
});

test('the parts add up, low is below high, and more shards never cost less', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 1000 }), fc.boolean(), (databases, fromOne) => {
      const bill = of(databases, fromOne);
      for (const end of ['low', 'mid', 'high'] as const) {
        const { compute, replicas, overhead, infrastructure, total } = bill;
        const machines = compute[end] + replicas[end] + overhead[end];
        expect(infrastructure[end]).toBeCloseTo(machines, 6);
        const rest = bill.storage[end] + bill.people[end] + bill.crossShardEngineering[end];
        expect(total[end]).toBeCloseTo(infrastructure[end] + rest, 6);
        expect(of(databases + 1, fromOne).total[end]).toBeGreaterThan(total[end]);
      }
      expect(bill.total.low).toBeLessThan(bill.total.mid);
      expect(bill.total.mid).toBeLessThan(bill.total.high);
    }),
  );
});
