import { describe, expect, it } from 'vitest';
import type { RunningSecond, RunningShard } from '../../result/running-second.ts';
import { hostileTexts } from '../../testing/hostile-result.ts';
import { roundEnd } from './chart-frame.ts';
import { lineMarks } from './line-marks.ts';
import { liveChart } from './live-chart.ts';
import { LiveCourse } from './live-course.ts';
import { LiveDrawings } from './live-drawings.ts';
import type { LiveEvent } from './live-events.ts';
import { livePage } from './live-page.ts';
import { liveLegend, runningParts, settledParts } from './live-parts.ts';
import { liveQuantities } from './live-quantities.ts';
import { LiveState } from './live-state.ts';
import { shardLines, shardsWithLines } from './shard-lines.ts';

const quiet: RunningShard = { writes: 0, reads: 0, errors: 0, dropped: 0, queued: 0, p99Ms: null };

function secondOf(second: number, shards: readonly Partial<RunningShard>[]): RunningSecond {
  return { second, all: quiet, shards: shards.map((own) => ({ ...quiet, ...own })) };
}

function courseOf(writes: readonly (readonly number[])[]): LiveCourse {
  const course = new LiveCourse();
  writes.forEach((own, second) =>
    course.add(
      secondOf(
        second,
        own.map((one) => ({ writes: one })),
      ),
    ),
  );
  return course;
}

describe('the course of a running phase', () => {
  it('has a point for each second, and totals', () => {
    const course = courseOf([
      [1, 10],
      [2, 20],
      [3, 30],
    ]);
    expect(course.points.map(({ second }) => second)).toEqual([0, 1, 2]);
    expect(course.totals.map(({ writes }) => writes)).toEqual([6, 60]);
  });

  it.each([119, 120, 121, 500, 3600, 100_000])('of %d seconds has few points', (seconds) => {
    const course = new LiveCourse();
    for (let second = 0; second < seconds; second++) {
      course.add(secondOf(second, [{ writes: second, queued: second % 7, p99Ms: second }]));
    }
    const { points, step } = course;
    expect(points.length).toBeLessThan(120);
    expect(points.length).toBe(Math.floor(seconds / step));
    expect(step === 1 || points.length >= 60).toBe(true);
    points.forEach(({ second, shards: [own] }, index) => {
      expect(second).toBe(index * step);
      expect(own?.writes).toBeCloseTo(second + (step - 1) / 2, 6);
      expect(own?.p99Ms).toBe(second + step - 1);
    });
  });

  it('takes the longest queue, and no p99 from where there is none', () => {
    const course = new LiveCourse();
    for (let second = 0; second < 120; second++) {
      course.add(
        secondOf(second, [{ queued: second === 1 ? 9 : 0, p99Ms: second < 4 ? null : 5 }]),
      );
    }
    const own = course.points.slice(0, 3).map(({ shards: [shard] }) => shard);
    expect(own.map((shard) => shard?.queued)).toEqual([9, 0, 0]);
    expect(own.map((shard) => shard?.p99Ms)).toEqual([null, null, 5]);
  });
});

describe('lines by shard', () => {
  it('are of the five with the most writes', () => {
    expect(shardsWithLines(courseOf([[5, 9, 1, 7, 3, 8, 2]]), [])).toEqual([0, 1, 3, 4, 5]);
    expect(shardsWithLines(courseOf([[5, 9]]), [])).toEqual([0, 1]);
  });

  it('do not take turns where shards are alike', () => {
    const course = courseOf([[100, 100, 100, 100, 100, 105]]);
    expect(shardsWithLines(course, [0, 1, 2, 3, 4])).toEqual([0, 1, 2, 3, 4]);
    course.add(secondOf(1, [{}, {}, {}, {}, {}, { writes: 10 }]));
    expect(shardsWithLines(course, [0, 1, 2, 3, 4])).toContain(5);
  });

  it('lie where their values are, and break where there is none', () => {
    const course = new LiveCourse();
    [1, 2, null, 4, null].forEach((p99Ms, second) => course.add(secondOf(second, [{ p99Ms }])));
    const lines = shardLines(course, [0], { of: ({ p99Ms }) => p99Ms });
    expect(lines.highest).toBe(4);
    const svg = lineMarks(lines, { lastSecond: 10, highest: 4 });
    // The plot is 300 by 130 px.
    expect(svg).toContain('d="M0.0,97.5L30.0,65.0M90.0,0.0"');
    expect(svg.match(/<circle cx="90.0" cy="0.0"/g)).toHaveLength(1);
  });

  it('have the range of the others beside them', () => {
    const course = courseOf([[9, 9, 9, 9, 9, 1, 3, 2]]);
    const shown = shardsWithLines(course, []);
    const { others } = shardLines(course, shown, { of: ({ writes }) => writes });
    expect(others).toEqual([{ second: 0, range: [1, 3] }]);
  });

  it.each([
    [0.7, 0.8],
    [1, 1],
    [5.1, 6],
    [101, 150],
    [9.5, 10],
  ])('end their axis for %d at %d', (value, end) => {
    expect(roundEnd(value)).toBeCloseTo(end, 9);
  });
});

it('says in words what the last second shows', () => {
  const course = new LiveCourse();
  const [writes, p99] = liveQuantities;
  if (writes === undefined || p99 === undefined) throw new Error('quantities');
  course.add(
    secondOf(4, [
      { writes: 120, p99Ms: 3 },
      { writes: 40, p99Ms: null },
    ]),
  );
  expect(liveChart(course, writes)).toMatchObject({
    title: '120/s on shard 0, 40.0/s on shard 1',
    description: 'In second 4: shard 0 120/s, shard 1 40.0/s.',
  });
  expect(liveChart(course, p99).title).toBe('3.00 ms on every shard');
  expect(liveChart(courseOf([[1]]), p99).title).toBe('too few queries to say');
});

describe('the page of a running cell', () => {
  const phase = {
    strategy: 'tenant_id/jump',
    title: 'measure',
    fromSecond: 0,
    windowSeconds: 60,
    shardCount: 2,
  };

  function stateAfter(events: readonly LiveEvent[]): LiveState {
    const state = new LiveState();
    for (const event of events) state.take(event, 0);
    return state;
  }

  it('says how far the run is', () => {
    const state = stateAfter([
      { kind: 'stage', text: 'a (2 of 3): measure', fraction: 0.5, leftMs: 60_000 },
      { kind: 'phase', phase },
      {
        kind: 'second',
        second: {
          ...secondOf(6, [{ errors: 2 }, { dropped: 1 }]),
          all: { ...quiet, writes: 300, reads: 112, p99Ms: 12.3, queued: 4 },
        },
      },
    ]);
    const { stage, facts = '' } = runningParts(state, 3, 15_000);
    expect(stage).toBe('<bdi>a (2 of 3): measure</bdi>');
    const said = facts.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
    expect(said).toContain('Done 62 % Left 45 s Cells done 0 of 3 Cell tenant_id/jump');
    expect(said).toContain('Second 7 of 60 Shard queries 412/s p99 12.3 ms Waiting 4');
    expect(said).toContain('Errors so far 2 Dropped so far 1');
  });

  it('forgets the seconds of a phase when the next one begins', () => {
    const second = secondOf(6, [{ writes: 7 }]);
    const begun: LiveEvent = { kind: 'phase', phase };
    const state = stateAfter([begun, { kind: 'second', second }, begun]);
    expect(state.course.points).toEqual([]);
    expect(state.course.last).toBeNull();
  });

  it('goes on with a window in parts after others had their turn', () => {
    const begun = (strategy: string, fromSecond: number): LiveEvent => ({
      kind: 'phase',
      phase: { ...phase, strategy, fromSecond },
    });
    const second = (at: number): LiveEvent => ({ kind: 'second', second: secondOf(at, [{}]) });
    const first = [begun('a', 0), second(0), second(1), begun('b', 0), second(0)];
    const state = stateAfter([...first, begun('a', 2), second(0), second(1)]);
    expect(state.course.points.map((point) => point.second)).toEqual([0, 1, 2, 3]);
    expect(state.course.last?.second).toBe(3);
    // Measured again it begins anew.
    state.take(begun('a', 0), 0);
    expect(state.course.points).toEqual([]);
  });

  it('keeps the newest warnings', () => {
    const warnings = Array.from({ length: 50 }, (_, index) => `warning ${index}.`);
    const state = stateAfter(warnings.map((text) => ({ kind: 'warning', text })));
    const { warnings: html = '' } = settledParts(state);
    expect(html.match(/<li>/g)).toHaveLength(20);
    expect(html).toContain('warning 49.');
  });

  it('draws charts with a mark for each shard', async () => {
    const drawings = await LiveDrawings.prepare();
    const state = new LiveState();
    expect(await drawings.html(state)).toBe('<p>No cell has begun.</p>');
    state.take({ kind: 'phase', phase }, 0);
    for (let second = 0; second < 9; second++) {
      const shards = [{ writes: 50 }, { writes: 60 }, { writes: 70 }];
      state.take({ kind: 'second', second: secondOf(second, shards) }, 0);
    }
    const html = await drawings.html(state);
    expect(html.match(/<svg /g)).toHaveLength(3);
    expect(html).toContain('aria-label="In second 8: shard 0 50.0/s, shard 1 60.0/s,');
    const [first = ''] = html.split('</svg>');
    expect(first.match(/stroke-dasharray="[^"]*"\/><circle/g)).toHaveLength(3);
    expect(first).toContain('>shard 2<');
    expect(first).toContain('>60<');
  });

  it('tells how to read what it cannot show one by one', () => {
    const state = new LiveState();
    state.take(
      {
        kind: 'second',
        second: secondOf(
          0,
          Array.from({ length: 9 }, () => ({})),
        ),
      },
      0,
    );
    expect(liveLegend(state, 5)).toContain('the area is the range of the other 4.');
  });

  it('lets no text of the user run or leave its place', () => {
    for (const text of hostileTexts) {
      const verdict = { strategy: text, word: 'VALID', tone: 'good', sentence: text } as const;
      const state = stateAfter([
        { kind: 'stage', text, fraction: 0, leftMs: 0 },
        { kind: 'warning', text },
        { kind: 'phase', phase: { ...phase, strategy: text } },
        { kind: 'verdicts', verdicts: [{ ...verdict, reasons: [text] }] },
      ]);
      const parts = { ...runningParts(state, 1, 0), ...settledParts(state) };
      const page = livePage({ name: text, description: text, cells: 1 }, 'nonce');
      for (const html of [...Object.values(parts), page.replaceAll(/<script.*<\/script>/gs, '')]) {
        expect(html).not.toMatch(/<(?:script|img|iframe|svg|a)\b|<[^>]*\son\w+=/i);
      }
    }
  });
});
