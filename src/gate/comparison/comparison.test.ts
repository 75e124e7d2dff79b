import { describe, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import type { Cell, RunResult } from '../../result/types.ts';
import { sampleResult } from '../../testing/sample-result.ts';
import { alternatingSides } from '../../testing/sample-runs.ts';
import { comparisonOf } from './comparison.ts';
import { latencyDifferences } from './latency-differences.ts';
import { matchedCells } from './matched-cells.ts';
import type { ComparedSide } from './sides.ts';

const head = { startedAt: '2026-11-30T00:00:00.000Z', shardlab: '0.1.0', command: 'compare' };

const compared = (a: ComparedSide, b: ComparedSide) => comparisonOf([a, b], { a, b }, head);

const alone = (side: string, result: RunResult): ComparedSide => ({
  side,
  given: `${side}.json`,
  commit: null,
  runs: [{ file: `${side}.json`, result }],
});

const single = (change: (result: RunResult) => RunResult) =>
  compared(alone('a', sampleResult()), alone('b', change(sampleResult())));

type Compared = Pick<ReturnType<typeof compared>, 'differences'>;

const claims = ({ differences }: Compared) =>
  differences
    .filter(({ verdict }) => verdict === 'better' || verdict === 'worse')
    .map(({ strategy, metric, tags, verdict }) => ({ strategy, metric, tags, verdict }));

const firstOf = ({ differences }: Compared, metric: string, strategy = 'tenant_id/mod') =>
  present(
    differences.find((each) => each.metric === metric && each.strategy === strategy),
    metric,
  );

describe('runs in turns', () => {
  test('10 % more service time in one operation is found and attributed to it', () => {
    const slower = { strategy: 'tenant_id/jump', operation: 'place_order', by: 1.1 };
    const result = compared(...alternatingSides({ runs: 10, slower }));
    expect(result.design).toBe('alternating');
    expect(claims(result)).toEqual([
      {
        strategy: 'tenant_id/jump',
        metric: 'service_ms.p50',
        tags: { operation: 'place_order' },
        verdict: 'worse',
      },
    ]);
    const found = present(
      result.differences.find(({ verdict }) => verdict === 'worse'),
      'difference',
    );
    expect(found.ratio).toBeGreaterThan(1.07);
    expect(found.ratio).toBeLessThan(1.13);
    expect(found.interval?.low).toBeGreaterThan(1);
  });

  test('A/A: false claims in no more documents than the family allows', () => {
    const base = alternatingSides({ runs: 5 });
    const documents = Array.from({ length: 300 }, (_, seed) => {
      const [a, b] = alternatingSides({ runs: 5, seed: seed + 10, of: base[0] });
      return latencyDifferences(matchedCells({ a, b }), { a, b }, 'alternating');
    });
    // Of 300 in each of which one in a hundred claims something: 3, and 9 or more are one in 250.
    expect(documents.filter((each) => claims(each).length > 0).length).toBeLessThanOrEqual(8);
  });

  test('the ratio is the geometric mean of the ratios of pairs', () => {
    const [a, b] = alternatingSides({ runs: 5, seed: 3 });
    const p50 = ({ result }: ComparedSide['runs'][number]): number =>
      result.cells[0]?.operations[0]?.serviceMs?.p50 ?? 0;
    const product = a.runs.reduce(
      (all, run, index) => (all * p50(present(b.runs[index], 'pair'))) / p50(run),
      1,
    );
    expect(firstOf(compared(a, b), 'service_ms.p50').ratio).toBeCloseTo(product ** (1 / 5), 12);
  });

  test('of four pairs there are intervals and no claim, however large the difference', () => {
    const slower = { strategy: 'tenant_id/mod', operation: 'place_order', by: 3 };
    const result = compared(...alternatingSides({ runs: 4, slower }));
    const found = firstOf(result, 'service_ms.p50');
    expect(found.interval?.low).toBeGreaterThan(1);
    expect(found).toMatchObject({ verdict: 'not-comparable', note: { code: 'too-few-runs' } });
    expect(claims(result)).toEqual([]);
  });

  test('a pair with a run that is not valid is left out on both sides', () => {
    const [a, b] = alternatingSides({ runs: 6 });
    const spoilt = (side: ComparedSide): ComparedSide => ({
      ...side,
      runs: side.runs.map((run, index) =>
        index === 2 ? { ...run, result: withVerdict(run.result, 'GENERATOR-BOUND') } : run,
      ),
    });
    const result = compared(a, spoilt(b));
    expect(firstOf(result, 'service_ms.p50').samples).toEqual({ a: 5, b: 5 });
    expect(result.notes.map(({ code }) => code)).toContain('runs-not-valid');
  });
});

const inDecember = (run: ComparedSide['runs'][number]) => ({
  ...run,
  result: { ...run.result, startedAt: run.result.startedAt.replace('2026-11', '2026-12') },
});

test('runs that were made apart give intervals and no claim', () => {
  const slower = { strategy: 'tenant_id/mod', operation: 'place_order', by: 3 };
  const [a, b] = alternatingSides({ runs: 6, slower });
  const later: ComparedSide = {
    ...b,
    runs: b.runs.map(inDecember),
  };
  const result = compared(a, later);
  expect(result.design).toBe('apart');
  expect(result.family.size).toBe(0);
  const found = firstOf(result, 'service_ms.p50');
  expect(found).toMatchObject({
    primary: false,
    verdict: 'none',
    note: { code: 'measured-apart' },
  });
  expect(found.interval?.low).toBeGreaterThan(1);
});

function withVerdict(result: RunResult, status: 'GENERATOR-BOUND' | 'SATURATED'): RunResult {
  return {
    ...result,
    cells: result.cells.map((cell) => ({ ...cell, verdict: { status, reasons: [] } })),
  };
}

describe('one run a side', () => {
  test('no latency is comparable, all counts are the same', () => {
    const result = single((same) => same);
    expect(claims(result)).toEqual([]);
    const times = result.differences.filter(({ metric }) => metric.includes('_ms.'));
    expect(new Set(times.map(({ verdict }) => verdict))).toEqual(new Set(['not-comparable']));
    expect(times[0]).toMatchObject({
      ratio: null,
      interval: null,
      note: { code: 'one-run-a-side' },
    });
    expect(result.counts.every(({ exact, changed }) => exact && changed.length === 0)).toBe(true);
  });

  test('results of two machines: latencies are not comparable, counts are compared', () => {
    const result = single((other) => ({
      ...other,
      environment: { ...other.environment, cpu: 'Other', cores: 8 },
    }));
    expect(firstOf(result, 'service_ms.p50').note).toMatchObject({
      code: 'two-machines',
      names: { fields: ['cpu', 'cores'] },
    });
    expect(firstOf(result, 'write_qps.max_over_mean').verdict).toBe('none');
    expect(result.environment.map(({ place }) => place)).toEqual([
      '/environment/cpu',
      '/environment/cores',
    ]);
  });

  test('a simulation is not compared with a measurement by times', () => {
    const result = single((other) => ({ ...other, source: 'simulated' }));
    expect(firstOf(result, 'service_ms.p50').note?.code).toBe('measured-and-simulated');
    expect(firstOf(result, 'write_qps.max_over_mean').verdict).toBe('none');
  });

  test('the same arrivals routed otherwise are exactly better or worse', () => {
    const result = single((other) => ({ ...other, cells: other.cells.map(morePiledUp) }));
    const found = firstOf(result, 'write_qps.max_over_mean');
    expect(found).toMatchObject({ verdict: 'worse', interval: null, primary: false });
    expect(found.b).toBeCloseTo((found.a ?? 0) * 1.1, 12);
    const counts = result.counts.find(({ strategy }) => strategy === 'tenant_id/mod');
    expect(counts?.changed.map(({ metric, tags }) => [metric, tags])).toEqual([
      ['writes_sent', { shard: '0' }],
    ]);
  });

  test('other arrivals: counts are shown and not compared', () => {
    const result = single((other) => ({ ...other, arrivalsDigest: 'another', seed: 43 }));
    expect(firstOf(result, 'write_qps.max_over_mean')).toMatchObject({
      verdict: 'not-comparable',
      note: { code: 'arrivals-differ' },
    });
    expect(result.counts.some(({ exact }) => exact)).toBe(false);
  });

  test('where operations failed, the counts need not be the same', () => {
    const result = single((other) => ({
      ...other,
      cells: other.cells.map((cell) => ({
        ...cell,
        load: cell.load && { ...cell.load, ok: cell.load.ok - 1, failed: 1 },
      })),
    }));
    expect(result.counts[0]?.note.code).toBe('counts-with-failures');
  });
});

const withWriteMore = (shard: Cell['shards'][number]) => ({
  ...shard,
  writesSent: shard.writesSent + 1,
});

/** Its first shard got other writes, and the hottest a tenth more of the mean. */
function morePiledUp(cell: Cell): Cell {
  const { imbalance, shards } = cell;
  const worse = (imbalance?.writeQps.maxOverMean ?? 1) * 1.1;
  return {
    ...cell,
    shards: shards.map((shard, index) => (index === 0 ? withWriteMore(shard) : shard)),
    imbalance: imbalance && {
      ...imbalance,
      writeQps: { ...imbalance.writeQps, maxOverMean: worse },
    },
  };
}

describe('what does not matter', () => {
  test('the order of keys, of cells and of strategies', () => {
    const reversed = <T>(value: T): T => {
      if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value).map(([key, of]) => [key, reversed(of)] as const);
      return Object.fromEntries(entries.toReversed()) as T;
    };
    const strategies = [
      { name: 'a', key: 'a' },
      { name: 'b', key: 'b' },
    ];
    const withStrategies = (result: RunResult, list: typeof strategies): RunResult => ({
      ...result,
      scenario: { ...result.scenario, strategies: list },
    });
    const a = withStrategies(sampleResult(), strategies);
    const other = withStrategies(sampleResult(), strategies.toReversed());
    const b = { ...reversed(other), cells: other.cells.toReversed() };
    const plain = compared(alone('a', a), alone('b', a));
    const { counts, differences, scenario, environment, curves } = compared(
      alone('a', a),
      alone('b', b),
    );
    expect({ scenario, environment }).toEqual({ scenario: [], environment: [] });
    expect(counts).toEqual(plain.counts);
    expect(differences).toEqual(plain.differences);
    expect(curves).toEqual(plain.curves);
  });
});

test('swapping the sides turns ratios and verdicts round', () => {
  const slower = { strategy: 'tenant_id/jump', operation: 'place_order', by: 1.3 };
  const [a, b] = alternatingSides({ runs: 8, slower });
  const [there, back] = [compared(a, b), compared(b, a)];
  there.differences.forEach(({ ratio, verdict }, index) => {
    const other = present(back.differences[index], 'difference');
    const product = ratio === null ? 1 : ratio * (other.ratio ?? Number.NaN);
    expect(product).toBeCloseTo(1, 9);
    const turned = { better: 'worse', worse: 'better', none: 'none' } as const;
    expect(other.verdict).toBe(verdict === 'not-comparable' ? verdict : turned[verdict]);
  });
});
