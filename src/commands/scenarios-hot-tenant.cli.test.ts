import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { strategySplit } from '../placement/strategy-split.ts';
import { writesByShard } from '../placement/write-placement.ts';
import { buildRouter } from '../router/build-router.ts';
import { knownKeys, writesByKey } from '../workload/key-usage.ts';
import { measured, replay, writesOf } from '../study/run/measured-scenario-fixture.ts';
import { cellOf, scratch, shardlab } from './shardlab-fixture.ts';

describe('hot-tenant', () => {
  const names = ['', '+pin', '+split'].map((overlay) => `tenant_id/jump${overlay}`);
  const directory = 'tenant_id/directory+split';

  test('a pin moves the load of a tenant, a split spreads it, and its reads fan out', async () => {
    const { loaded, result } = await measured('hot-tenant', [...names, directory]);
    const { workload, scenario, plan } = loaded;
    const known = knownKeys(workload, 'tenant_id');
    for (const name of [...names, directory]) {
      const strategy = present(
        scenario.strategies.find((each) => each.name === name),
        name,
      );
      const topology = { shardCount: 4, weights: [1, 1, 1, 1] };
      const router = buildRouter(strategy, topology, 'text', known);
      const expected = new Float64Array(4);
      const split = strategySplit(workload, strategy, known);
      writesByShard(router, writesByKey(workload, plan, 'tenant_id', split), expected);
      expect(writesOf(cellOf(result, name)), name).toEqual([...expected]);
    }

    const spreadOf = (name: string) => present(cellOf(result, name).imbalance, name).writeQps;
    const maxOverMean = (name: string) => present(spreadOf(name).maxOverMean, name);
    const [plain = '', pinned = '', split = ''] = names;
    const floor = present(spreadOf(plain).tenantFloor, 'floor');
    expect(floor).toBeGreaterThan(1.1);
    expect(maxOverMean(plain)).toBeGreaterThan(1.7);
    expect(maxOverMean(pinned)).toBeGreaterThan(1.7);
    for (const name of [split, directory]) {
      expect(spreadOf(name).tenantFloor).toBe(1);
      expect(maxOverMean(name)).toBeLessThan(floor);
    }

    const recent = workload.operations.findIndex(({ name }) => name === 'recent_orders');
    let ofHot = 0;
    replay(loaded, (_, tenant, operation) => {
      if (tenant === 0 && operation === recent) ofHot += 1;
    });
    const moved = ofHot / plan.measure.arrivals;
    expect(moved).toBeGreaterThan(0.05);
    const fanOut = (name: string) => present(cellOf(result, name).fanOut, name);
    const [before, overAll, overTwo] = [fanOut(plain), fanOut(split), fanOut(directory)];
    expect(fanOut(pinned).shardQueriesPerOperation).toBe(before.shardQueriesPerOperation);
    expect(overAll.scatterFraction).toBeCloseTo(before.scatterFraction + moved, 9);
    expect(overAll.multiShardFraction).toBe(0);
    expect(overTwo.multiShardFraction).toBeCloseTo(moved, 9);
    expect(overTwo.scatterFraction).toBe(before.scatterFraction);
    for (const each of [overAll, overTwo]) expect(each.crossShardWrites).toBe(0);
    expect(overAll.shardQueriesPerOperation).toBeCloseTo(
      before.shardQueriesPerOperation + 3 * moved,
      9,
    );

    expect(
      cellOf(result, pinned)
        .notes.map(({ text }) => text)
        .join(),
    ).toContain('Pinned: tenant-00001 (30 % of the load)');
    expect(
      cellOf(result, split)
        .notes.map(({ text }) => text)
        .join(),
    ).toContain('Split by order_id: tenant-00001 (30 % of the load) over shards 0, 1, 2, 3');
    const said = result.findings.filter(({ code }) => /^(split|pinned)-balance$/.test(code));
    expect(said).toHaveLength(2);
  });

  test('a tenant that does not exist is named before anything starts', async () => {
    const cwd = scratch();
    const path = join(cwd, 'typo.yaml');
    const strategy = '{ key: tenant_id, router: jump, pin: { tenants: { tenant_00007: 1 } } }';
    writeFileSync(
      path,
      `name: typo\nrate: 100/s\ntenants: { uniform: true, count: 20 }\nstrategies: [${strategy}]\n`,
    );
    const { code, stderr } = await shardlab(['run', path], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(
      'strategy tenant_id/jump+pin: pin.tenants: no key "tenant_00007" was loaded; ' +
        'did you mean tenant-00007?',
    );
  });
});
