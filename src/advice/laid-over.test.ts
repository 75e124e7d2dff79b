import fc from 'fast-check';
import { expect, test } from 'vitest';
import { laidOver } from './laid-over.ts';

const sum = (amounts: Float64Array): number => amounts.reduce((all, each) => all + each, 0);

const weightsOf = fc
  .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 })
  .map((weights) => {
    const total = weights.reduce((all, each) => all + each, 0);
    return Float64Array.from(weights, (weight) => weight / total)
      .toSorted()
      .toReversed();
  });
const above = fc.option(fc.double({ min: 0.01, max: 0.6, noNaN: true }));

test('what is laid over is placed whole, a split value on two shards', () => {
  fc.assert(
    fc.property(
      weightsOf,
      fc.integer({ min: 2, max: 8 }),
      above,
      above,
      fc.boolean(),
      (weights, shards, pinAbove, splitAbove, exclusive) => {
        const overlay = { pinAbove, splitAbove, exclusive, over: 2, keys: 0 };
        const laid = laidOver(weights, shards, overlay);
        const loads = new Float64Array(shards);
        laid.place(loads);
        expect(sum(loads)).toBeCloseTo(laid.load, 12);
        expect(laid.load).toBeCloseTo(sum(weights.subarray(0, laid.count)), 12);
        expect(laid.reserved).toBeLessThan(shards);
        // One value, split: two shards have half of it each.
        const isCut = laid.count === 1 && splitAbove !== null && (weights[0] ?? 0) >= splitAbove;
        expect(isCut ? Math.max(...loads) : laid.load / 2).toBeCloseTo(laid.load / 2, 12);
      },
    ),
  );
});

test('a value alone shares its shard with nothing; a listed one goes where there is room', () => {
  const weights = Float64Array.of(0.4, 0.1);
  const overlay = { pinAbove: 0.4, splitAbove: null, exclusive: true, over: 0, keys: 1 };
  const loads = Float64Array.of(0.3, 0.3, 0);
  const alone = laidOver(weights, 3, overlay);
  expect(alone).toMatchObject({ count: 1, load: 0.4, reserved: 1 });
  alone.place(loads);
  expect([...loads]).toEqual([0.3, 0.3, 0.4]);
  const room = Float64Array.of(0.3, 0.1, 0.2);
  laidOver(weights, 3, { ...overlay, exclusive: false }).place(room);
  expect([...room]).toEqual([0.3, 0.5, 0.2]);
});
