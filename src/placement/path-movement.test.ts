import { describe, expect, test } from 'vitest';
import type { RouterTopology } from '../router/contract.ts';
import { routers } from '../router/registry.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import { planArrivals } from '../workload/arrival-plan.ts';
import { buildWorkload } from '../workload/workload.ts';
import { comparedKey, type ComparedKey } from './compared-key.ts';
import { movedKeys, movementBetween } from './movement.ts';
import { spreadOfShare } from './movement-expectation.ts';
import { pathMovement, routersAlong } from './path-movement.ts';
import { routerCandidates, type RouterCandidate } from './router-candidates.ts';
import { topologiesAlong, withoutShard, withReplacedShard } from './topology-changes.ts';

const tenants = { distribution: 'zipf', exponent: 0.6, count: 2000, idType: 'text' } as const;
const workload = buildWorkload(tinyScenario({ tenants }), null);
const key: ComparedKey = comparedKey(workload, planArrivals(workload), 'tenant_id', 512);
const four: RouterTopology = { shardCount: 4, weights: [1, 1, 1, 1] };

function named(name: string, changes: Partial<RouterCandidate['spec']> = {}): RouterCandidate {
  const found = routerCandidates('tenant_id', [], routers).find(
    ({ definition }) => definition.name === name,
  );
  if (found === undefined) throw new Error(`no router ${name}`);
  return { ...found, spec: { ...found.spec, ...changes } };
}

describe('along 4 -> 5 -> 8 -> 16', () => {
  const path = topologiesAlong(four, [5, 8, 16]);

  test.each(['mod', 'jump', 'ring', 'slots', 'range', 'directory'])(
    'each step and each way from the start is a difference of two routers: %s',
    (name) => {
      const candidate = named(name);
      const { steps, fromStart } = pathMovement(candidate, key, path, 0);
      const along = routersAlong(candidate.spec, path, key);
      const between = (from: number, to: number) => {
        const [before, after] = [along[from], along[to]];
        const [old, next] = [path[from], path[to]];
        if (before === undefined || after === undefined || old === undefined || next === undefined)
          throw new Error('a router for each topology');
        return movementBetween(
          { router: before, topology: old },
          { router: after, topology: next },
          key.amounts,
        );
      };
      expect(steps.map(({ movement }) => movement)).toEqual([
        between(0, 1),
        between(1, 2),
        between(2, 3),
      ]);
      expect(fromStart.map(({ movement }) => movement)).toEqual([
        between(0, 1),
        between(0, 2),
        between(0, 3),
      ]);
      // Never less at the end than the largest step can leave, never more than all steps together.
      const total = steps.reduce((sum, { movement }) => sum + movement.keysMovedFraction, 0);
      expect(fromStart.at(-1)?.movement.keysMovedFraction).toBeLessThanOrEqual(total);
    },
  );

  test('jump moves as theory says, keys and load each within four standard deviations', () => {
    const { steps, fromStart } = pathMovement(named('jump'), key, path, 0);
    for (const { movement, expected } of [...steps, ...fromStart]) {
      const mean = expected?.meanFraction ?? Number.NaN;
      expect(mean).toBeCloseTo((movement.to - movement.from) / movement.to, 12);
      expect(movement.monotone).toBe(true);
      const { keys = Number.NaN, load = Number.NaN } = expected?.sd ?? {};
      expect(Math.abs(movement.keysMovedFraction - mean)).toBeLessThan(4 * keys);
      expect(Math.abs(movement.loadMovedFraction - mean)).toBeLessThan(4 * load);
      // Few tenants have much of the load.
      expect(load).toBeGreaterThan(keys);
    }
  });

  test('the band of further salts has the spread that theory gives', () => {
    const samples = 300;
    const { steps } = pathMovement(named('ring'), key, path, samples);
    for (const { expected, band } of steps) {
      expect(band).toMatchObject({ samples, over: 'salts' });
      const mean = expected?.meanFraction ?? Number.NaN;
      for (const part of ['keys', 'rows', 'load'] as const) {
        const sd = expected?.sd?.[part] ?? Number.NaN;
        // Of a normal distribution p5 and p95 are 1.645 sd from the mean; their own error is 0.12
        // sd.
        const { p5 = 0, p50 = 0, p95 = 0 } = band?.[part] ?? {};
        expect(Math.abs(p50 - mean) / sd).toBeLessThan(0.35);
        expect((p95 - p5) / (2 * 1.645 * sd)).toBeGreaterThan(0.75);
        expect((p95 - p5) / (2 * 1.645 * sd)).toBeLessThan(1.25);
      }
    }
  });

  test('a placement that is no draw has no band, and a range cuts rows', () => {
    const [step] = pathMovement(named('range'), key, path, 50).steps;
    expect(step?.band).toBeNull();
    expect(step?.expected).toMatchObject({ of: 'rows', sd: null });
    const largest = Math.max(...key.known.rows) / workload.rows.count;
    const off = (step?.movement.rowsMovedFraction ?? 0) - (step?.expected?.meanFraction ?? 1);
    expect(Math.abs(off)).toBeLessThan(2 * largest);
    expect(pathMovement(named('directory'), key, path, 50).steps[0]?.expected).toBeNull();
  });
});

test('added shards are like the last one that is in use, and the last ones go first', () => {
  const uneven = { shardCount: 3, weights: [1, 2, 0] };
  const weights = topologiesAlong(uneven, [5, 2]).map((topology) => topology.weights);
  expect(weights).toEqual([
    [1, 2, 0],
    [1, 2, 0, 2, 2],
    [1, 2],
  ]);
});

describe('other changes', () => {
  test('any shard can go where the router can remove any', () => {
    const [step] = pathMovement(named('ring'), key, [four, withoutShard(four, 1)], 0).steps;
    expect(step?.movement.monotone).toBe(true);
    expect(new Set(step?.movement.flows.map(({ from }) => from))).toEqual(new Set([1]));
    expect(() => pathMovement(named('jump'), key, [four, withoutShard(four, 1)], 0)).toThrow(
      'jump cannot take shard 1 out of use: it can remove only the last shard',
    );
    const [last] = pathMovement(named('jump'), key, [four, withoutShard(four, 3)], 0).steps;
    expect(new Set(last?.movement.flows.map(({ from }) => from))).toEqual(new Set([3]));
  });

  test('a replaced shard gives its keys to the new one under a router that remembers', () => {
    const path = [four, withReplacedShard(four, 2)];
    const [step] = pathMovement(named('anchor'), key, path, 0).steps;
    expect(step?.movement.flows.map(({ from, to }) => [from, to])).toEqual([[2, 4]]);
    expect(step?.expected?.meanFraction).toBe(0.25);
    expect(() => pathMovement(named('mod'), key, path, 0)).toThrow('only the last shard');
  });

  test('a change of weights moves keys, or is refused by who cannot follow it', () => {
    const heavier = { shardCount: 4, weights: [2, 1, 1, 1] };
    const [step] = pathMovement(named('weighted-rendezvous'), key, [four, heavier], 0).steps;
    expect(new Set(step?.movement.flows.map(({ to }) => to))).toEqual(new Set([0]));
    expect(() => pathMovement(named('jump'), key, [four, heavier], 0)).toThrow(
      'jump cannot follow a change of weights (1, 1, 1, 1 to 2, 1, 1, 1)',
    );
    // Unequal from the beginning: that is a warning of the router, not a change.
    const grown = topologiesAlong(heavier, [5]);
    expect(pathMovement(named('jump'), key, grown, 0).steps[0]?.movement.to).toBe(5);
  });
});

test('the moved keys are those that are counted', () => {
  const path = topologiesAlong(four, [5]);
  const candidate = named('slots');
  const [before, after] = routersAlong(candidate.spec, path, key);
  if (before === undefined || after === undefined) throw new Error('two routers');
  const moved = movedKeys(before, after, key.known);
  const rows = moved.reduce((sum, each) => sum + (key.known.rows[each] ?? 0), 0);
  const [step] = pathMovement(candidate, key, path, 0).steps;
  expect(step?.movement.keysMovedFraction).toBe(moved.length / key.known.count);
  expect(step?.movement.rowsMovedFraction).toBeCloseTo(rows / workload.rows.count, 12);
});

test('the spread of a share: sampling alone, placement alone, and one key that is all', () => {
  expect(spreadOfShare(0.2, 0, 1 / 100)).toBeCloseTo(Math.sqrt(0.16 / 100), 12);
  expect(spreadOfShare(0.2, 0.01, 0)).toBeCloseTo(0.01, 12);
  // All of it moves or none: Bernoulli.
  expect(spreadOfShare(0.2, 0.01, 1)).toBeCloseTo(Math.sqrt(0.2 * 0.8), 12);
});
