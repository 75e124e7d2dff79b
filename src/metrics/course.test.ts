import { describe, expect, test } from 'vitest';
import { rngFrom } from '../base/rng.ts';
import { CourseRecorder } from './course-recorder.ts';
import { Course, courseShape } from './course.ts';
import { driftsOf } from './drifting.ts';

const second = 1e9;

describe('the parts of a window', () => {
  test('60 of equal length, however long it is', () => {
    expect(courseShape(15 * second, null)).toEqual({ partNs: 0.25e9, parts: 60, cycleParts: 1 });
    expect(courseShape(600 * second, null)).toEqual({ partNs: 10e9, parts: 60, cycleParts: 1 });
  });

  test('never cut a cycle in two places', () => {
    expect(courseShape(15 * second, 3e9)).toEqual({ partNs: 0.25e9, parts: 60, cycleParts: 12 });
    // The eighth of a second behind the last cycle belongs to none.
    expect(courseShape(16 * second, 3e9)).toEqual({ partNs: 0.25e9, parts: 60, cycleParts: 12 });
    expect(courseShape(600 * second, 3e9)).toEqual({ partNs: 9e9, parts: 66, cycleParts: 1 });
    expect(courseShape(2 * second, 3e9)).toMatchObject({ parts: 60, cycleParts: 1 });
  });
});

/** One operation every `everyMs`, answered after `responseMs` at that share of the window. */
function course(responseMs: (at: number) => number, everyMs = 2): CourseRecorder {
  const recorder = new CourseRecorder(courseShape(12 * second, null));
  const rng = rngFrom(3, 'course');
  for (let atMs = 0; atMs < 12_000; atMs += everyMs) {
    const noisy = responseMs(atMs / 12_000) * (0.8 + 0.4 * rng.double());
    recorder.succeeded(atMs * 1e6, (atMs + noisy) * 1e6);
  }
  return recorder;
}

/** Of two shards, as one generator has seen them. */
const read = (recorder: CourseRecorder): Course => new Course(recorder.samples(), 2, 1);

test('medians by part, to about one per cent', () => {
  const medians = read(course((at) => 1 + at)).responseMsP50();
  expect(medians).toHaveLength(60);
  for (const [part, p50] of medians.entries()) {
    expect((p50 ?? 0) / (1 + (part + 0.5) / 60)).toBeCloseTo(1, 1);
  }
  const rare = read(course(() => 1, 20));
  expect(rare.responseMsP50()).toEqual(Array.from({ length: 60 }, () => null));
  expect(rare.responseMsP50(2)).not.toContain(null);
});

test('the queue is that of all shards together', () => {
  const recorder = new CourseRecorder(courseShape(60 * second, null));
  for (const [shard, queued] of [3, 5].entries()) recorder.looked(shard * 1e6, queued);
  expect(read(recorder).queued().slice(0, 2)).toEqual([8, 0]);
});

describe('drifts of a course', () => {
  const none = { responseMs: null, queued: null, acceptedFraction: null };

  test('none of what stays, or changes by less than matters', () => {
    expect(driftsOf(read(course(() => 2)))).toEqual(none);
    expect(driftsOf(read(course((at) => (at < 0.5 ? 2 : 2.3))))).toEqual(none);
  });

  test('two hogs from the middle of the window', () => {
    const { responseMs } = driftsOf(read(course((at) => (at < 0.5 ? 2 : 3))));
    expect(responseMs?.first).toBeCloseTo(2, 1);
    expect(responseMs?.last).toBeCloseTo(3, 1);
  });

  test('a queue that grows, and a share that is no longer accepted', () => {
    const recorder = course(() => 2);
    for (let atMs = 0; atMs < 12_000; atMs += 5) recorder.looked(atMs * 1e6, atMs / 40);
    for (let atMs = 6000; atMs < 12_000; atMs += 4) recorder.failed(atMs * 1e6);
    const { queued, acceptedFraction } = driftsOf(read(recorder));
    // Two shards, of which each look is at one.
    expect(queued?.first).toBeGreaterThan(60);
    expect(queued?.last).toBeGreaterThan(450);
    expect(acceptedFraction?.first).toBeCloseTo(1, 2);
    expect(acceptedFraction?.last).toBeCloseTo(2 / 3, 1);
  });
});
