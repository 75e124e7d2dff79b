import { expect, it } from 'vitest';
import type { RoutePlan } from './route-plan.ts';
import { watchedPlan } from './watched-plan.ts';

const everywhere: RoutePlan = {
  crossShard: false,
  shardCount: 3,
  route(operation, tenant, row, shards, statements) {
    if (row > 9) throw new Error(`no route for row ${row}`);
    shards.set([operation, tenant, row]);
    statements.fill(2);
    return 3;
  },
};

it('routes as the plan does', () => {
  const { plan } = watchedPlan(everywhere);
  const shards = new Int32Array(3);
  const statements = new Int32Array(3);
  expect(plan.shardCount).toBe(3);
  expect(plan.route(0, 1, 2, shards, statements)).toBe(3);
  expect([[...shards], [...statements]]).toEqual([
    [0, 1, 2],
    [2, 2, 2],
  ]);
});

it('tells of the first error, and goes on with shard 0', async () => {
  const { plan, failed } = watchedPlan(everywhere);
  const shards = Int32Array.of(7, 7, 7);
  const statements = Int32Array.of(7, 7, 7);
  expect(plan.route(0, 0, 10, shards, statements)).toBe(1);
  expect(plan.route(0, 0, 11, shards, statements)).toBe(1);
  expect([shards[0], statements[0]]).toEqual([0, 1]);
  await expect(failed).rejects.toThrow('no route for row 10');
});
