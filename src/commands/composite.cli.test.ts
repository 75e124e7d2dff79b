import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { shardOfRow } from '../traffic/route-plan.ts';
import { parseRunResult } from '../result/parse.ts';
import { buildRouter } from '../router/build-router.ts';
import { visitArrivals } from '../workload/arrivals.ts';
import { knownKeys } from '../workload/key-usage.ts';
import { loadScenario } from '../study/scenario/load-scenario.ts';
import { cellOf, scratch, shardlab } from './shardlab-fixture.ts';
import { measurePhase } from '../workload/phases.ts';

const scenario = `name: composite
rate: 400/s
duration: 3s
warmup: 300ms
data: { total: 4MB }
tenants: { hotspot: 40%, hot: 1, count: 200 }
topology: { shards: 3 }
baseline: false
strategies:
  - { key: tenant_id, router: jump }
  - { key: [tenant_id, user_id], router: jump }
  - { key: [tenant_id, user_id], router: range }
`;
const key = 'tenant_id+user_id';

test('a shard key of two columns is loaded, verified, measured and reported', async () => {
  const cwd = scratch();
  const path = join(cwd, 's.yaml');
  writeFileSync(path, scenario);
  const { stdout } = await shardlab(['run', path, '--json', '--out', 'out'], { cwd });
  const result = parseRunResult(stdout, 'stdout');
  const loaded = await loadScenario(path, {});
  const { workload, plan } = loaded;
  const arrivals = plan.measure.arrivals;

  for (const strategy of loaded.scenario.strategies.slice(1)) {
    const cell = cellOf(result, strategy.name);
    expect(cell).toMatchObject({ status: 'ok', shardKey: key });
    expect(cell.load).toMatchObject({ arrivals, errorsByCode: {} });
    const topology = { shardCount: 3, weights: [1, 1, 1] };
    const router = buildRouter(strategy, topology, 'composite', knownKeys(workload, key));
    const shardOf = shardOfRow(workload, router, key);

    const rows = [0, 0, 0];
    workload.rows.tenantOf.forEach((tenant, row) => {
      const shard = shardOf(tenant, row);
      rows[shard] = (rows[shard] ?? 0) + 1;
    });
    expect(cell.shards.map((shard) => shard.rows)).toEqual(rows);

    const writes = [0, 0, 0];
    let single = 0;
    visitArrivals(
      workload,
      measurePhase(workload, plan.measure.firstNewRow),
      (_, tenant, operation, row) => {
        const { name, kind } = present(workload.operations[operation], 'operation');
        // The only one of the six that names both the tenant and the user.
        const touched = name === 'place_order' ? [shardOf(tenant, row)] : [0, 1, 2];
        if (touched.length === 1) single += 1;
        if (kind === 'read') return;
        for (const shard of touched) writes[shard] = (writes[shard] ?? 0) + 1;
      },
    );
    expect(cell.shards.map((shard) => shard.writesSent)).toEqual(writes);
    expect(cell.fanOut?.singleShardFraction).toBeCloseTo(single / arrivals, 9);
    expect(single).toBe(plan.measure.inserts);
    // change_status names the order, but not the user: it must look for it everywhere.
    expect(cell.notes.map(({ text }) => text).join()).toContain(
      `change_status can write on several shards at once`,
    );
  }

  // Users share out what the one tenant has: 40 % of all where a third would be fair.
  const [whole, byUser] = [cellOf(result, 'tenant_id/jump'), cellOf(result, `${key}/jump`)];
  const largest = (cell: typeof whole): number =>
    Math.max(...cell.shards.map((shard) => shard.rows)) / workload.rows.count;
  expect(largest(whole)).toBeGreaterThan(0.4);
  expect(largest(byUser)).toBeLessThan(0.4);
  expect(result.scenario['strategies']).toContainEqual(
    expect.objectContaining({ key, name: `${key}/range` }),
  );
});
