import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { caseOf, scenarioOf, textOf } from './growth-fixture.ts';
import { rulePlan, weightedMaxOverMean } from './rule-plan.ts';

const scenario = scenarioOf(`
rate: 100/s
duration: 1s
tenants: { zipf: 0.99, count: 300 }
data: { total: 1MB }
strategies:
  - { key: tenant_id, router: directory }
  - { key: tenant_id, router: "slots:64" }
  - { key: tenant_id, router: jump }
`);
const asked = caseOf(scenario, [5]);
const known = knownKeys(asked.workload, 'tenant_id');
const scale = { rows: 2, bytesOfRow: 100 };

function planOf(index: number) {
  const { strategy, placements } = present(asked.strategies[index], 'strategy');
  const before = present(placements[0], 'before');
  const after = present(placements[1], 'after');
  return { before, after, plan: rulePlan(strategy.router, known, before, after, scale) };
}

test("a directory's plan is what the directory does, each move with its reason", () => {
  const { before, after, plan } = planOf(0);
  const moved = [...known.values].flatMap((_, key) => {
    const at = [known.offsets[key] ?? 0, known.offsets[key + 1] ?? 0] as const;
    const from = before.router.route(known.bytes, ...at);
    const to = after.router.route(known.bytes, ...at);
    const unit = JSON.stringify(asked.workload.tenants.ids[key]);
    return from === to ? [] : [{ unit, from, to }];
  });
  const byUnit = (a: { unit: string }, b: { unit: string }) => (a.unit < b.unit ? -1 : 1);
  const planned = present(plan, 'plan').moves.map(({ unit, from, to }) => ({ unit, from, to }));
  expect(planned.toSorted(byUnit)).toStrictEqual(moved.toSorted(byUnit));
  expect(plan?.movesTotal).toBe(moved.length);
  expect(plan?.maxOverMean.after).toBeCloseTo(present(plan, 'plan').maxOverMean.byRouter, 9);
  expect(textOf(plan?.moves[0]?.reason)).toMatch(
    new RegExp(
      String.raw`^shard \d has [\d.]+x the mean load and shard 4 has 0x; after the move they ` +
        String.raw`have [\d.]+x and [\d.]+x`,
    ),
  );
  expect(plan?.rowsTotal).toBe(
    present(plan, 'plan').moves.reduce((sum, { rows }) => sum + rows, 0),
  );
  expect(plan?.bytesTotal).toBe(present(plan, 'plan').rowsTotal * 100);
});

test('a tenant that is too large to move is ignored, with the reason', () => {
  const { plan } = planOf(0);
  const [largest] = present(plan, 'plan').ignored;
  expect(largest).toMatchObject({ unit: '"tenant-00001"' });
  expect(textOf(largest?.reason)).toMatch(
    /would make that shard fuller than shard \d, and the gain would be less/,
  );
});

test('slots move whole, by load: better balanced than by their number', () => {
  const { plan } = planOf(1);
  expect(plan?.units).toBe('slots');
  const { before, after, byRouter } = present(plan, 'plan').maxOverMean;
  expect(after).toBeLessThan(byRouter);
  expect(after).toBeLessThan(before * 1.25);
  // The new shard first; the old ones are then evened out among each other.
  const { moves } = present(plan, 'plan');
  expect(moves[0]?.to).toBe(4);
  for (const { unit } of moves) expect(unit).toMatch(/^slot \d+$/);
});

test('a router that decides by itself has no such plan, nor has one that loses a shard', () => {
  expect(planOf(2).plan).toBeNull();
  const { before, after } = planOf(0);
  expect(rulePlan('directory', known, after, before, scale)).toBeNull();
});

test('max/mean counts each shard by its capacity', () => {
  expect(weightedMaxOverMean(Float64Array.of(1, 2, 3), [1, 1, 1])).toBe(1.5);
  expect(weightedMaxOverMean(Float64Array.of(1, 1, 2), [1, 1, 2])).toBe(1);
  expect(weightedMaxOverMean(Float64Array.of(2, 2, 0), [1, 1, 0])).toBe(1);
});
