import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growthInput } from '../scenario/growth-input.ts';
import { drawFutures, type Futures } from './futures.ts';
import { type Filling, monthsToFull } from './months-to-full.ts';

const horizon = 120;
const one = (load: number, bytes = 0, tenants = 0, retention = 0): Futures => ({
  load: Float64Array.of(Math.log1p(load)),
  bytes: Float64Array.of(Math.log1p(bytes)),
  tenants: Float64Array.of(Math.log1p(tenants)),
  retention: Float64Array.of(-Math.log1p(-retention)),
  capacity: Float64Array.of(0),
});
const filling = (changes: Partial<Filling> = {}): Filling => ({
  most: changes.limit ?? 500,
  shard: 0,
  by: 'load',
  own: 0.25,
  added: 0.25,
  fresh: [0.25],
  everywhere: 0,
  now: 1000,
  limit: 500,
  ...changes,
});

test('by hand: from half full at 5 % a month, full after ln 2 / ln 1.05 months', () => {
  const { first, firstToFill } = monthsToFull([filling()], one(0.05), horizon);
  expect(first.p50).toBeCloseTo(Math.log(2) / Math.log(1.05), 2);
  expect(firstToFill).toStrictEqual({ shard: 0, by: 'load', fraction: 1 });
});

test('what is full is full now; what does not grow is never full', () => {
  expect(monthsToFull([filling({ limit: 250 })], one(0.05), horizon).first.p10).toBe(0);
  const still = monthsToFull([filling()], one(0), horizon);
  expect(still.first).toStrictEqual({ p10: null, p50: null, p90: null });
  expect(still.firstToFill).toBeNull();
});

test('load and bytes by themselves, the first to bind counts', () => {
  const stored = filling({
    shard: 3,
    by: 'bytes',
    own: 0.5,
    added: 0.5,
    fresh: [0.5],
    now: 100,
    limit: 100,
  });
  const { load, bytes, first, firstToFill } = monthsToFull(
    [filling(), stored],
    one(0.05, 0.2),
    horizon,
  );
  expect(load.p50).toBeCloseTo(14.21, 1);
  expect(bytes.p50).toBeCloseTo(Math.log(2) / Math.log(1.2), 2);
  expect(first).toStrictEqual(bytes);
  expect(firstToFill).toMatchObject({ shard: 3, by: 'bytes' });
});

test('new tenants spread evenly, so that a hot shard fills later than it would', () => {
  const hot = filling({ own: 0.4, fresh: [0.25], limit: 800 });
  const same = monthsToFull([hot], one(0.05), horizon).first.p50 ?? 0;
  const diluted = monthsToFull([hot], one(0.05, 0, 0.05), horizon).first.p50 ?? 0;
  expect(same).toBeCloseTo(Math.log(2) / Math.log(1.05), 2);
  // 1000 (0.4 + 0.25 (1.05^t - 1)) = 800 when tenants grow as fast as the load.
  expect(diluted).toBeCloseTo(Math.log(2.6) / Math.log(1.05), 2);
});

test('a level that falls before it rises is full where it first passes the limit', () => {
  // Load grows by 1 % and tenants by 20 %: the hot shard is relieved for a while.
  const hot = filling({ own: 0.5, fresh: [0.1], limit: 510 });
  const months = monthsToFull([hot], one(0.01, 0, 0.2), 2000).first.p50 ?? 0;
  const level = (t: number) => 1000 * 1.01 ** t * (0.4 * 1.2 ** -t + 0.1);
  expect(level(months)).toBeCloseTo(510, 1);
  expect(level(months / 2)).toBeLessThan(510);
  // Load falls by 1 % while new tenants come to a cold shard: it rises, and then falls for good.
  const cold = filling({ own: 0.1, fresh: [0.5], limit: 405 });
  const rising = (t: number) => 1000 * 0.99 ** t * (0.5 - 0.4 * 1.2 ** -t);
  const passed = monthsToFull([cold], one(-0.01, 0, 0.2), 2000).first.p50 ?? 0;
  expect(rising(2000)).toBeLessThan(1);
  expect(rising(passed)).toBeCloseTo(405, 1);
});

test('many futures: the quantiles are those of the closed form', () => {
  const growth = growthInput.parse({ load: '6% +- 1%', bytes: '1%', tenants: '0%', draws: 40_000 });
  const { first } = monthsToFull([filling()], drawFutures(growth, 42), horizon);
  // Months fall as growth rises: p10 of the months is at p90 of the growth (z = 1.2816).
  const at = (z: number) => Math.log(2) / Math.log1p(0.06 + 0.01 * z);
  expect(first.p10).toBeCloseTo(at(1.2816), 1);
  expect(first.p50).toBeCloseTo(at(0), 1);
  expect(first.p90 ?? 0).toBeGreaterThan(at(-1.2816) * 0.98);
  expect(first.p90 ?? 0).toBeLessThan(at(-1.2816) * 1.02);
});

test('a capacity that is known within bounds lies anywhere between them', () => {
  const growth = growthInput.parse({ load: '5%', bytes: '0%', tenants: '0%', draws: 20_000 });
  const { first } = monthsToFull([filling({ most: 700 })], drawFutures(growth, 42), horizon);
  const at = (limit: number) => Math.log(limit / 250) / Math.log(1.05);
  expect(Math.abs((first.p10 ?? 0) - at(520))).toBeLessThan(0.1);
  expect(Math.abs((first.p50 ?? 0) - at(600))).toBeLessThan(0.1);
  expect(Math.abs((first.p90 ?? 0) - at(680))).toBeLessThan(0.1);
});

test('the seed decides the futures, and each quantity has draws of its own', () => {
  const growth = growthInput.parse({});
  expect(drawFutures(growth, 1)).toStrictEqual(drawFutures(growth, 1));
  expect(drawFutures(growth, 1).load[0]).not.toBe(drawFutures(growth, 2).load[0]);
  expect(drawFutures(growth, 1).load[0]).not.toBe(drawFutures(growth, 1).bytes[0]);
  const same = growthInput.parse({ load: '5%', draws: 100 });
  expect(new Set(drawFutures(same, 1).load)).toStrictEqual(new Set([Math.log1p(0.05)]));
});

test('leaving out shards that another one leads changes nothing', () => {
  const part = fc.double({ min: 0.01, max: 1, noNaN: true });
  const by = fc.constantFrom('load', 'bytes');
  const shard = fc.record({
    own: part,
    added: part,
    fresh: fc.array(part, { minLength: 2, maxLength: 2 }),
    everywhere: part,
    by,
  });
  const rate = fc.double({ min: 0, max: 0.2, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(shard, { minLength: 1, maxLength: 12 }),
      rate,
      rate,
      rate,
      (shards, growth, tenants, retention) => {
        const fillings = shards.map((each, i) => filling({ ...each, shard: i, limit: 3000 }));
        const futures = one(growth, growth, tenants, retention);
        const together = monthsToFull(fillings, futures, horizon).first.p50;
        const each = fillings.map((single) => monthsToFull([single], futures, horizon).first.p50);
        expect(together ?? Infinity).toBeCloseTo(
          Math.min(...each.map((months) => months ?? Infinity)),
          2,
        );
      },
    ),
  );
});

describe('bytes grow where rows are inserted', () => {
  const stored = (changes: Partial<Filling>): Filling => filling({ by: 'bytes', ...changes });

  test('all inserts to one of four shards: 900 GB at 5 % a month last 8.9 months of 1 TB', () => {
    const last = stored({ own: 0.25, added: 1, fresh: [1], now: 900, limit: 0.7 * 1024 });
    const { bytes } = monthsToFull([last], one(0, 0.05), horizon);
    // 225 + 900 (1.05^t - 1) = 716.8.
    expect(bytes.p50).toBeCloseTo(Math.log(1 + (716.8 - 225) / 900) / Math.log(1.05), 2);
    expect(bytes.p50).toBeCloseTo(8.9, 1);
  });

  test('what retention deletes leaves the other shards, and more is inserted for it', () => {
    // The stored bytes stay as they are: each month 10 % is deleted and as much inserted, here.
    const full = stored({ own: 0.25, added: 1, fresh: [1], now: 1000, limit: 500 });
    const { bytes } = monthsToFull([full], one(0, 0, 0, 0.1), horizon);
    // 1000 - 750 x 0.9^t = 500.
    expect(bytes.p50).toBeCloseTo(Math.log(500 / 750) / Math.log(0.9), 2);
    const spared = stored({ own: 0.5, added: 0, fresh: [0], now: 1000, limit: 501 });
    expect(monthsToFull([spared], one(0, 0.05, 0, 0.1), horizon).bytes.p50).toBeNull();
  });

  test('the level is that of the differential equation, whatever the rates', () => {
    const share = fc.double({ min: 0.05, max: 1, noNaN: true });
    const monthly = fc.double({ min: 0, max: 0.15, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({ own: share, added: share, late: share }),
        fc.record({ growth: fc.double({ min: -0.05, max: 0.15, noNaN: true }), monthly }),
        monthly,
        ({ own, added, late }, { growth, monthly: tenants }, retention) => {
          const [g, d] = [Math.log1p(growth), Math.log1p(tenants)];
          const loss = Math.max(-Math.log1p(-retention), -g);
          // Euler's midpoint method, by a hundredth of a month.
          const slope = (held: number, t: number): number => {
            const early = Math.exp(-d * t);
            const inserts = added * early + late * (1 - early);
            return (g + loss) * Math.exp(g * t) * inserts - loss * held;
          };
          const levels = [own];
          for (let step = 0; step < 3000; step += 1) {
            const [held, t] = [levels[step] ?? 0, step / 100];
            levels.push(held + slope(held + slope(held, t) / 200, t + 0.005) / 100);
          }
          const most = Math.max(...levels);
          fc.pre(most > 1.01 * own);
          const limit = own + 0.9 * (most - own);
          const first = levels.findIndex((level) => level >= limit) / 100;
          const grown = stored({ own, added, fresh: [late], now: 1, limit });
          const { p50 } = monthsToFull([grown], one(0, growth, tenants, retention), 60).bytes;
          expect(Math.abs((p50 ?? Infinity) - first)).toBeLessThan(0.05);
        },
      ),
    );
  });
});
