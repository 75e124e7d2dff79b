import { expect, test } from 'vitest';
import { capacityInput } from '../scenario/capacity-input.ts';
import { boundOf, databaseCapacity, type StatedCapacity } from './database-capacity.ts';
import { fact } from '../result/finding.ts';
import { given, seenIn, textOf } from './growth-fixture.ts';

const of = (input: object, stated: StatedCapacity | null = null) =>
  databaseCapacity(capacityInput.parse(input), stated);
const exactly = (rate: number) => ({ low: rate, high: rate });
const atLeast = (rate: number) => ({ low: rate, high: null });
const measured = (parts: Partial<StatedCapacity>): StatedCapacity => ({
  shard: null,
  instance: null,
  source: 'measured',
  basis: seenIn('r.json'),
  ...parts,
});

test('a shard is 60 % of the instance, whichever of the two is given', () => {
  const known = { shard: exactly(600), instance: exactly(1000), share: 0.6, isShareAssumed: true };
  expect(of({ instance: '1000/s' })).toMatchObject(known);
  expect(of({ shard: '600/s' })).toMatchObject(known);
  expect(textOf(of({ shard: '600/s' }).basis)).toBe(
    'given by the scenario (capacity.shard); a shard is assumed to have 60% of the capacity ' +
      'of the instance (capacity.share)',
  );
});

test('where both are given nothing is assumed', () => {
  expect(of({ shard: '500/s', instance: '1000/s' })).toStrictEqual({
    shard: exactly(500),
    instance: exactly(1000),
    source: 'given',
    basis: fact('capacity-basis', {
      names: {
        given: ['capacity.shard', 'capacity.instance'],
        reasons: ['capacity-in-scenario'],
      },
    }),
    share: 0.5,
    isShareAssumed: false,
  });
});

test('what was stated comes before the scenario', () => {
  const stated = of({ shard: '500/s' }, given(900));
  expect(stated).toMatchObject({ shard: exactly(900), instance: exactly(1500) });
  expect(textOf(stated.basis)).toMatch(/^given with --capacity; a shard is assumed to have 60%/);
});

test('where nothing is known nothing is assumed', () => {
  expect(of({})).toMatchObject({ shard: null, instance: null, source: 'unknown' });
  expect(boundOf(of({}).shard)).toBe('unknown');
  expect(textOf(of({}).basis)).toMatch(/^the capacity was neither measured nor given/);
});

test('of one measured capacity a lower bound of the other follows, and no more', () => {
  const shard = of({}, measured({ shard: { low: 600, high: 700 } }));
  expect(shard).toMatchObject({ shard: { low: 600, high: 700 }, instance: atLeast(600) });
  expect(textOf(shard.basis)).toContain('the unsharded instance was not measured');
  const alone = of({}, measured({ instance: { low: 1000, high: 1200 } }));
  expect(alone).toMatchObject({ shard: atLeast(600), instance: { low: 1000, high: 1200 } });
  expect(textOf(alone.basis)).toContain(
    'no shard was measured: a shard is assumed to have at least 60%',
  );
});

test('a given rate says more than a lower bound, unless more than that was seen', () => {
  const seen = measured({ shard: atLeast(600) });
  expect(of({ shard: '900/s' }, seen).shard).toStrictEqual(exactly(900));
  expect(of({ shard: '500/s' }, seen).shard).toStrictEqual(atLeast(600));
  const between = measured({ shard: { low: 600, high: 700 } });
  expect(of({ shard: '900/s' }, between).shard).toStrictEqual({ low: 600, high: 700 });
});
