import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rngFrom } from '../../base/rng.ts';
import { nextStep, precision } from './capacity-search.ts';
import { edgeOf, intervalOf } from './edge.ts';
import { searchLength } from './search-length.ts';
import { type SearchBounds, type SearchStep, triedRates } from './search-step.ts';

const bounds: SearchBounds = {
  startPerSecond: 800,
  lowestPerSecond: 10,
  highestPerSecond: 1e6,
  stepsMax: 40,
};

type Window = (ratePerSecond: number, index: number) => Omit<SearchStep, 'ratePerSecond'>;

function search(window: Window, within: Partial<SearchBounds> = {}) {
  const steps: SearchStep[] = [];
  for (;;) {
    const next = nextStep(steps, { ...bounds, ...within });
    if (next.kind === 'end') {
      const rates = triedRates(steps);
      return { end: next.end, steps, ...edgeOf(rates), interval: intervalOf(rates) };
    }
    const { ratePerSecond } = next;
    steps.push({ ratePerSecond, ...window(ratePerSecond, steps.length) });
  }
}

const upTo =
  (capacity: number): Window =>
  (rate) => ({ outcome: rate <= capacity ? 'held' : 'broken', isClear: true });

describe('without noise', () => {
  test('the answer is the largest rate that holds, within the precision', () => {
    fc.assert(
      fc.property(fc.double({ min: 11, max: 9e5, noNaN: true }), (capacity) => {
        const { end, held, broken, interval, steps } = search(upTo(capacity));
        expect(end).toBe('found');
        expect(held?.ratePerSecond).toBeLessThanOrEqual(capacity);
        expect(broken?.ratePerSecond).toBeGreaterThan(capacity);
        expect((broken?.ratePerSecond ?? 0) / (held?.ratePerSecond ?? 1)).toBeLessThanOrEqual(
          precision,
        );
        expect(interval).toEqual({ low: held?.ratePerSecond, high: broken?.ratePerSecond });
        expect(steps.length).toBeLessThanOrEqual(20);
      }),
    );
  });

  test('takes as many windows as it says where the capacity is near the start', () => {
    for (const capacity of [900, 1300, 1900]) {
      expect(search(upTo(capacity)).steps.length).toBeLessThanOrEqual(searchLength(bounds).usual);
    }
  });

  test('the answer is confirmed: three windows of it, two of the rate above', () => {
    const { held, broken } = search(upTo(1000));
    expect([held?.steps.length, broken?.steps.length]).toEqual([3, 2]);
  });

  test('the least rate that does not hold, the largest that does, and no windows left', () => {
    const none = search(upTo(5));
    expect([none.end, none.held, none.interval]).toEqual(['not-met', null, { low: 0, high: 10 }]);
    expect(none.broken?.steps.length).toBe(2);
    const all = search(upTo(1e7));
    expect([all.end, all.broken, all.held?.ratePerSecond]).toEqual(['at-least', null, 1e6]);
    expect(all.interval).toEqual({ low: 1e6, high: null });
    const short = search(upTo(1000), { stepsMax: 4 });
    expect([short.end, short.steps.length]).toEqual(['unfinished', 4]);
  });

  test('a late generator bounds the search as a broken window does', () => {
    const { end, held, broken } = search((rate) => ({
      outcome: rate < 3000 ? 'held' : 'generator',
      isClear: rate < 3000,
    }));
    expect(end).toBe('found');
    expect(held?.ratePerSecond).toBeGreaterThan(2700);
    expect(broken?.steps.every(({ outcome }) => outcome === 'generator')).toBe(true);
  });
});

describe('with windows that contradict each other', () => {
  test.each([0, 1, 2, 3, 4, 5, 6])('one hiccup in window %i does not lead it astray', (hiccup) => {
    const { end, held } = search((rate, index) => ({
      outcome: rate <= 1000 && index !== hiccup ? 'held' : 'broken',
      isClear: true,
    }));
    expect(end).toBe('found');
    expect(held?.ratePerSecond).toBeGreaterThan(930);
    expect(held?.ratePerSecond).toBeLessThanOrEqual(1000);
  });

  test('the interval holds every rate whose windows disagree', () => {
    const steps = (
      [
        [100, 'held'],
        [200, 'held'],
        [200, 'broken'],
        [300, 'held'],
        [400, 'broken'],
      ] as const
    ).map(([ratePerSecond, outcome]) => ({ ratePerSecond, outcome, isClear: true }));
    expect(intervalOf(triedRates(steps))).toEqual({ low: 100, high: 400 });
  });

  test('a tie is decided by more windows, not by its order', () => {
    const { steps } = search((rate, index) => ({
      outcome: rate <= 820 ? (index % 2 === 0 ? 'held' : 'broken') : 'broken',
      isClear: false,
    }));
    expect(steps.length).toBeLessThanOrEqual(bounds.stepsMax);
  });

  /** P(held) falls from 1 to 0 over about 10 % of the rate. */
  const noisy = (seed: number): Window => {
    const rng = rngFrom(seed, 'windows');
    return (rate) => {
      const share = 1 / (1 + Math.exp((rate - 1000) / 20));
      return {
        outcome: rng.double() < share ? 'held' : 'broken',
        isClear: Math.abs(rate - 1000) > 100,
      };
    };
  };

  test('ten searches agree within 15 %, over and over', () => {
    for (let set = 0; set < 20; set += 1) {
      const found = Array.from({ length: 10 }, (_, i) => search(noisy(100 * set + i)))
        .map(({ held }) => held?.ratePerSecond ?? 0)
        .toSorted((a, b) => a - b);
      const spread = (found[9] ?? 0) - (found[0] ?? 0);
      expect(spread / (found[5] ?? 1)).toBeLessThanOrEqual(0.15);
    }
  });
});
