import { describe, expect, test } from 'vitest';
import { repeatOf } from '../../testing/sample-repeats.ts';
import type { ComparedCell } from './compared-pairs.ts';
import { latencyRanks } from './latency-ranks.ts';
import { runDifferences } from './run-differences.ts';

/** Small deviations that differ from repeat to repeat, the same for all cells. */
const weather = [1, 1.04, 0.98, 1.1, 1.01, 0.97, 1.05, 1.02, 0.99, 1.03];
/** Of a cell's own: about 1 %. */
const own = [1.01, 0.99, 1, 1.015, 0.995, 1.005, 0.985, 1.01, 1, 0.99];

interface CellPlan extends Partial<ComparedCell> {
  /** Times the other cells' service times: one factor, or one by operation. */
  readonly times?: number | Readonly<Record<string, number>>;
  readonly count?: number;
  readonly number?: number;
  readonly named?: readonly string[];
  readonly censored?: string;
  /** By how much its deviations are shifted, so that no two cells have the same. */
  readonly shift?: number;
}

function cellOf(strategy: string, plan: CellPlan = {}): ComparedCell {
  const { times = 1, count = 600, number = 10, named = ['order', 'look'], censored } = plan;
  const { shift = 0, ...rest } = plan;
  const factor = (operation: string) =>
    typeof times === 'number' ? times : (times[operation] ?? 1);
  return {
    strategy,
    shardCount: 4,
    router: 'jump',
    verdict: { status: 'VALID', reasons: [] },
    ...rest,
    operations: [],
    repeats: Array.from({ length: number }, (_, repeat) =>
      repeatOf({
        repeat,
        turn: 2 * repeat,
        operations: named.map((operation) => ({
          operation,
          serviceMsP50:
            2 * factor(operation) * (weather[repeat] ?? 1) * (own[(repeat + shift) % 10] ?? 1),
          count,
          censored: operation === censored,
        })),
      }),
    ),
  };
}

const verdictsOf = (cells: readonly ComparedCell[]) =>
  (runDifferences(cells)?.differences ?? [])
    .filter(({ primary }) => primary)
    .map(({ strategy, against, tags, verdict }) => [against, strategy, tags['operation'], verdict]);

describe('the differences of a run', () => {
  test('the same twice: nothing is claimed', () => {
    expect(verdictsOf([cellOf('a'), cellOf('b', { shift: 3 })])).toEqual([
      ['a', 'b', 'order', 'none'],
      ['a', 'b', 'look', 'none'],
    ]);
  });

  test('a fifth more in one operation is claimed of it alone', () => {
    const cells = [cellOf('a'), cellOf('b', { shift: 3, times: { order: 1.2 } })];
    const result = runDifferences(cells);
    expect(verdictsOf(cells)).toEqual([
      ['a', 'b', 'order', 'worse'],
      ['a', 'b', 'look', 'none'],
    ]);
    expect(result?.family).toEqual({
      metric: 'service_ms.p50',
      size: 2,
      errorRate: 0.01,
      correction: 'holm',
      claimsFrom: 5,
    });
    const [order] = result?.differences ?? [];
    expect(order).toMatchObject({ metric: 'service_ms.p50', samples: { a: 10, b: 10 } });
    expect(order?.ratio).toBeCloseTo(1.2, 2);
    expect((order?.b ?? 0) / (order?.a ?? 1)).toBeCloseTo(order?.ratio ?? 0, 10);
    expect(order?.interval?.low).toBeGreaterThan(1.1);
    expect(order?.interval?.high).toBeLessThan(1.3);
    expect(order).not.toHaveProperty('note');
  });

  test('b is seen from a, which stands before it', () => {
    const cells = [cellOf('slow', { times: 1.3 }), cellOf('fast', { shift: 2 })];
    expect(verdictsOf(cells).map(([against, , , verdict]) => [against, verdict])).toEqual([
      ['slow', 'better'],
      ['slow', 'better'],
    ]);
  });

  test('what does not belong to the family is never claimed, however large', () => {
    const cells = [cellOf('a', { count: 1500 }), cellOf('b', { shift: 3, times: 3, count: 1500 })];
    const explored = runDifferences(cells)?.differences.filter(({ primary }) => !primary) ?? [];
    expect(explored.map(({ metric, tags, verdict }) => [metric, tags, verdict])).toEqual([
      ['response_ms.p50', {}, 'none'],
      ['response_ms.p99', {}, 'none'],
      ['service_ms.p99', { operation: 'order' }, 'none'],
      ['service_ms.p99', { operation: 'look' }, 'none'],
    ]);
    expect(explored[0]?.interval?.low).toBeGreaterThan(2.5);
  });

  test('a p99 is compared only where each repeat has 1,000 samples of it', () => {
    const metrics = (count: number) =>
      runDifferences([cellOf('a', { count }), cellOf('b', { count })])
        ?.differences.filter(({ primary }) => !primary)
        .map(({ metric }) => metric);
    expect(metrics(400)).toEqual(['response_ms.p50']);
    // Two operations of 600 are 1,200 together.
    expect(metrics(600)).toEqual(['response_ms.p50', 'response_ms.p99']);
  });

  test('fewer than five repeats give intervals, no claims, and say so', () => {
    const cells = [cellOf('a', { number: 4 }), cellOf('b', { number: 4, times: 2, shift: 1 })];
    const [order] = runDifferences(cells)?.differences ?? [];
    expect(order?.verdict).toBe('not-comparable');
    expect(order?.interval).not.toBeNull();
    expect(order?.note).toMatchObject({
      code: 'repeats-too-few',
      numbers: { repeats: 4, repeatsNeeded: 5 },
    });
  });

  test('cells without repeats, or only one with them, have no differences', () => {
    const { repeats: _, ...once } = cellOf('a');
    expect(runDifferences([once, once])).toBeNull();
    expect(runDifferences([once, cellOf('b')])).toBeNull();
  });
});

describe('what is not comparable says why', () => {
  const noteOf = (a: ComparedCell, b: ComparedCell) => {
    const [order] = runDifferences([a, b])?.differences ?? [];
    expect(order).toMatchObject({ verdict: 'not-comparable', ratio: null, interval: null });
    return order?.note;
  };

  test('a cell that was measured again was not interleaved with the others', () => {
    expect(noteOf(cellOf('a'), cellOf('b', { attempt: 2 }))).toMatchObject({
      code: 'repeats-not-interleaved',
      numbers: { attempt: 2, againstAttempt: 1 },
      names: { strategy: 'b', against: 'a' },
    });
  });

  test('two that were measured again took turns with each other', () => {
    const cells = [cellOf('a', { attempt: 2 }), cellOf('b', { attempt: 2, times: 2, shift: 1 })];
    expect(verdictsOf(cells)[0]?.[3]).toBe('worse');
  });

  test('a cell whose times are not its own', () => {
    const bound: CellPlan = { verdict: { status: 'GENERATOR-BOUND', reasons: [] } };
    expect(noteOf(cellOf('a'), cellOf('b', bound))).toMatchObject({
      code: 'cells-doubtful',
      names: { strategies: ['b'], verdicts: ['GENERATOR-BOUND'] },
    });
  });

  test('an operation that failed', () => {
    const note = noteOf(cellOf('a', { censored: 'order' }), cellOf('b'));
    expect(note).toMatchObject({ code: 'times-among-failures', names: { operation: 'order' } });
  });

  test('an operation of too few samples, and one that was not run', () => {
    expect(noteOf(cellOf('a', { count: 0 }), cellOf('b'))?.code).toBe('times-too-few');
    const [, look] =
      runDifferences([cellOf('a', { named: ['order'] }), cellOf('b')])?.differences ?? [];
    expect(look).toMatchObject({
      tags: { operation: 'look' },
      verdict: 'not-comparable',
      note: { code: 'operation-not-run', names: { operation: 'look' } },
    });
  });

  test('they stay in the family, which was named beforehand', () => {
    const cells = [cellOf('a'), cellOf('b'), cellOf('c', { attempt: 2 })];
    expect(runDifferences(cells)?.family.size).toBe(6);
  });
});

describe('pairs', () => {
  test('cells on as many shards are compared, and each with the baseline', () => {
    const cells = [
      cellOf('single', { router: null, shardCount: 1 }),
      cellOf('jump'),
      cellOf('jump', { shardCount: 8 }),
      cellOf('ring', { shardCount: 8 }),
    ];
    const pairs = new Set(verdictsOf(cells).map(([a, b]) => `${a} | ${b}`));
    expect([...pairs]).toEqual([
      'single | jump on 4 shards',
      'single | jump on 8 shards',
      'single | ring',
      'jump on 8 shards | ring',
    ]);
  });

  test('an operation that runs on all shards under one strategy is compared all the same', () => {
    const cells = [cellOf('a'), cellOf('b', { times: { look: 1.6 }, shift: 3 })];
    expect(verdictsOf(cells)[1]).toEqual(['a', 'b', 'look', 'worse']);
  });

  test('cells that leave out other operations are not compared as wholes', () => {
    const reason = { code: 'x', severity: 'info', numbers: {}, place: '', text: '' } as const;
    const part = { operation: 'look', fate: 'not-runnable', reason, fraction: 0.5 } as const;
    const notRunnable = { fraction: 0.5, operations: [part] };
    const cells = [cellOf('a'), cellOf('b', { notRunnable, named: ['order'] })];
    const overall = runDifferences(cells)?.differences.find(
      ({ metric }) => metric === 'response_ms.p50',
    );
    expect(overall?.note?.code).toBe('workloads-differ');
  });

  test('of hundreds of strategies only the primary family is kept', () => {
    const many = Array.from({ length: 21 }, (_, i) => cellOf(`s${i}`, { shift: i % 10 }));
    expect(runDifferences(many)?.differences.every(({ primary }) => primary)).toBe(true);
  });
});

describe('ranks by latency', () => {
  test('the same share a place, the slower one has the next', () => {
    const cells = [
      cellOf('slow', { times: 1.5, shift: 1 }),
      cellOf('a', { shift: 4 }),
      cellOf('b', { shift: 7 }),
    ];
    expect(latencyRanks(cells)).toEqual([
      { from: 3, to: 3 },
      { from: 1, to: 2 },
      { from: 1, to: 2 },
    ]);
  });

  test('with fewer than five repeats nothing is ranked', () => {
    const cells = [cellOf('a', { number: 4 }), cellOf('b', { number: 4, times: 3 })];
    expect(latencyRanks(cells)).toEqual([null, null]);
  });

  test('a cell whose verdict speaks against its times takes no place', () => {
    const noisy: CellPlan = { verdict: { status: 'NOISY', reasons: [] } };
    expect(latencyRanks([cellOf('a'), cellOf('b', noisy)])).toEqual([{ from: 1, to: 1 }, null]);
  });

  test('a cell that was measured again is told apart from none', () => {
    const cells = [cellOf('a'), cellOf('b', { attempt: 2, times: 3 })];
    expect(latencyRanks(cells)).toEqual([
      { from: 1, to: 2 },
      { from: 1, to: 2 },
    ]);
  });

  test('by number of shards; the baseline only where there is one such number', () => {
    const single = cellOf('single', { router: null, shardCount: 1, times: 2, shift: 2 });
    const [jump, ring] = [cellOf('jump'), cellOf('ring', { shift: 5 })];
    expect(latencyRanks([single, jump, ring])).toEqual([
      { from: 3, to: 3 },
      { from: 1, to: 2 },
      { from: 1, to: 2 },
    ]);
    const more = cellOf('jump', { shardCount: 8, times: 0.5, shift: 3 });
    expect(latencyRanks([single, jump, ring, more])).toEqual([
      null,
      { from: 1, to: 2 },
      { from: 1, to: 2 },
      { from: 1, to: 1 },
    ]);
  });
});
