import { expect, test } from 'vitest';
import { count, head, jump, partsOf, textsOf, touch, uniform } from './growth-fixture.ts';

test('a larger instance and replicas stand beside the shards, with months and bills', () => {
  const growth = 'growth: { load: 3%, bytes: 3% }\ncapacity: { instance: 1000/s }';
  const text = head(1, growth) + uniform + touch + count + jump;
  const { alternatives = [] } = partsOf(text, [2], 600).oneInstance;
  expect(alternatives.map(({ kind }) => kind)).toEqual(['larger-instance', 'read-replicas']);
  const [larger, replicas] = alternatives;
  // 70 % of 2,000/s, from 400/s on
  expect(larger?.monthsP50).toBeCloseTo(Math.log(1400 / 400) / Math.log(1.03), 8);
  expect(larger).toMatchObject({ count: 2, capacityRatio: 2 });
  // A tenth of the work are reads.
  const factor = 1 / (0.9 + 0.1 / (replicas?.count ?? 0));
  expect(replicas?.capacityRatio).toBeCloseTo(factor, 12);
  expect(replicas?.monthsP50).toBeCloseTo(Math.log((700 * factor) / 400) / Math.log(1.03), 8);
  expect(replicas?.billRatio).toBeGreaterThan(1);
  const [said] = textsOf(alternatives.map(({ what }) => what));
  expect(said).toMatch(/^An instance 2 times as large would do 2\.0× what the instance does, for/);
});

test('without a capacity there are bills and no months', () => {
  const text = head(1) + uniform + touch + jump;
  const { alternatives = [] } = partsOf(text, [2], 600).oneInstance;
  expect(alternatives.map(({ kind }) => kind)).toEqual(['larger-instance']);
});
