import { expect, test } from 'vitest';
import { capacityInput } from '../scenario/capacity-input.ts';
import { databaseCapacity } from './database-capacity.ts';
import { given } from './growth-fixture.ts';

const now = { qps: 800, shards: 4, pressure: 0.4 };
const of = (input: object, stated: Parameters<typeof databaseCapacity>[1] = null, at = now) =>
  databaseCapacity(capacityInput.parse(input), stated, at);

test('a shard is 60 % of the instance, whichever of the two is known', () => {
  expect(of({ instance: '1000/s' })).toMatchObject({ shardQps: 600, instanceQps: 1000 });
  expect(of({ shard: '600/s' })).toMatchObject({ shardQps: 600, instanceQps: 1000 });
  expect(of({ shard: '600/s' }).basis).toBe(
    'given by the scenario (capacity.shard); a shard does 60% of the instance (capacity.share)',
  );
});

test('where both are known nothing is assumed', () => {
  const both = of({ shard: '500/s', instance: '1000/s' });
  expect(both).toStrictEqual({
    shardQps: 500,
    instanceQps: 1000,
    source: 'given',
    basis: 'given by the scenario (capacity.shard, capacity.instance)',
  });
});

test('what was stated comes before the scenario', () => {
  const stated = of({ shard: '500/s' }, given(900));
  expect(stated).toMatchObject({ shardQps: 900, instanceQps: 1500 });
  expect(stated.basis).toMatch(/^given by --capacity; a shard does 60%/);
});

test('where nothing is known the fullest present shard runs at half of its capacity', () => {
  // It does 0.4 x 800 operations a second.
  expect(of({})).toMatchObject({ shardQps: 640, source: 'assumed' });
  expect(of({ headroom: 4 }).shardQps).toBe(1280);
  expect(of({}).basis).toMatch(/^assumed, because nothing was measured: the fullest of 4 present/);
  const alone = of({}, null, { qps: 800, shards: 1, pressure: 1 });
  expect(alone).toMatchObject({ instanceQps: 1600, shardQps: 960 });
});
