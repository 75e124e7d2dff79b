import { expect, test } from 'vitest';
import { rngFrom } from '../../base/rng.ts';
import { KeyTally } from './key-tally.ts';
import { squaresError } from './square-sketch.ts';

const all = { times: true, sessions: true };

/** Values from 0 to below `distinct`, low ones often, with their true counts. */
function filled(
  tally: KeyTally,
  {
    seed = 1,
    counted,
    distinct,
    power,
  }: { seed?: number; counted: number; distinct: number; power: number },
): Map<string, number> {
  const rng = rngFrom(seed, 'key-tally');
  const truth = new Map<string, number>();
  for (let i = 0; i < counted; i += 1) {
    const value = `v${Math.floor(distinct * rng.double() ** power)}`;
    tally.add(value, Math.floor((60 * i) / counted));
    truth.set(value, (truth.get(value) ?? 0) + 1);
  }
  return truth;
}

const pairsOf = (truth: ReadonlyMap<string, number>): number =>
  [...truth.values()].reduce((sum, count) => sum + count * (count - 1), 0);

test('with a counter for each value everything is exact', () => {
  const tally = new KeyTally(1000);
  const truth = filled(tally, { counted: 20_000, distinct: 800, power: 3 });
  const load = tally.load('tenant', all);
  expect(load.counted).toBe(20_000);
  expect(load.distinct).toBe(truth.size);
  expect(load.pairs).toBe(pairsOf(truth));
  for (const { value, count, error, overTime } of load.top) {
    expect([count, error]).toEqual([truth.get(value), 0]);
    expect(overTime.reduce((sum, part) => sum + part, 0)).toBe(count);
  }
  const counts = [...truth.values()].toSorted((a, b) => a - b);
  expect(load.countsPerValue[0]).toBe(counts[0]);
  expect(load.countsPerValue[100]).toBe(counts.at(-1));
  expect(load.distinctOverTime).toHaveLength(60);
  expect(load.distinctOverTime[59]).toBe(truth.size);
});

test('beyond its counters the sum of squares has no bias, and the error that it says', () => {
  const errors: number[] = [];
  const distinctErrors: number[] = [];
  for (let seed = 1; seed <= 6; seed += 1) {
    const tally = new KeyTally(500);
    const truth = new Map<string, number>();
    const renamed = rngFrom(seed, 'names');
    const names = Array.from({ length: 9000 }, () => `${renamed.uint32()}-${seed}`);
    const rng = rngFrom(seed, 'key-tally');
    for (let i = 0; i < 20_000; i += 1) {
      const value = names[Math.floor(names.length * rng.double() ** 2)] ?? '';
      tally.add(value, 0);
      truth.set(value, (truth.get(value) ?? 0) + 1);
    }
    const load = tally.load('tenant', all);
    errors.push(((load.pairs ?? 0) - pairsOf(truth)) / (pairsOf(truth) + 20_000));
    distinctErrors.push(load.distinct / truth.size - 1);
  }
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  expect(Math.abs(mean)).toBeLessThan((4 * squaresError) / Math.sqrt(errors.length));
  for (const error of errors) expect(Math.abs(error)).toBeLessThan(4 * squaresError);
  for (const error of distinctErrors) expect(Math.abs(error)).toBeLessThan(4 / Math.sqrt(4094));
});

test('beyond its counters quantiles are those of a sample, and the largest is known', () => {
  const tally = new KeyTally(1000);
  const truth = filled(tally, { counted: 60_000, distinct: 12_000, power: 2 });
  const load = tally.load('tenant', all);
  const counts = [...truth.values()].toSorted((a, b) => a - b);
  for (const percent of [10, 50, 90]) {
    const got = load.countsPerValue[percent] ?? 0;
    // Ranks of a sample of 4,096 values: 4 standard errors are 3 percent of all values.
    const low = counts[Math.floor((percent / 100 - 0.032) * counts.length)] ?? 0;
    const high = counts[Math.ceil((percent / 100 + 0.032) * counts.length)] ?? 0;
    expect(got).toBeGreaterThanOrEqual(low);
    expect(got).toBeLessThanOrEqual(high);
  }
  const [first] = load.top;
  expect(first?.value).toBe('v0');
  expect(load.countsPerValue[100]).toBeGreaterThanOrEqual(truth.get('v0') ?? 0);
  expect(load.top).toHaveLength(1000);
  const half = load.distinctOverTime[29] ?? 0;
  expect(half).toBeGreaterThan(0.5 * truth.size);
  expect(half).toBeLessThan(load.distinctOverTime[59] ?? 0);
});

test('values that all occur once have no pairs but for the error', () => {
  const tally = new KeyTally(1000);
  for (let i = 0; i < 50_000; i += 1) tally.add(`once-${i}`, -1);
  const load = tally.load('id', { times: false, sessions: false });
  expect(load.pairs).toBeLessThan(4 * squaresError * 50_000);
  expect(Math.abs(load.distinct / 50_000 - 1)).toBeLessThan(4 / Math.sqrt(4094));
  expect(load.distinctOverTime).toEqual([]);
  expect(load.transactions).toBeNull();
});
