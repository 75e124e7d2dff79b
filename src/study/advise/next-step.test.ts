import { expect, test } from 'vitest';
import { scenarioOf } from '../../growth/growth-fixture.ts';
import { buildRouter } from '../../router/build-router.ts';
import { knownKeys } from '../../workload/key-usage.ts';
import { buildWorkload } from '../../workload/workload.ts';
import { equalShards } from './measure.ts';
import { nextStep } from './next-step.ts';

const text = `
rate: 100/s
tenants: { uniform: true, count: 4000, idType: int8 }
data: { total: 20MB }
operations:
  - name: own
    kind: read
    weight: 1
    binds: [tenant_id]
    sql: select * from orders where tenant_id = :tenant_id limit 5
strategies: [{ key: tenant_id, router: jump }]
growth: { moves: { throttle: 1MB/s, soak: 1h } }
`;

const stepOf = (router: string, hash: string | null, shards: number) => {
  const scenario = scenarioOf(text);
  const workload = buildWorkload(scenario, null);
  const known = knownKeys(workload, 'tenant_id');
  const spec = { key: 'tenant_id', router, parameter: null, hash, salt: '' };
  const topology = equalShards(shards);
  const built = buildRouter(spec, topology, known.type, known);
  return nextStep({ scenario, workload }, 36e9, {
    spec,
    known,
    topology,
    router: built,
    placed: known,
  });
};

// 4 -> 8: k / (n + k) is a half; of even integers mod moves those of odd quotient.
test.each([
  ['jump', 'xxh64', 0.03],
  ['mod', 'identity', 1e-9],
])('doubling %s moves half of the load and of the bytes', (router, hash, within) => {
  const step = stepOf(router, hash, 4);
  expect(step?.shardCount).toBe(8);
  expect(Math.abs((step?.movedFraction ?? 0) - 0.5)).toBeLessThan(within);
  const bytes = step?.bytes ?? 0;
  // All tenants are alike, up to a row.
  expect(Math.abs(bytes / 36e9 - (step?.movedFraction ?? 0))).toBeLessThan(0.01);
  // 18 GB at 1 MB/s, copied and read back, and an hour after it: 5 + 5 + 1.
  expect(step?.hours).toBeCloseTo((2 * bytes) / 1e6 / 3600 + 1, 9);
  expect(Math.abs((step?.hours ?? 0) - 11)).toBeLessThan(20 * within + 0.2);
});
