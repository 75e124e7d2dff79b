import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tenantLayout } from '../scenario/layouts-fixture.ts';
import { tenantClassNames } from '../result/tenant-class.ts';
import type { Scenario } from '../scenario/types.ts';
import { tinyScenario } from '../testing/tiny-scenario.ts';
import type { Workload } from '../workload/types.ts';
import { buildWorkload } from '../workload/workload.ts';
import { classedTenants } from './classed-tenants.ts';
import { shopTablesOn, shopWorkload, singleLayout } from './tables/shop-fixture.ts';

type Tenants = Scenario['tenants'];

const zipf: Tenants = { distribution: 'zipf', exponent: 0.99, count: 300, idType: 'text' };

const workloadOf = (tenants: Tenants, changes: Partial<Scenario> = {}): Workload =>
  buildWorkload(tinyScenario({ tenants, ...changes }), null);

/** Sizes as they are, whatever the scenario said. */
function sized(sizes: readonly number[]): Workload {
  const count = sizes.length;
  const workload = workloadOf({ distribution: 'uniform', count, idType: 'text' });
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const weights = Float64Array.from(sizes, (size) => size / total);
  return { ...workload, tenants: { ...workload.tenants, weights } };
}

const cellOf = (shardCount: number, shardOf: (tenant: number, row: number) => number) => ({
  keyName: 'tenant_id',
  splitBy: null,
  plan: { shardCount },
  shardOf,
});

const oneShard = cellOf(1, () => 0);
const named = ({ classOf }: { readonly classOf: Uint8Array }) =>
  [...classOf].map((place) => tenantClassNames[place]);

describe('by size', () => {
  test('where no tenant is larger than another there are no classes', () => {
    const even: Tenants = { distribution: 'uniform', count: 50, idType: 'text' };
    expect(classedTenants(workloadOf(even), oneShard)).toBeNull();
    expect(classedTenants(workloadOf({ ...even, count: 1 }), oneShard)).toBeNull();
  });

  test('the largest are all that are equally large, the rest has no equals below', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 450 }),
        (sizes) => {
          const classes = classedTenants(sized(sizes), oneShard);
          const most = Math.max(...sizes);
          // Those with so many that are as large or larger, themselves included.
          const asLarge = (own: number) => sizes.filter((size) => size >= own).length;
          const room = Math.ceil(sizes.length / 100);
          const expected = sizes.map((size) => {
            if (size === most) return 'largest';
            return asLarge(size) <= room ? 'rest-of-top-1-percent' : 'others-beside-largest';
          });
          const areEqual = sizes.every((size) => size === most);
          expect(classes && named(classes)).toEqual(areEqual ? null : expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of tenants that join late it is not their share of the arrivals', () => {
    const workload = sized([5, 4, 3, 3]);
    const changes = {
      sizes: Float64Array.of(0.1, 0.1, 0.1, 0.7),
      tenants: Uint32Array.of(3),
      joins: Uint8Array.of(1),
      moments: Float64Array.of(0.9),
    };
    const joining = { ...workload, tenants: { ...workload.tenants, changes } };
    expect(named(classedTenants(joining, oneShard) ?? { classOf: new Uint8Array() })).toEqual([
      ...Array.from({ length: 3 }, () => 'others-beside-largest'),
      'largest',
    ]);
  });
});

describe('by place', () => {
  test('of a key that is the tenant: who shares the shard of the largest', () => {
    const workload = workloadOf(zipf);
    const shardOf = (tenant: number) => (tenant * 7 + 2) % 4;
    const classes = classedTenants(workload, cellOf(4, shardOf));
    expect(classes?.largestOn).toEqual([2]);
    expect(classes && named(classes)).toEqual(
      Array.from({ length: 300 }, (_, tenant) => {
        if (tenant === 0) return 'largest';
        if (tenant < 3) return 'rest-of-top-1-percent';
        return shardOf(tenant) === 2 ? 'others-beside-largest' : 'others-elsewhere';
      }),
    );
  });

  test('of any key, or a split one: who has one row on any shard where the largest has', () => {
    const workload = workloadOf({ ...zipf, count: 40 });
    const { rows } = workload;
    // The largest has rows on shards 0 and 1 alone.
    const shardOf = (tenant: number, row: number) =>
      tenant === 0 ? row % 2 : (tenant + (row % 2)) % 5;
    const cell = { ...cellOf(5, shardOf), splitBy: 'event_id' };
    const classes = classedTenants(workload, cell);
    const touches = (tenant: number) =>
      [...rows.tenantOf].some((own, row) => own === tenant && shardOf(tenant, row) < 2);
    expect(classes?.largestOn).toEqual([0, 1]);
    expect(classes && named(classes)).toEqual(
      Array.from({ length: 40 }, (_, tenant) => {
        if (tenant === 0) return 'largest';
        return touches(tenant) ? 'others-beside-largest' : 'others-elsewhere';
      }),
    );
    expect(new Set(classes && named(classes)).size).toBe(3);
    expect(classedTenants(workload, { ...cell, keyName: 'event_id', splitBy: null })).toEqual(
      classes,
    );
  });

  test('nobody is elsewhere where the largest is everywhere', () => {
    const workload = workloadOf({ ...zipf, count: 40 });
    const everywhere = { ...cellOf(3, (_, row) => row % 3), keyName: 'event_id' };
    const classes = classedTenants(workload, everywhere);
    expect(classes?.largestOn).toEqual([0, 1, 2]);
    expect(classes && named(classes)).not.toContain('others-elsewhere');
  });

  test('of many tables: by the rows of one that is sharded by the key', () => {
    const workload = shopWorkload();
    const tables = shopTablesOn(workload, tenantLayout, 4);
    const cell = { ...cellOf(4, () => -1), keyName: 'tenant', tables };
    const classes = classedTenants(workload, cell);
    const [hot] = classes?.largestOn ?? [];
    expect(classes?.largestOn).toHaveLength(1);
    // All tables of a tenant lie together.
    for (const [index, { table, placement }] of tenantLayout.tables.entries()) {
      const { tenantOf = null } = workload.tables?.loaded[index] ?? {};
      if (placement !== 'sharded' || tenantOf === null) continue;
      const shardOf = tables.shardOf(table);
      const misplaced = [...tenantOf].filter((tenant, row) => {
        const own = tenantClassNames[classes?.classOf[tenant] ?? 0];
        return own === (shardOf(row) === hot ? 'others-elsewhere' : 'others-beside-largest');
      });
      expect(misplaced).toEqual([]);
    }
    expect(new Set(classes && named(classes)).size).toBe(3);
  });

  test('of many tables on one shard all are beside it', () => {
    const workload = shopWorkload();
    const tables = shopTablesOn(workload, singleLayout, 1);
    const classes = classedTenants(workload, { ...oneShard, keyName: null, tables });
    expect(classes?.largestOn).toEqual([0]);
    expect(classes && named(classes)).not.toContain('others-elsewhere');
  });
});
