import { describe, expect, test } from 'vitest';
import { littlesLaw } from './littles-law.ts';

describe("Little's law", () => {
  test('800/s at a mean of 5 ms is a concurrency of 4', () => {
    const law = littlesLaw([3.9, 4.1, 4.0, 4.0], 800, 5);
    expect(law.computed).toBeCloseTo(4, 12);
    expect(law.sampled).toBeCloseTo(4, 12);
    expect(law.ratio).toBeCloseTo(1, 12);
    expect(law.contradicted).toBe(false);
  });

  test('off by more than 10 %, steadily: contradicted', () => {
    expect(littlesLaw([4.5, 4.6, 4.5, 4.6], 800, 5).contradicted).toBe(true);
    expect(littlesLaw([3.5, 3.4, 3.5, 3.4], 800, 5).contradicted).toBe(true);
    expect(littlesLaw([4.5], 800, 5).contradicted).toBe(true);
  });

  test('off by less than 10 %, or by no more than the scatter explains: not', () => {
    expect(littlesLaw([4.3, 4.3, 4.3], 800, 5).contradicted).toBe(false);
    expect(littlesLaw([1, 9, 2, 8], 800, 5).contradicted).toBe(false);
  });

  test('what was not measured contradicts nothing', () => {
    expect(littlesLaw([], 800, 5)).toMatchObject({ sampled: null, ratio: null });
    expect(littlesLaw([4], 800, null)).toMatchObject({ computed: null, contradicted: false });
    expect(littlesLaw([0], 0, 5)).toMatchObject({ ratio: null, contradicted: false });
  });
});
