import { expect, test } from 'vitest';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import { shopTables } from '../../scenario/tables-fixture.ts';
import type { LoadedTable } from '../../workload/types.ts';
import { largestCell } from './measured-room.ts';

const rowsOf = (count: number): LoadedTable => ({
  count,
  tenantOf: null,
  parentOf: null,
  starts: null,
  order: null,
});

test('a reference table takes its bytes on every shard, under the layout that has most', () => {
  const loaded = [1, 10, 1000, 100, 500].map(rowsOf);
  const rowBytes = [50, 100, 200, 100, 80];
  const once = 50 + 1000 + 200_000 + 10_000 + 40_000;
  const home = tenantLayout.tables.map((table) => ({ ...table, placement: 'home' }) as const);
  const none = { ...tenantLayout, key: 'none', tables: home };
  const of = (layouts: readonly (typeof tenantLayout)[], shards: number): number => {
    const byKey = new Map(layouts.map((layout) => [layout.key, layout]));
    return largestCell({ set: shopTables, loaded, layouts: byKey }, rowBytes, shards);
  };
  expect(of([none], 4)).toBe(once);
  expect(of([none, tenantLayout], 4)).toBe(once + 3 * 200_000);
  expect(of([tenantLayout], 1)).toBe(once);
});
