import { describe, expect, test } from 'vitest';
import { createHistogram } from '../base/histogram.ts';
import { rngFrom } from '../base/rng.ts';
import type { CellSamples } from './cell-samples.ts';
import { CourseRecorder } from './course-recorder.ts';
import { courseShape } from './course.ts';
import { noisy, repeatsDisagree } from './repeats-disagree.ts';

type Repeat = Pick<CellSamples, 'course' | 'overall'>;

/** Five seconds; each response takes what `ms` says at that share of it, more or less by half. */
function repeat(seed: number, ms: (at: number) => number, perSecond = 400): Repeat {
  const recorder = new CourseRecorder(courseShape(5e9, null));
  const ok = createHistogram();
  const rng = rngFrom(seed, 'repeats');
  const count = 5 * perSecond;
  for (let i = 0; i < count; i += 1) {
    const atNs = (i / count) * 5e9;
    const responseNs = ms(i / count) * 1e6 * (0.5 + rng.double());
    recorder.succeeded(atNs, atNs + responseNs);
    ok.record(Math.round(responseNs));
  }
  return { course: recorder.samples(), overall: { ok: ok.counts(), failures: 0 } };
}

const level = (seed: number, ms: number): Repeat => repeat(seed, () => ms);

describe('repeats of one cell', () => {
  test('agree where only chance tells them apart', () => {
    expect(repeatsDisagree([1, 2, 3].map((seed) => level(seed, 2)))).toBeNull();
  });

  test('agree where they differ by a quarter, however certain that is', () => {
    expect(repeatsDisagree([level(1, 2), level(2, 2.5), level(3, 2.2)])).toBeNull();
  });

  test('disagree where one is more than twice as slow as another, and it is said which', () => {
    const found = repeatsDisagree([level(1, 2.1), level(2, 5), level(3, 2), level(4, 2.2)]);
    expect(found).toMatchObject({ repeats: 4, least: 2, most: 1 });
    expect((found?.mostMs ?? 0) / (found?.leastMs ?? 1)).toBeCloseTo(2.5, 0);
    expect(noisy(found)).toMatchObject([
      { code: 'repeats-disagree', severity: 'error', numbers: { least: 2, most: 1 } },
    ]);
  });

  test('that swing within themselves as far as they differ do not disagree', () => {
    // Each is fast for some blocks and slow for others; how many of which is chance.
    const swinging = (seed: number, slow: number): Repeat =>
      repeat(seed, (at) => ((Math.floor(10 * at) * 7) % 10 < slow ? 6 : 2));
    const samples = [swinging(1, 4), swinging(2, 6), swinging(3, 5)];
    const { leastMs, mostMs } = { leastMs: 2, mostMs: 6 };
    expect(mostMs / leastMs).toBeGreaterThan(2);
    expect(repeatsDisagree(samples)).toBeNull();
  });

  test('too few of them, or too few samples, tell nothing', () => {
    expect(repeatsDisagree([level(1, 2), level(2, 8)])).toBeNull();
    const rare = [2, 8, 2].map((ms, seed) => repeat(seed, () => ms, 10));
    expect(repeatsDisagree(rare)).toBeNull();
    expect(noisy(null)).toEqual([]);
  });

  test('with few samples larger blocks are compared', () => {
    const samples = [2, 8, 2].map((ms, seed) => repeat(seed, () => ms, 30));
    expect(repeatsDisagree(samples)).toMatchObject({ most: 1 });
  });
});
