import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { allSteps } from '../../base/steps.ts';
import { tenantLayout } from '../../scenario/layouts-fixture.ts';
import { otherLayout, shopScenario, shopWorkload } from '../../traffic/tables/shop-fixture.ts';
import { planArrivals } from '../../workload/arrival-plan.ts';
import { simulatedPhases } from '../cells/cell-phases.ts';
import { routingSteps } from '../cells/cell-routing.ts';
import { cellSpecs } from '../cells/cell-specs.ts';
import { eachCell } from '../cells/each-cell.ts';
import { PlacedKeys } from '../cells/placed-keys.ts';
import { SimulatedCellRunner } from './simulated-cell-runner.ts';

const jumpBy = (key: string) => ({
  name: `${key}/jump`,
  key,
  router: 'jump',
  parameter: null,
  hash: null,
  salt: '',
});

/** By another key `order_of_tenant` does not run, and lines lie by their order. */
const [place, ofTenant, newest] = tenantLayout.operations;
const other = otherLayout('other', {
  tables: tenantLayout.tables.map((each) =>
    each.table === 'lines'
      ? { ...each, placement: 'own-key', keyColumns: ['order_id'], reason: 'primary-key' }
      : each,
  ),
  operations: [
    present(place, 'place_order'),
    { ...present(ofTenant, 'order_of_tenant'), fate: 'notRunnable', runs: 'none' },
    present(newest, 'newest'),
  ],
  lost: [{ table: 'lines', kind: 'foreign', columns: ['order_id'], references: 'orders' }],
});
const topology = { shards: 4, weights: [1, 1, 1, 1], urls: [], quota: null };
const scenario = shopScenario({ strategies: [jumpBy('tenant'), jumpBy('other')], topology });
const workload = shopWorkload([other]);
const loaded = { scenario, workload, plan: planArrivals(workload), ownRouters: new Map() };

async function simulated() {
  const keys = new PlacedKeys(loaded);
  const { cells, problem } = await eachCell({
    loaded,
    order: cellSpecs(scenario),
    plan: async (spec) => {
      const routing = allSteps(routingSteps(spec, loaded, keys));
      return { spec, routing, phases: simulatedPhases(loaded, routing) };
    },
    runner: () => new SimulatedCellRunner(loaded, () => undefined),
    accept: () => undefined,
    signal: new AbortController().signal,
    now: () => new Date(0),
    entered: () => undefined,
    finished: async () => undefined,
  });
  expect(problem).toBeNull();
  return cells.map(({ outcome }) => {
    if (outcome.status !== 'ok') throw new Error(outcome.status);
    return outcome;
  });
}

test('cells of a scenario with tables have their tables, and skip what does not run', async () => {
  const [single, byTenant, byOther] = await simulated();
  const asked = loaded.plan.measure.arrivals;
  const rows = present(workload.tables, 'tables').loaded.map(({ count }) => count);
  for (const cell of [single, byTenant, byOther]) {
    const tables = cell?.tables ?? [];
    expect(tables.map(({ table }) => table)).toEqual(tenantLayout.tables.map((t) => t.table));
    for (const [index, { placement, rows: own }] of tables.entries()) {
      const copies = placement === 'reference' ? own.length : 1;
      expect(own.reduce((sum, count) => sum + count, 0)).toBe(copies * (rows[index] ?? 0));
    }
  }
  expect(single?.load.arrivals).toBe(asked);
  expect(byTenant?.load.arrivals).toBe(asked);
  expect(byTenant?.fanOut.crossShardFraction).toBe(0);
  expect(byTenant?.lostConstraints).toEqual([]);
  expect(byTenant?.imbalance.writeQps.band).not.toBeNull();
  const skipped = loaded.plan.byOperation[1] ?? 0;
  expect(byOther?.load.arrivals).toBe(asked - skipped);
  expect(byOther?.notRunnable?.fraction).toBeCloseTo(skipped / asked, 12);
  expect(byOther?.lostConstraints).toHaveLength(1);
});

test('writes of a cell are known before it runs, key by key', async () => {
  const keys = new PlacedKeys(loaded);
  const [, spec] = cellSpecs(scenario);
  const { routers } = present(
    allSteps(routingSteps(present(spec, 'spec'), loaded, keys)).tables,
    'tables',
  );
  const writes = allSteps(keys.writes(present(present(spec, 'spec').strategy, 'strategy')));
  const expected = [0, 0, 0, 0];
  const router = present(routers.main, 'router');
  const { bytes, offsets, count } = writes.keys;
  for (let key = 0; key < count; key += 1) {
    const shard = router.route(bytes, offsets[key] ?? 0, offsets[key + 1] ?? 0);
    expected[shard] = (expected[shard] ?? 0) + (writes.counts[key] ?? 0);
  }
  const [, byTenant] = await simulated();
  expect(byTenant?.shards.map(({ writesSent }) => writesSent)).toEqual(expected);
});

test('notes say what is placed by default, what is lost, and nothing of one shard', async () => {
  const [single, byTenant, byOther] = await simulated();
  const codesOf = (cell: typeof single) => cell?.notes.map(({ code }) => code);
  expect(codesOf(single)).toEqual([]);
  expect(codesOf(byTenant)).toEqual(['tables-placed-by-default']);
  expect(codesOf(byOther)).toEqual(['tables-placed-by-default', 'constraints-lost']);
  expect(byTenant?.notes[0]?.numbers).toEqual({ rowsMax: 100_000, writesMaxFraction: 0.01 });
  expect(byTenant?.notes[0]?.names).toMatchObject({ reference: ['products'] });
});
